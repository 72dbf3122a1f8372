//! The models that hear whether a post asserts a claim: the voice around it
//! (`src/misinformation/voice.rs`), the draft as a whole, and what both make of
//! a claim that is touched (`src/misinformation/whole.rs`). Phrases and cues,
//! weighed by rarity and counted once a text, as in Joachims 1998 and Wang and
//! Manning 2012.

use std::collections::BTreeMap;

use primum::finding::{Finding, Setting, Stance};
use primum::misinformation::claims::{self, Hit, Occurrence, Touch};
use primum::misinformation::stance;
use primum::misinformation::voice::{self, Claimed};
use primum::misinformation::whole::{self, Heard, Unnamed};
use primum::misinformation::{ASSERTED, UNLISTED};
use primum::text::linear::Feature;
use primum::{Draft, Policy, Reading, candidates, tie};
use serde_json::Value;

use super::HARMLESS;
use super::regression::{Example, FOLDS, Fitted, Recipe, report};

/// The strengths are the best of 0.3, 1, 3, 10, 30 on claims that were held out.
const VOICE: Recipe = Recipe { c: 3.0, least: 2, rarity: true, most: 8_000 };
const ASSERTION: Recipe = Recipe { c: 10.0, least: 2, rarity: true, most: 12_000 };
const CLAIM: Recipe = Recipe { c: 1.0, least: 5, rarity: false, most: 1_000 };

/// A claim that is touched in a post about something else weighs so much beside
/// one in a post about it: there are many, and most are easy.
const OTHER: f64 = 0.5;

/// A labelled post or pair.
struct Row {
    file: String,
    text: String,
    setting: Setting,
    /// The claims that it is about, by id.
    claims: Vec<String>,
    /// Texts about one claim stay in one fold.
    group: String,
    /// What it does with its claim; `other` where it is about none.
    form: String,
}

/// A row, read.
struct Text<'a> {
    row: &'a Row,
    asserts: bool,
    fold: usize,
    reading: Reading<'a>,
    found: Vec<Finding>,
    occurrences: Vec<Occurrence>,
    /// Every place where a claim is touched, and what the cues say of it.
    hits: Vec<(Hit, Stance, bool)>,
}

/// Trains the three models and prints what they do with claims of which they
/// have seen no text.
pub fn train(files: &[&str], write: bool) -> Result<(), String> {
    let mut rows = Vec::new();
    for file in files {
        let mut own = Vec::new();
        read(file, &mut own)?;
        let every = own.len().div_ceil(HARMLESS).max(1);
        rows.extend(own.into_iter().step_by(every));
    }
    let policy = Policy::default();
    let texts: Vec<Text> = rows.iter().map(|row| Text::read(row, &policy)).collect();
    println!("{} texts, {} of them assert", texts.len(), texts.iter().filter(|text| text.asserts).count());

    let about: Vec<&Text> = texts.iter().filter(|text| text.row.form != "other").collect();
    let mut voices: Vec<Example> = about.iter().map(|text| text.example(text.voice(text.best()), 1.0)).collect();
    balance(&mut voices);
    let (scores, by_voice) = VOICE.cross_validate(&voices);
    report("voice", &voices, &scores);

    // Posts about patients tell nothing of how people assert: with them it hears
    // what a post is about instead (measured: half of the gain is lost).
    let whole = |text: &Text| text.example(text.assertion(0..text.reading.doc.tokens.len()), 1.0);
    let mut wholes: Vec<Example> = about.iter().map(|text| whole(text)).collect();
    balance(&mut wholes);
    let (scores, by_whole) = ASSERTION.cross_validate(&wholes);
    report("assertion", &wholes, &scores);
    let blocks: Vec<f64> = texts.iter().map(|text| by_whole[text.fold].score(&whole(text).features)).collect();

    let mut touched = Vec::new();
    let mut owners = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        touched.push(text.example(text.unlisted(blocks[number], &by_whole[text.fold]), text.other()));
        owners.push((number, false));
        let mine = |hit: &Hit| hit.claim().is_some_and(|claim| text.row.claims.iter().any(|id| id == claim.id));
        let named = text.hits.iter().any(|(hit, ..)| mine(hit));
        for (at, (hit, ..)) in text.hits.iter().enumerate() {
            // Another claim beside the one that is asserted: the labels do not say.
            if text.asserts && named && !mine(hit) {
                continue;
            }
            let features = text.claim(at, blocks[number], &by_voice[text.fold], &by_whole[text.fold]);
            touched.push(text.example(features, if text.asserts && !named { 0.5 } else { text.other() }));
            owners.push((number, true));
        }
    }
    balance(&mut touched);
    let (scores, _) = CLAIM.cross_validate(&touched);
    report("claim", &touched, &scores);
    let (mut best, mut unnamed) = (vec![f64::MIN; texts.len()], vec![f64::MIN; texts.len()]);
    for ((owner, listed), score) in owners.iter().zip(&scores) {
        let own = if *listed { &mut best[*owner] } else { &mut unnamed[*owner] };
        *own = own.max(*score);
    }
    by_file(&texts, &best, &unnamed);
    by_bar(&texts, &best, &unnamed);
    if write {
        VOICE.fit(&voices, None).write("src/data/misinformation/voice.tsv")?;
        ASSERTION.fit(&wholes, None).write("src/data/models/assertion.tsv")?;
        CLAIM.fit(&touched, None).write("src/data/models/claim.tsv")?;
    }
    Ok(())
}

