//! Any UTF-16 is a draft: no panic, every span on its words, tokens in order.
#![no_main]

use libfuzzer_sys::fuzz_target;
use primum::finding::Setting;
use primum::text::Doc;
use primum::{Draft, Policy, assess};

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    // Half of the runs read UTF-16 as a page hands it over, lone surrogates and all.
    let text = if first & 1 == 0 {
        String::from_utf8_lossy(rest).into_owned()
    } else {
        let units: Vec<u16> = rest.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    let setting = Setting::ALL[usize::from(first >> 1) % Setting::ALL.len()];
    let units: Vec<u16> = text.encode_utf16().collect();
    let doc = Doc::new(&text);
    assert_eq!(doc.plain.units as usize, units.len());
    for at in 0..doc.tokens.len() {
        let span = doc.span(at, at + 1);
        assert!(span.start < span.end);
        assert!(String::from_utf16(&units[span.start as usize..span.end as usize]).is_ok());
    }
    let found = assess(&Draft { setting, ..Draft::post(&text) }, &Policy::default());
    for one in &found.findings {
        let span = one.finding.span;
        let quote = String::from_utf16(&units[span.start as usize..span.end as usize]);
        assert_eq!(quote.expect("a span lies on whole characters"), one.quote);
    }
});
