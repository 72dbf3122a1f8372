//! Messages by key, in the reader's language, from the extension's `_locales`.

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

/// A language that messages exist in. English where there is none.
#[derive(Debug, Clone, Copy)]
pub struct Locale(&'static [(&'static str, &'static str)]);

impl Locale {
    /// The table for a language tag: `es-MX` finds `es`.
    pub fn new(tag: &str) -> Locale {
        let language = tag.split(['-', '_']).next().unwrap_or("en");
        let find = |name: &str| LOCALES.iter().find(|(locale, _)| *locale == name).map(|(_, table)| *table);
        Locale(find(language).or_else(|| find("en")).unwrap_or(&[]))
    }

    /// The message with its parameters filled in. A key without a message
    /// answers itself, and a test reads the whole table so that none does.
    pub fn message(self, key: &str, params: &[(&'static str, String)]) -> String {
        let Ok(at) = self.0.binary_search_by(|(known, _)| (*known).cmp(key)) else {
            let english = Locale::new("en");
            return if std::ptr::eq(self.0, english.0) { key.to_owned() } else { english.message(key, params) };
        };
        let mut text = self.0[at].1.to_owned();
        for (name, value) in params {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    /// Whether a message with this key exists.
    pub fn has(self, key: &str) -> bool {
        self.0.binary_search_by(|(known, _)| (*known).cmp(key)).is_ok()
    }
}

impl Default for Locale {
    fn default() -> Locale {
        Locale::new("en")
    }
}
