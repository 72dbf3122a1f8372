//! The model that hears whether a post asserts a claim
//! (`src/misinformation/voice.rs`): phrases and cues, weighed by rarity and
//! counted once a text, as in Joachims 1998 and Wang and Manning 2012.

use std::collections::BTreeMap;

use primum::finding::Stance;
use primum::misinformation::claims::{self, Touch};
use primum::misinformation::voice::{self, Claimed};
use primum::misinformation::{stance, threshold};
use primum::text::Doc;
use serde_json::Value;

use super::regression::{Example, FOLDS, Recipe};

const TABLE: &str = "src/data/misinformation/voice.tsv";

/// The strength is the best of 0.3, 1, 3, 10 on claims that were held out.
const VOICE: Recipe = Recipe { c: 3.0, least: 2, rarity: true, most: 4000 };

struct Text {
    file: String,
    group: String,
    form: String,
    asserts: bool,
    touch: Option<Touch>,
    ruled: Stance,
    features: Vec<String>,
}

/// Trains the model of the voice and prints what it does with claims of which
/// it has seen no text.
pub fn train(files: &[&str], write: bool) -> Result<(), String> {
    let mut texts = Vec::new();
    for file in files {
        read(file, &mut texts)?;
    }
    println!("{} texts, {} of them assert", texts.len(), texts.iter().filter(|text| text.asserts).count());
    let examples = examples(&texts);
    let (scores, _) = VOICE.cross_validate(&examples);
    report(&texts, &scores);
    by_file(&texts, &scores);
    if write { VOICE.fit(&examples, None).write(TABLE) } else { Ok(()) }
}

/// Both classes weigh the same; all texts of a claim are in one fold.
fn examples(texts: &[Text]) -> Vec<Example> {
    let all = texts.len() as f64;
    let asserting = texts.iter().filter(|text| text.asserts).count() as f64;
    texts
        .iter()
        .map(|text| {
            let share = if text.asserts { asserting } else { all - asserting };
            Example {
                features: text.features.clone(),
                yes: text.asserts,
                fold: text.group.bytes().map(usize::from).sum::<usize>() % FOLDS,
                weight: all / (2.0 * share),
            }
        })
        .collect()
}

/// Reads pairs (`claim`, `form`) and labelled posts (`claims`, `stance`).
fn read(file: &str, texts: &mut Vec<Text>) -> Result<(), String> {
    let content = std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    for (number, line) in content.lines().enumerate() {
        let row: Value = serde_json::from_str(line).map_err(|error| format!("{file}:{}: {error}", number + 1))?;
        // A post about a patient asserts no claim either.
        let form = row["form"].as_str().or(row["stance"].as_str()).unwrap_or("other");
        let group = row["claim"].as_str().or(row["claims"][0].as_str()).or(row["id"].as_str()).unwrap_or(form);
        into(texts, file, group, form, row["text"].as_str().unwrap_or(""));
    }
    Ok(())
}

/// Takes a text in, with the features of the claim that matters most in it:
/// one that is asserted, then one that is said.
fn into(texts: &mut Vec<Text>, file: &str, group: &str, form: &str, text: &str) {
    let doc = Doc::new(text);
    let occurrences = claims::occurrences(&doc);
    let hits = claims::hits(&doc, &occurrences);
    let cues = stance::Cues::new(&doc, &occurrences);
    let judged = hits.iter().map(|hit| (hit, cues.judge(hit).stance));
    let best = judged.max_by_key(|(hit, ruled)| (hit.touch, *ruled == Stance::Asserts));
    let (touch, ruled) = best.map_or((None, Stance::Asserts), |(hit, ruled)| (Some(hit.touch), ruled));
    let tokens = best.map_or(0..1.min(doc.tokens.len()), |(hit, _)| hit.start as usize..hit.end as usize);
    let claimed = Claimed { touch: touch.unwrap_or(Touch::Subject), tokens, ruled };
    let mut features = Vec::new();
    voice::features(&doc, &occurrences, &claimed, &mut |feature| features.push(feature.name()));
    features.sort();
    features.dedup();
    let asserts = form.starts_with("asserts");
    let (file, group, form) = (file.to_owned(), group.to_owned(), form.to_owned());
    texts.push(Text { file, group, form, asserts, touch, ruled, features });
}

/// What the core would make of the claim that matters most, with scores of
/// models that have seen no text about it.
fn by_file(texts: &[Text], scores: &[f64]) {
    println!("file: recall, false alarms, each claim judged by a model that has not seen it");
    let mut files: BTreeMap<&str, [(usize, usize); 2]> = BTreeMap::new();
    // Posts about patients touch no claim and would flatter the figure.
    for (text, score) in texts.iter().zip(scores).filter(|(text, _)| text.form != "other") {
        let warned = text.touch.is_some_and(|touch| *score > f64::from(threshold(touch, text.ruled)));
        let cell = &mut files.entry(&text.file).or_default()[usize::from(text.asserts)];
        *cell = (cell.0 + usize::from(warned), cell.1 + 1);
    }
    for (file, [quiet, asserting]) in files {
        let share = |(hits, all): (usize, usize)| 100.0 * hits as f64 / all.max(1) as f64;
        println!("  {file:36} {:5.1} %  {:5.1} %", share(asserting), share(quiet));
    }
}

/// How the held-out scores part those who assert from those who do not.
fn report(texts: &[Text], scores: &[f64]) {
    let mut quiet: Vec<f64> =
        texts.iter().zip(scores).filter(|(text, _)| !text.asserts).map(|(_, score)| *score).collect();
    quiet.sort_by(|a, b| b.total_cmp(a));
    println!("threshold  false alarms  recall");
    for share in [0.01, 0.02, 0.05, 0.1, 0.2] {
        let threshold = quiet[(share * quiet.len() as f64) as usize];
        let asserting = || texts.iter().zip(scores).filter(|(text, _)| text.asserts);
        let recall = asserting().filter(|(_, score)| **score > threshold).count() as f64 / asserting().count() as f64;
        println!("{threshold:9.2}  {:10.0} %  {:5.1} %", share * 100.0, recall * 100.0);
    }
    // By what the rules say: how many texts lie above each threshold.
    let mut cells: BTreeMap<(Option<Touch>, &str, bool), Vec<f64>> = BTreeMap::new();
    for (text, score) in texts.iter().zip(scores) {
        cells.entry((text.touch, text.ruled.name(), text.asserts)).or_default().push(*score);
    }
    println!("touch, rules' stance, asserts: texts; above -2 -1.5 -1 -0.5 0 0.5 1 1.5 2");
    for ((touch, ruled, asserts), scores) in &cells {
        let above: Vec<String> = [-2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0]
            .iter()
            .map(|threshold| scores.iter().filter(|score| *score > threshold).count().to_string())
            .collect();
        let touch = touch.map_or("none".to_owned(), |touch| format!("{touch:?}"));
        println!("  {touch:8} {ruled:10} {asserts:5}: {:4}; {}", scores.len(), above.join(" "));
    }
    let mut forms: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (text, score) in texts.iter().zip(scores) {
        forms.entry(&text.form).or_default().push(*score);
    }
    println!("form: texts; above 0, 0.5, 1");
    for (form, scores) in forms {
        let above = |threshold: f64| scores.iter().filter(|score| **score > threshold).count();
        println!("  {form:16} {:4}; {} {} {}", scores.len(), above(0.0), above(0.5), above(1.0));
    }
}
