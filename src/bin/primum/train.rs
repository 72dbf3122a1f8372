//! `primum train`: makes the tables of `src/data/models` from labelled posts.
//!
//! Logistic regression with L2, full batches, no chance anywhere: the same
//! posts give the same tables, bit for bit. Every figure that is printed is of
//! posts that the model had not seen (cross-validation by post).

use std::collections::BTreeMap;

use primum::finding::{Finding, Kind, Level, Setting};
use primum::text::linear::Feature;
use primum::tie::{self, Heard};
use primum::{Draft, Policy, Reading, candidates};

use crate::evaluate::{Part, Row};

/// Posts of one fold are scored by a model of all the others.
const FOLDS: usize = 8;
/// Steps of the descent.
const STEPS: usize = 300;
/// Harmless headlines that are learnt from: more would outweigh the posts.
const HARMLESS: usize = 1500;

/// How one model is trained.
struct Recipe {
    /// Inverse strength of the regularisation.
    c: f64,
    /// A feature must occur in so many rows.
    least: usize,
    /// Features count by their rarity.
    rarity: bool,
}

const SURROUNDINGS: Recipe = Recipe { c: 10.0, least: 3, rarity: true };
const CANDIDATE: Recipe = Recipe { c: 0.3, least: 3, rarity: false };

const DESCRIPTION: Recipe = Recipe { c: 10.0, least: 3, rarity: true };
const REPLY: Recipe = Recipe { c: 10.0, least: 2, rarity: true };

/// One post, read.
struct Post<'a> {
    row: &'a Row,
    reading: Reading<'a>,
    found: Vec<Finding>,
    fold: usize,
    weight: f64,
}

/// One example.
struct Example {
    features: Vec<String>,
    yes: bool,
    fold: usize,
    weight: f64,
}

