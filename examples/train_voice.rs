//! Trains the voice model (`src/misinformation/voice.rs`) and prints how well it
//! does on claims that it has not seen.
//!
//! ```text
//! cargo run --release --example train_voice                 prints the cross-validation
//! cargo run --release --example train_voice -- --write      also writes src/data/misinformation/voice.tsv
//! ```
//!
//! L2-regularised logistic regression on phrases of one to three words and
//! cues, weighed by rarity and counted once a text, as in Joachims 1998 and
//! Wang and Manning 2012. Everything is deterministic: no random start, no
//! shuffling, folds by the claim's name. The texts are our own (Apache-2.0).

use std::collections::BTreeMap;

use primum::finding::Stance;
use primum::misinformation::claims::{self, Touch};
use primum::misinformation::voice::{self, Claimed};
use primum::misinformation::{stance, threshold};
use primum::text::Doc;
use serde_json::Value;

/// Our own labelled posts.
const FILES: &[&str] =
    &["tests/corpus/stance-open.jsonl", "tests/corpus/stance-more.jsonl", "tests/corpus/posts-dev.jsonl"];
const TABLE: &str = "src/data/misinformation/voice.tsv";
/// Inverse strength of the regularisation: the best of 0.3, 1, 3, 10 on
/// held-out claims.
const C: f64 = 3.0;
/// A phrase must stand in so many texts.
const LEAST_TEXTS: usize = 2;
const FOLDS: usize = 8;
const STEPS: usize = 400;

struct Text {
    file: String,
    group: String,
    form: String,
    asserts: bool,
    touch: Option<Touch>,
    ruled: Stance,
    features: Vec<String>,
}

fn main() -> Result<(), String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let write = arguments.iter().any(|word| word == "--write");
    let mut files: Vec<&str> = arguments.iter().map(String::as_str).filter(|word| *word != "--write").collect();
    if files.is_empty() {
        files = FILES.to_vec();
    }
    let mut texts = Vec::new();
    for file in &files {
        read(file, &mut texts)?;
    }
    println!("{} texts, {} of them assert", texts.len(), texts.iter().filter(|text| text.asserts).count());
    let mut scores = vec![0.0; texts.len()];
    for fold in 0..FOLDS {
        let held = |text: &Text| text.group.bytes().map(usize::from).sum::<usize>() % FOLDS == fold;
        let model = Model::train(texts.iter().filter(|text| !held(text)));
        for (score, text) in scores.iter_mut().zip(&texts).filter(|(_, text)| held(text)) {
            *score = model.score(text);
        }
    }
    report(&texts, &scores);
    by_file(&texts, &scores);
    if write {
        let model = Model::train(texts.iter());
        std::fs::write(TABLE, model.table()).map_err(|error| format!("{TABLE}: {error}"))?;
        println!("{} phrases written", model.weights.len());
    }
    Ok(())
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

/// Features with their values, the label, and how much the text weighs.
type Row = (Vec<(usize, f64)>, f64, f64);

struct Model {
    /// Weight and rarity of each phrase.
    weights: BTreeMap<String, (f64, f64)>,
    bias: f64,
}

impl Model {
    fn train<'a>(texts: impl Iterator<Item = &'a Text> + Clone) -> Model {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for text in texts.clone() {
            for feature in &text.features {
                *counts.entry(feature).or_default() += 1;
            }
        }
        counts.retain(|_, count| *count >= LEAST_TEXTS);
        let all = texts.clone().count();
        let rarity: Vec<f64> =
            counts.values().map(|count| ((1.0 + all as f64) / (1.0 + *count as f64)).ln() + 1.0).collect();
        let numbers: BTreeMap<&str, usize> = counts.keys().enumerate().map(|(number, name)| (*name, number)).collect();
        let asserting = texts.clone().filter(|text| text.asserts).count() as f64;
        let rows: Vec<Row> = texts
            .map(|text| {
                let known = text.features.iter().filter_map(|name| numbers.get(name.as_str()).copied());
                let mut row: Vec<(usize, f64)> = known.map(|number| (number, rarity[number])).collect();
                let norm = row.iter().map(|(_, value)| value * value).sum::<f64>().sqrt().max(1.0);
                row.iter_mut().for_each(|(_, value)| *value /= norm);
                // Both classes weigh the same.
                let share = if text.asserts { asserting } else { all as f64 - asserting };
                (row, if text.asserts { 1.0 } else { -1.0 }, C * all as f64 / (2.0 * share))
            })
            .collect();
        // Nesterov 1983: the gradient's Lipschitz constant bounds the step.
        let step = 1.0 / (1.0 + 0.25 * rows.iter().map(|row| 2.0 * row.2).sum::<f64>());
        let (mut weights, mut bias) = (vec![0.0; counts.len()], 0.0);
        let (mut ahead, mut bias_ahead) = (weights.clone(), bias);
        let mut momentum = 1.0f64;
        for _ in 0..STEPS {
            let mut gradient = ahead.clone();
            let mut bias_gradient = 0.0;
            for (row, label, weight) in &rows {
                let score = bias_ahead + row.iter().map(|(number, value)| ahead[*number] * value).sum::<f64>();
                let push = -label * weight / (1.0 + (label * score).exp());
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
        let names = counts.keys().map(|name| (*name).to_owned());
        Model { weights: names.zip(weights.into_iter().zip(rarity)).collect(), bias }
    }

    fn score(&self, text: &Text) -> f64 {
        let (mut sum, mut square) = (0.0, 0.0);
        for (weight, rarity) in text.features.iter().filter_map(|name| self.weights.get(name)) {
            sum += weight * rarity;
            square += rarity * rarity;
        }
        self.bias + sum / f64::sqrt(square).max(1.0)
    }

    fn table(&self) -> String {
        let most = self.weights.values().map(|(weight, _)| weight.abs()).fold(1e-9, f64::max);
        let rarest = self.weights.values().map(|(_, rarity)| *rarity).fold(1e-9, f64::max);
        let (weight_unit, rarity_unit) = (most / 127.0, rarest / 255.0);
        let mut text = String::from(
            "# The voice model: phrase, weight, rarity, in whole steps of the units. A positive weight speaks for\n\
             # one who asserts. `*` is a claim's subject, `^` a sentence's edge, `#` a number, `=` a cue. Written by\n\
             # `cargo run --release --example train_voice -- --write`; do not edit.\n",
        );
        text.push_str(&format!(
            "bias\t{:.4}\nweight unit\t{weight_unit:.6}\nrarity unit\t{rarity_unit:.6}\n",
            self.bias
        ));
        for (name, (weight, rarity)) in &self.weights {
            let (weight, rarity) = ((weight / weight_unit).round(), (rarity / rarity_unit).round());
            text.push_str(&format!("{name}\t{weight}\t{rarity}\n"));
        }
        text
    }
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
