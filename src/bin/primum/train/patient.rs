//! The models that hear whether a post tells of a patient (`src/tie.rs`).

use primum::finding::{Finding, Kind, Level, Setting};
use primum::text::linear::Feature;
use primum::tie::{self, Heard};
use primum::{Draft, Policy, Reading, candidates};

use super::HARMLESS;
use super::regression::{Example, FOLDS, Recipe, report};
use crate::evaluate::{Must, Part, Row};

const SURROUNDINGS: Recipe = Recipe { c: 100.0, least: 3, rarity: true, most: 12_000 };
const CANDIDATE: Recipe = Recipe { c: 3.0, least: 3, rarity: false, most: 8_000 };

const DESCRIPTION: Recipe = Recipe { c: 100.0, least: 3, rarity: true, most: 5_000 };
const REPLY: Recipe = Recipe { c: 100.0, least: 2, rarity: true, most: 5_000 };

/// One post, read.
struct Post<'a> {
    row: &'a Row,
    reading: Reading<'a>,
    found: Vec<Finding>,
    fold: usize,
    weight: f64,
}

/// Trains the four models and prints what they do with posts that they have not seen.
pub fn train(files: &[&str], write: bool) -> Result<(), String> {
    let mut rows = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
        let mut harmless = Vec::new();
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let mut row = Row::read(line).map_err(|error| format!("{file}:{}: {error}", number + 1))?;
            row.seen = !file.contains("learn");
            match row.part {
                Part::Privacy => rows.push(row),
                Part::Harmless => harmless.push(row),
                Part::Claims => {}
            }
        }
        let every = harmless.len().div_ceil(HARMLESS).max(1);
        rows.extend(harmless.into_iter().step_by(every));
    }
    let policy = Policy::default();
    let posts: Vec<Post> = rows.iter().enumerate().map(|(number, row)| Post::read(row, &policy, number)).collect();
    println!(
        "{} posts, {} of them to be stopped",
        posts.len(),
        rows.iter().filter(|row| row.warn == Some(true)).count()
    );

    let examples: Vec<Example> = posts.iter().map(surroundings).collect();
    let (scores, model) = SURROUNDINGS.cross_validate(&examples);
    report("surroundings", &examples, &scores);
    let mut near = Vec::new();
    let mut owners = Vec::new();
    for (number, post) in posts.iter().enumerate() {
        let masks = tie::masks(&post.reading.doc, &post.found);
        for finding in post.found.iter().filter(|f| tie::weighs(f.kind)) {
            let Some(yes) = label(post.row, finding) else { continue };
            let at = tie::tokens_of(&post.reading.doc, finding.span).start;
            let mut features = Vec::new();
            tie::surroundings(&post.reading, &masks, post.reading.doc.sentence(at), &mut |f: &Feature| {
                features.push(f.name())
            });
            let sentence = model[post.fold].score(&features) as f32;
            let heard = Heard { block: scores[number] as f32, sentence };
            let mut features = Vec::new();
            tie::candidate(&post.reading, finding, &heard, &mut |f: &Feature| features.push(f.name()));
            // The phrases of the data were written with these posts in sight: what
            // they say of them is surer than it is of others.
            let weight = if post.row.seen { 0.4 * post.weight } else { post.weight };
            near.push(Example { features, yes, fold: post.fold, weight });
            owners.push((number, finding));
        }
    }
    let (scores, _) = CANDIDATE.cross_validate(&near);
    report("candidate", &near, &scores);
    by_kind(&posts, &owners, &scores);
    let told: Vec<Example> = posts.iter().filter_map(description).collect();
    let (scores, _) = DESCRIPTION.cross_validate(&told);
    report("description", &told, &scores);
    let replies: Vec<Example> = posts.iter().flat_map(replies).collect();
    let (scores, _) = REPLY.cross_validate(&replies);
    report("reply", &replies, &scores);
    if write {
        DESCRIPTION.fit(&told, None).write("src/data/models/description.tsv")?;
        REPLY.fit(&replies, None).write("src/data/models/reply.tsv")?;
        SURROUNDINGS.fit(&examples, None).write("src/data/models/surroundings.tsv")?;
        CANDIDATE.fit(&near, None).write("src/data/models/candidate.tsv")?;
    }
    Ok(())
}

impl<'a> Post<'a> {
    fn read(row: &'a Row, policy: &'a Policy, number: usize) -> Post<'a> {
        let draft = Draft { setting: row.setting, ..Draft::post(&row.text) };
        let (reading, found) = candidates(&draft, policy);
        let weight = match row.part {
            Part::Privacy if row.ours => 1.0,
            Part::Privacy => 0.3,
            _ => 0.3,
        };
        Post { row, reading, found, fold: number % FOLDS, weight }
    }
}

/// Whether the post tells of somebody who can be known.
fn surroundings(post: &Post) -> Example {
    let masks = tie::masks(&post.reading.doc, &post.found);
    let mut features = Vec::new();
    let all = 0..post.reading.doc.tokens.len();
    tie::surroundings(&post.reading, &masks, all, &mut |feature: &Feature| features.push(feature.name()));
    let yes = post.row.must.iter().any(|must| must.kind.is_some_and(|kind| kind != Kind::Credential));
    Example { features, yes, fold: post.fold, weight: post.weight }
}

