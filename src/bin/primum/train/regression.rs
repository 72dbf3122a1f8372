//! Logistic regression with L2: full batches, no random start, no shuffling, so
//! that the same posts give the same table, bit for bit.

use std::collections::BTreeMap;

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
        let (weights, bias) = descend(&used, &rows, counts.len(), self.c);
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
pub struct Fitted {
    weights: BTreeMap<String, (f64, f64)>,
    bias: f64,
}

impl Fitted {
    pub fn score(&self, features: &[String]) -> f64 {
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

    pub fn write(&self, path: &str) -> Result<(), String> {
        let most = self.weights.values().map(|(weight, _)| weight.abs()).fold(1e-9, f64::max);
        let rarest = self.weights.values().map(|(_, rarity)| *rarity).fold(1e-9, f64::max);
        let (weight_unit, rarity_unit) = (most / 127.0, rarest / 255.0);
        let mut text = format!(
            "# Feature, weight, rarity, in whole steps of the units. Written by `primum train`; do not edit.\n\
             bias\t{:.4}\nweight unit\t{weight_unit:.6}\nrarity unit\t{rarity_unit:.6}\n",
            self.bias
        );
        for (feature, (weight, rarity)) in &self.weights {
            let (weight, rarity) = ((weight / weight_unit).round(), (rarity / rarity_unit).round());
            text.push_str(&format!("{feature}\t{weight}\t{rarity}\n"));
        }
        std::fs::write(path, text).map_err(|error| format!("{path}: {error}"))?;
        println!("{path}: {} features", self.weights.len());
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
