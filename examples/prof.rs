//! Profiling aid.
use primum::*;
fn main() {
    let f = std::env::args().nth(1).unwrap();
    let n: usize = std::env::args().nth(2).unwrap().parse().unwrap();
    let t: Vec<String> = std::fs::read_to_string(f)
        .unwrap()
        .lines()
        .map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()["text"].as_str().unwrap().to_owned())
        .collect();
    let all = t.join("\n\n");
    let c: Vec<char> = all.chars().collect();
    let texts: Vec<String> = (0..200)
        .map(|a| {
            let from = (a * 280 * 7) % (c.len() - 280);
            c[from..from + 280].iter().collect()
        })
        .collect();
    let p = Policy::default();
    for _ in 0..2 {
        for x in &texts {
            std::hint::black_box(assess(&Draft::post(x), &p));
        }
    }
    let s = std::time::Instant::now();
    for _ in 0..n {
        for x in &texts {
            std::hint::black_box(assess(&Draft::post(x), &p));
        }
    }
    eprintln!("{:.2} us", s.elapsed().as_secs_f64() * 1e6 / (n * texts.len()) as f64);
}