/// Whether a post describes somebody so closely that few people fit. Posts with
/// a name or a date do not say.
fn description(post: &Post) -> Option<Example> {
    let quasi = post.row.must.iter().any(|must| must.kind == Some(Kind::Quasi));
    if post.row.setting == Setting::ReviewReply || !quasi && post.row.warn == Some(true) {
        return None;
    }
    let reading = &post.reading;
    let masks = tie::masks(&reading.doc, &post.found);
    let mut found: Vec<Finding> = post.found.iter().filter(|f| f.level > Level::Hint).cloned().collect();
    let from = found.len();
    primum::reidentify::find(reading, &mut found);
    let mut features = Vec::new();
    let all = 0..reading.doc.tokens.len();
    tie::description(reading, &masks, all, &found[from..], &mut |f: &Feature| features.push(f.name()));
    Some(Example { features, yes: quasi, fold: post.fold, weight: post.weight })
}

/// Whether the sentences of a reply confirm that somebody is a patient.
fn replies(post: &Post) -> Vec<Example> {
    let reading = &post.reading;
    let doc = &reading.doc;
    let mut examples = Vec::new();
    let mut at = 0;
    while post.row.setting == Setting::ReviewReply && at < doc.tokens.len() {
        let sentence = doc.sentence(at);
        let range = at..sentence.end.max(at + 1);
        at = range.end;
        let span = doc.span(range.start, range.end);
        let over = |m: &Must| m.start < span.end && span.start < m.end;
        let yes = post.row.must.iter().any(|m| m.kind == Some(Kind::CareRelationship) && over(m));
        let rule = primum::relationship::ruled(reading, range.clone());
        let mut features = Vec::new();
        tie::reply(reading, range, rule, &mut |f: &Feature| features.push(f.name()));
        // What stands beside a confirmation may confirm too.
        let weight = if !yes && post.row.warn == Some(true) { 0.3 } else { 1.0 };
        examples.push(Example { features, yes, fold: post.fold, weight });
    }
    examples
}

/// Whether a candidate is one that has to be found; None where the labels do
/// not say.
fn label(row: &Row, finding: &Finding) -> Option<bool> {
    let over = |must: &&Must| must.start < finding.span.end && finding.span.start < must.end;
    let musts: Vec<_> = row.must.iter().filter(over).collect();
    if musts.iter().any(|must| must.kind == Some(finding.kind)) {
        return Some(true);
    }
    musts.is_empty().then_some(false)
}

/// For each kind: what is lost before the model, and what it makes of the rest.
fn by_kind(posts: &[Post], owners: &[(usize, &Finding)], scores: &[f64]) {
    println!("kind: to be found; with a candidate; then at thresholds -1 -0.5 0 0.5 1: found, false in texts");
    for kind in Kind::ALL.iter().copied().filter(|kind| tie::weighs(*kind)) {
        let ours = |number: usize| posts[number].row.ours;
        let musts: usize = posts
            .iter()
            .filter(|p| p.row.ours)
            .map(|p| p.row.must.iter().filter(|m| m.kind == Some(kind)).count())
            .sum();
        let hits = |least: f64| {
            posts
                .iter()
                .enumerate()
                .filter(|(number, _)| ours(*number))
                .map(|(number, post)| {
                    post.row
                        .must
                        .iter()
                        .filter(|m| m.kind == Some(kind))
                        .filter(|m| {
                            owners.iter().zip(scores).any(|((owner, f), score)| {
                                *owner == number
                                    && f.kind == kind
                                    && *score > least
                                    && m.start < f.span.end
                                    && f.span.start < m.end
                            })
                        })
                        .count()
                })
                .sum::<usize>()
        };
        let falses = |least: f64| {
            let mut texts: Vec<usize> = owners
                .iter()
                .zip(scores)
                .filter(|((owner, f), score)| {
                    ours(*owner) && posts[*owner].row.warn == Some(false) && f.kind == kind && **score > least
                })
                .map(|((owner, _), _)| *owner)
                .collect();
            texts.dedup();
            texts.len()
        };
        let ruled = owners
            .iter()
            .filter(|(owner, f)| {
                ours(*owner) && f.kind == kind && f.level == Level::Warn && posts[*owner].row.warn == Some(false)
            })
            .count();
        let cells: Vec<String> =
            [-1.0, -0.5, 0.0, 0.5, 1.0].iter().map(|t| format!("{}/{}", hits(*t), falses(*t))).collect();
        println!(
            "  {:14} {musts:4} {:4}  {}   (rules warn falsely: {ruled})",
            kind.name(),
            hits(-99.0),
            cells.join("  ")
        );
    }
    let clean: Vec<usize> =
        (0..posts.len()).filter(|n| posts[*n].row.ours && posts[*n].row.warn == Some(false)).collect();
    for least in [-0.5, 0.0, 0.5, 1.0] {
        let stopped =
            clean.iter().filter(|n| owners.iter().zip(scores).any(|((o, _), s)| o == *n && *s > least)).count();
        println!("  clean posts stopped at {least}: {stopped} of {}", clean.len());
    }
}