/// Reads pairs (`claim`, `form`) and labelled posts (`claims`, `stance`).
fn read(file: &str, rows: &mut Vec<Row>) -> Result<(), String> {
    let content = std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    for (number, line) in content.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let row: Value = serde_json::from_str(line).map_err(|error| format!("{file}:{}: {error}", number + 1))?;
        let text = |key: &str| row[key].as_str().map(str::to_owned);
        // A post about a patient asserts no claim either.
        let form = text("form").or(text("stance")).unwrap_or("other".to_owned());
        let list = row["claims"].as_array().map_or(&[] as &[Value], Vec::as_slice);
        let claims: Vec<String> =
            text("claim").into_iter().chain(list.iter().filter_map(Value::as_str).map(str::to_owned)).collect();
        rows.push(Row {
            file: file.to_owned(),
            text: text("text").unwrap_or_default(),
            setting: row["setting"].as_str().and_then(Setting::from_name).unwrap_or(Setting::Post),
            group: claims.first().cloned().or(text("id")).unwrap_or(form.clone()),
            claims,
            form,
        });
    }
    Ok(())
}

/// Both classes weigh the same.
fn balance(examples: &mut [Example]) {
    let sum = |yes: bool| examples.iter().filter(|e| e.yes == yes).map(|e| e.weight).sum::<f64>();
    let (yes, no) = (sum(true), sum(false));
    for example in examples {
        example.weight *= (yes + no) / (2.0 * if example.yes { yes } else { no });
    }
}