/// Runs the command.
pub fn train(words: &[&str]) -> Result<(), String> {
    let write = words.contains(&"--write");
    let files: Vec<&str> = words.iter().copied().filter(|word| *word != "--write").collect();
    let mut rows = Vec::new();
    for file in &files {
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
    if let Ok(test) = std::env::var("TEST") {
        let mut rows = Vec::new();
        for file in test.split(' ') {
            let text = std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
            rows.extend(
                text.lines().map(|line| Row::read(line).unwrap()).filter(|row| matches!(row.part, Part::Privacy)),
            );
        }
        let posts: Vec<Post> = rows.iter().enumerate().map(|(number, row)| Post::read(row, &policy, number)).collect();
        let doc_model = SURROUNDINGS.fit(&examples, None);
        let near_model = CANDIDATE.fit(&near, None);
        let mut lists: Vec<Vec<(f64, bool)>> = vec![Vec::new(); 6];
        for post in &posts {
            let warn = post.row.warn == Some(true);
            let doc = doc_model.score(&surroundings(post).features);
            let masks = tie::masks(&post.reading.doc, &post.found);
            let mut best = -20.0f64;
            let mut ruled = -20.0f64;
            for finding in post.found.iter().filter(|f| tie::weighs(f.kind)) {
                let at = tie::tokens_of(&post.reading.doc, finding.span).start;
                let mut features = Vec::new();
                tie::surroundings(&post.reading, &masks, post.reading.doc.sentence(at), &mut |f: &Feature| {
                    features.push(f.name())
                });
                let heard = Heard { block: doc as f32, sentence: doc_model.score(&features) as f32 };
                let mut features = Vec::new();
                tie::candidate(&post.reading, finding, &heard, &mut |f: &Feature| features.push(f.name()));
                best = best.max(near_model.score(&features));
                ruled = ruled.max(if finding.level == Level::Warn { 1.0 } else { 0.0 });
            }
            for (list, score) in
                lists.iter_mut().zip([doc, best, best + 0.5 * doc, best + doc, best + 2.0 * doc, ruled + 0.001 * doc])
            {
                list.push((score, warn));
            }
        }
        for (name, list) in ["doc", "best", "best+.5doc", "best+doc", "best+2doc", "rules"].iter().zip(&mut lists) {
            list.sort_by(|a, b| b.0.total_cmp(&a.0));
            let no: Vec<f64> = list.iter().filter(|x| !x.1).map(|x| x.0).collect();
            let yes: Vec<f64> = list.iter().filter(|x| x.1).map(|x| x.0).collect();
            let auc = yes.iter().map(|y| no.iter().filter(|n| y > n).count()).sum::<usize>() as f64
                / (yes.len() * no.len()) as f64;
            let at: Vec<String> = [0.02, 0.03, 0.05, 0.1]
                .iter()
                .map(|q| {
                    let t = no[(q * no.len() as f64) as usize];
                    format!("{q}: {:.3} (t {t:.2})", yes.iter().filter(|y| **y > t).count() as f64 / yes.len() as f64)
                })
                .collect();
            println!("TEST {name:12} {} yes {} no, auc {auc:.4}  {}", yes.len(), no.len(), at.join("  "));
        }
    }
    if write {
        DESCRIPTION.fit(&told, None).write("description")?;
        REPLY.fit(&replies, None).write("reply")?;
        SURROUNDINGS.fit(&examples, None).write("surroundings")?;
        CANDIDATE.fit(&near, None).write("candidate")?;
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
        let over = |m: &crate::evaluate::Must| m.start < span.end && span.start < m.end;
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
    let over = |must: &&crate::evaluate::Must| must.start < finding.span.end && finding.span.start < must.end;
    let musts: Vec<_> = row.must.iter().filter(over).collect();
    if musts.iter().any(|must| must.kind == Some(finding.kind)) {
        return Some(true);
    }
    musts.is_empty().then_some(false)
}

impl Recipe {
    /// Scores of all examples by models that have not seen them, and these models.
    fn cross_validate(&self, examples: &[Example]) -> (Vec<f64>, Vec<Fitted>) {
        let models: Vec<Fitted> = (0..FOLDS).map(|fold| self.fit(examples, Some(fold))).collect();
        (examples.iter().map(|example| models[example.fold].score(&example.features)).collect(), models)
    }

    fn fit(&self, examples: &[Example], without: Option<usize>) -> Fitted {
        let used: Vec<&Example> = examples.iter().filter(|example| Some(example.fold) != without).collect();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let rows: Vec<Vec<&str>> = used
            .iter()
            .map(|example| {
                let mut names: Vec<&str> = example.features.iter().map(String::as_str).collect();
                names.sort_unstable();
                names.dedup();
                for name in &names {
                    *counts.entry(name).or_default() += 1;
                }
                names
            })
            .collect();
        counts.retain(|_, count| *count >= self.least);
        let all = used.len() as f64;
        let rarity: Vec<f64> = counts
            .values()
            .map(|count| if self.rarity { ((1.0 + all) / (1.0 + *count as f64)).ln() + 1.0 } else { 1.0 })
            .collect();
        let numbers: BTreeMap<&str, usize> = counts.keys().enumerate().map(|(number, name)| (*name, number)).collect();
        let rows: Vec<Vec<(usize, f64)>> = rows
            .iter()
            .map(|names| {
                let known = names.iter().filter_map(|name| numbers.get(name).copied());
                let mut row: Vec<(usize, f64)> = known.map(|number| (number, rarity[number])).collect();
                let norm = row.iter().map(|(_, value)| value * value).sum::<f64>().sqrt().max(1.0);
                row.iter_mut().for_each(|(_, value)| *value /= norm);
                row
            })
            .collect();
        let (weights, bias) = descend(&used, &rows, counts.len(), self.c * 10.0);
        let names = counts.keys().map(|name| (*name).to_owned());
        Fitted { weights: names.zip(weights.into_iter().zip(rarity)).collect(), bias }
    }
}

/// Accelerated gradient descent (Nesterov 1983) on the regularised log loss.
fn descend(examples: &[&Example], rows: &[Vec<(usize, f64)>], width: usize, c: f64) -> (Vec<f64>, f64) {
    let total: f64 = examples.iter().map(|example| example.weight * c).sum();
    // Rows have length one and the bias another: the gradient's Lipschitz
    // constant is at most a quarter of twice their weight.
    let step = 1.0 / (1.0 + 0.5 * total);
    let (mut weights, mut bias) = (vec![0.0; width], 0.0);
    let (mut ahead, mut bias_ahead) = (weights.clone(), bias);
    let mut momentum = 1.0f64;
    for _ in 0..STEPS {
        let mut gradient = ahead.clone();
        let mut bias_gradient = 0.0;
        for (example, row) in examples.iter().zip(rows) {
            let sign = if example.yes { 1.0 } else { -1.0 };
            let score = bias_ahead + row.iter().map(|(number, value)| ahead[*number] * value).sum::<f64>();
            let push = -sign * example.weight * c / (1.0 + (sign * score).exp());
            bias_gradient += push;
            for (number, value) in row {
                gradient[*number] += push * value;
            }
        }
        let next_momentum = (1.0 + (1.0 + 4.0 * momentum * momentum).sqrt()) / 2.0;
        let carry = (momentum - 1.0) / next_momentum;
        momentum = next_momentum;
        for (at, weight) in weights.iter_mut().enumerate() {
            let next = ahead[at] - step * gradient[at];
            ahead[at] = next + carry * (next - *weight);
            *weight = next;
        }
        let next = bias_ahead - step * bias_gradient;
        bias_ahead = next + carry * (next - bias);
        bias = next;
    }
    (weights, bias)
}

/// A trained model.
struct Fitted {
    weights: BTreeMap<String, (f64, f64)>,
    bias: f64,
}

impl Fitted {
    fn score(&self, features: &[String]) -> f64 {
        let mut names: Vec<&str> = features.iter().map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        let (mut sum, mut square) = (0.0, 0.0);
        for (weight, rarity) in names.iter().filter_map(|name| self.weights.get(*name)) {
            sum += weight * rarity;
            square += rarity * rarity;
        }
        self.bias + sum / f64::sqrt(square).max(1.0)
    }

    fn write(&self, name: &str) -> Result<(), String> {
        let path = format!("src/data/models/{name}.tsv");
        let most = self.weights.values().map(|(weight, _)| weight.abs()).fold(1e-9, f64::max);
        let rarest = self.weights.values().map(|(_, rarity)| *rarity).fold(1e-9, f64::max);
        let (weight_unit, rarity_unit) = (most / 127.0, rarest / 255.0);
        let mut text = format!(
            "# Feature, weight, rarity, in whole steps of the units. Written by `primum train`; do not edit.\n\
             bias\t{:.4}\nweight unit\t{weight_unit:.6}\nrarity unit\t{rarity_unit:.6}\n",
            self.bias
        );
        let mut kept = 0;
        for (feature, (weight, rarity)) in &self.weights {
            let (weight, rarity) = ((weight / weight_unit).round(), (rarity / rarity_unit).round());
            kept += 1;
            text.push_str(&format!("{feature}\t{weight}\t{rarity}\n"));
        }
        std::fs::write(&path, text).map_err(|error| format!("{path}: {error}"))?;
        println!("{path}: {kept} features");
        Ok(())
    }
}

/// How well held-out scores part yes from no.
fn report(name: &str, examples: &[Example], scores: &[f64]) {
    let pick = |yes: bool| {
        let mut list: Vec<f64> = examples
            .iter()
            .zip(scores)
            .filter(|(example, _)| example.yes == yes && example.weight >= 0.4)
            .map(|(_, s)| *s)
            .collect();
        list.sort_by(|a, b| b.total_cmp(a));
        list
    };
    let (yes, no) = (pick(true), pick(false));
    println!("{name}: {} yes, {} no", yes.len(), no.len());
    for share in [0.01, 0.02, 0.05, 0.1, 0.2] {
        let Some(threshold) = no.get((share * no.len() as f64) as usize) else { continue };
        let recall = yes.iter().filter(|score| *score > threshold).count() as f64 / yes.len() as f64;
        println!("  {:3.0} % of the no above {threshold:5.2}: {:5.1} % of the yes", share * 100.0, recall * 100.0);
    }
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
