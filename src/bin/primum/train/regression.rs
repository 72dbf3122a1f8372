//! Logistic regression with L2: full batches, no random start, no shuffling, so
//! that the same posts give the same table, bit for bit.

use std::collections::{BTreeMap, BTreeSet};

/// Posts of one fold are scored by a model of all the others.
pub const FOLDS: usize = 8;
/// Steps of the descent: more change no weight by a step of the table.
const STEPS: usize = 400;

/// How one model is trained.
pub struct Recipe {
    /// Inverse strength of the regularisation.
    pub c: f64,
    /// A feature must occur in so many rows.
    pub least: usize,
    /// Features count by their rarity.
    pub rarity: bool,
    /// No more features than this are kept, those that matter most; each takes
    /// some 15 bits of the module.
    pub most: usize,
}

/// One example.
pub struct Example {
    pub features: Vec<String>,
    pub yes: bool,
    pub fold: usize,
    pub weight: f64,
}

impl Recipe {
    /// Scores of all examples by models that have not seen them, and these models.
    pub fn cross_validate(&self, examples: &[Example]) -> (Vec<f64>, Vec<Fitted>) {
        let models: Vec<Fitted> = (0..FOLDS).map(|fold| self.fit(examples, Some(fold))).collect();
        (examples.iter().map(|example| models[example.fold].score(&example.features)).collect(), models)
    }

    pub fn fit(&self, examples: &[Example], without: Option<usize>) -> Fitted {
        let mut fitted = self.fit_features(examples, without, &|_| true);
        // By and by: what goes leaves its work to others like it, which then
        // weigh more.
        while fitted.features.len() > self.most {
            let kept = fitted.most_telling(self.most.max(fitted.features.len() / 2));
            fitted = self.fit_features(examples, without, &|name| kept.contains(name));
        }
        fitted
    }

    fn fit_features(&self, examples: &[Example], without: Option<usize>, keep: &dyn Fn(&str) -> bool) -> Fitted {
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
        counts.retain(|name, count| *count >= self.least && keep(name));
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
        let (weights, bias) = descend(&used, &rows, counts.len(), self.c);
        let features = counts.iter().zip(weights.into_iter().zip(rarity));
        let features = features.map(|((name, count), (weight, rarity))| {
            ((*name).to_owned(), Weighed { weight, rarity, count: *count as f64 })
        });
        Fitted { features: features.collect(), bias }
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
pub struct Fitted {
    features: BTreeMap<String, Weighed>,
    bias: f64,
}

/// What was learnt of a feature.
struct Weighed {
    weight: f64,
    rarity: f64,
    /// Posts that have it.
    count: f64,
}

/// Steps of the table: a weight is told within a fifth of their root mean
/// square, a rarity within a 32nd of the largest. Finer ones cost 1 bit a
/// feature each time that they are halved, and change no figure.
const WEIGHT_STEPS: f64 = 2.5;
/// As above.
const RARITY_STEPS: f64 = 16.0;

impl Fitted {
    /// The features that do most to the scores of all posts.
    fn most_telling(&self, most: usize) -> BTreeSet<String> {
        let mut by_effect: Vec<(f64, &String)> =
            self.features.iter().map(|(name, f)| ((f.weight * f.rarity).abs() * f.count.sqrt(), name)).collect();
        by_effect.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        by_effect.into_iter().take(most).map(|(_, name)| name.clone()).collect()
    }

    pub fn score(&self, features: &[String]) -> f64 {
        let mut names: Vec<&str> = features.iter().map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        let (mut sum, mut square) = (0.0, 0.0);
        for known in names.iter().filter_map(|name| self.features.get(*name)) {
            sum += known.weight * known.rarity;
            square += known.rarity * known.rarity;
        }
        self.bias + sum / f64::sqrt(square).max(1.0)
    }

    pub fn write(&self, path: &str) -> Result<(), String> {
        let all = self.features.len().max(1) as f64;
        let squares: f64 = self.features.values().map(|known| (known.weight * known.rarity).powi(2)).sum();
        let rarest = self.features.values().map(|known| known.rarity).fold(1e-9, f64::max);
        let (weight_unit, rarity_unit) = ((squares / all).sqrt().max(1e-9) / WEIGHT_STEPS, rarest / RARITY_STEPS);
        let mut text = format!(
            "# Feature, weight by its rarity, rarity, in whole steps of the units. Written by `primum train`; do not edit.\n\
             bias\t{:.4}\nweight unit\t{weight_unit:.6}\nrarity unit\t{rarity_unit:.6}\n",
            self.bias
        );
        for (feature, known) in &self.features {
            let weight = (known.weight * known.rarity / weight_unit).round().clamp(-127.0, 127.0);
            let rarity = (known.rarity / rarity_unit).round().max(1.0);
            text.push_str(&format!("{feature}\t{weight}\t{rarity}\n"));
        }
        std::fs::write(path, text).map_err(|error| format!("{path}: {error}"))?;
        println!("{path}: {} features", self.features.len());
        Ok(())
    }
}

/// How well held-out scores part yes from no.
pub fn report(name: &str, examples: &[Example], scores: &[f64]) {
    let pick = |yes: bool| {
        let mut list: Vec<f64> = examples
            .iter()
            .zip(scores)
            .filter(|(example, _)| example.yes == yes && example.weight >= 0.2)
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