impl<'a> Text<'a> {
    fn read(row: &'a Row, policy: &'a Policy) -> Text<'a> {
        let draft = Draft { setting: row.setting, ..Draft::post(&row.text) };
        let (reading, found) = candidates(&draft, policy);
        let occurrences = claims::occurrences(&reading.doc);
        let cues = stance::Cues::new(&reading.doc, &occurrences);
        let hits = claims::hits(&reading.doc, &occurrences)
            .into_iter()
            .map(|hit| (hit, cues.judge(&hit).stance, cues.announced(&hit)))
            .collect();
        let asserts = row.form.starts_with("asserts");
        let fold = row.group.bytes().map(usize::from).sum::<usize>() % FOLDS;
        Text { row, asserts, fold, reading, found, occurrences, hits }
    }

    fn other(&self) -> f64 {
        if self.row.form == "other" { OTHER } else { 1.0 }
    }

    fn example(&self, features: Vec<String>, weight: f64) -> Example {
        Example { features, yes: self.asserts, fold: self.fold, weight }
    }

    /// The claim that matters most: one that is asserted, then one that is said.
    fn best(&self) -> Option<usize> {
        let weight = |at: &usize| (self.hits[*at].0.touch, self.hits[*at].1 == Stance::Asserts);
        (0..self.hits.len()).max_by_key(weight)
    }

    /// What the voice hears around a claim; around the first word where none is touched.
    fn voice(&self, hit: Option<usize>) -> Vec<String> {
        let claimed = match hit.map(|at| &self.hits[at]) {
            Some((hit, ruled, _)) => {
                Claimed { touch: hit.touch, tokens: hit.start as usize..hit.end as usize, ruled: *ruled }
            }
            None => Claimed {
                touch: Touch::Subject,
                tokens: 0..1.min(self.reading.doc.tokens.len()),
                ruled: Stance::Asserts,
            },
        };
        let mut features = Vec::new();
        voice::features(&self.reading.doc, &self.occurrences, &claimed, &mut |feature| features.push(feature.name()));
        features
    }

    /// What is heard in a stretch.
    fn assertion(&self, range: std::ops::Range<usize>) -> Vec<String> {
        let masks = tie::masks(&self.reading.doc, &self.found);
        let mut features = Vec::new();
        let into = &mut |feature: &Feature| features.push(feature.name());
        whole::assertion(&self.reading, &masks, &self.occurrences, range, into);
        features
    }

    fn patient(&self) -> f32 {
        tie::Listener::new(&self.reading, &self.found).tells(0)
    }

    /// What is known of the text whatever it touches, from models that have not seen it.
    fn unlisted(&self, block: f64, whole: &Fitted) -> Vec<String> {
        let doc = &self.reading.doc;
        let mut sentence = f64::MIN;
        let mut at = 0;
        while at < doc.tokens.len() {
            let range = at..doc.sentence(at).end.max(at + 1);
            at = range.end;
            sentence = sentence.max(whole.score(&self.assertion(range)));
        }
        let subjects = self.occurrences.iter().filter(|o| claims::is_subject(o.concept)).count();
        let unnamed = Unnamed {
            block: block as f32,
            sentence: sentence as f32,
            patient: self.patient(),
            subjects,
            concepts: self.occurrences.len() - subjects,
            touched: self.hits.len(),
        };
        let mut features = Vec::new();
        whole::unlisted(&unnamed, &mut |feature| features.push(feature.name()));
        features
    }

    /// What is known of a claim that is touched, from models that have not seen it.
    fn claim(&self, at: usize, block: f64, voice: &Fitted, whole: &Fitted) -> Vec<String> {
        let (hit, ruled, announced) = &self.hits[at];
        let doc = &self.reading.doc;
        let heard = Heard {
            ruled: *ruled,
            announced: *announced,
            voice: voice.score(&self.voice(Some(at))) as f32,
            block: block as f32,
            sentence: whole.score(&self.assertion(whole::sentences(doc, hit))) as f32,
            patient: self.patient(),
        };
        let mut features = Vec::new();
        whole::claim(doc, hit, &heard, &mut |feature| features.push(feature.name()));
        features
    }
}

/// What the core would make of each file.
fn by_file(texts: &[Text], best: &[f64], unnamed: &[f64]) {
    println!("file: recall, false alarms, each claim judged by models that have not seen it; of posts about no claim");
    let mut files: BTreeMap<&str, [(usize, usize); 3]> = BTreeMap::new();
    for (number, text) in texts.iter().enumerate() {
        let warned = best[number] > f64::from(ASSERTED) || unnamed[number] > f64::from(UNLISTED);
        let class = if text.row.form == "other" { 2 } else { usize::from(text.asserts) };
        let cell = &mut files.entry(&text.row.file).or_default()[class];
        *cell = (cell.0 + usize::from(warned), cell.1 + 1);
    }
    for (file, [quiet, asserting, other]) in files {
        let share = |(hits, all): (usize, usize)| 100.0 * hits as f64 / all.max(1) as f64;
        println!("  {file:36} {:5.1} %  {:5.1} %  {:5.1} %", share(asserting), share(quiet), share(other));
    }
}

/// Recall and false alarms at other bars than the core's.
fn by_bar(texts: &[Text], best: &[f64], unnamed: &[f64]) {
    println!("bars for a claim of the list, for the draft alone: recall, implied ones, false alarms, other posts");
    for asserted in [-0.5, 0.0, 0.5, 1.0, 1.5, 2.0] {
        for unlisted in [0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 99.0] {
            let share = |what: &dyn Fn(&Text) -> bool| {
                let mine: Vec<usize> = (0..texts.len()).filter(|number| what(&texts[*number])).collect();
                let warned =
                    mine.iter().filter(|number| best[**number] > asserted || unnamed[**number] > unlisted).count();
                100.0 * warned as f64 / mine.len().max(1) as f64
            };
            println!(
                "  {asserted:4.1} {unlisted:4.1}  {:5.1} %  {:5.1} %  {:5.2} %  {:5.2} %",
                share(&|text| text.asserts),
                share(&|text| text.row.form == "asserts_implied"),
                share(&|text| !text.asserts && text.row.form != "other"),
                share(&|text| text.row.form == "other"),
            );
        }
    }
}
