//! Whether a file of records is whole: nothing changed, missing, moved or cut off.

use serde::Serialize;

use super::{Head, Record};
use crate::json::Fields;

/// No more faults than this are named; the rest is counted.
const NAMED: usize = 100;

/// The last line of an exported file: what must stand above it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Seal {
    /// How many records.
    pub records: u64,
    /// Number of the first.
    pub first: u64,
    /// Number of the last.
    pub last: u64,
    /// Hash of the last.
    pub head: String,
    /// When the file was made, in UTC.
    pub exported: String,
}

impl Seal {
    fn of(mut fields: Fields) -> Option<Seal> {
        let seal = Seal {
            records: fields.number("records")?,
            first: fields.number("first")?,
            last: fields.number("last")?,
            head: fields.text("head")?,
            exported: fields.text("exported")?,
        };
        fields.is_empty().then_some(seal)
    }
}

/// The line that a seal stands in.
#[derive(Debug, Serialize)]
pub struct Sealed {
    /// The seal.
    pub seal: Seal,
}

/// Something that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The line of the file, from 1.
    pub line: usize,
    /// A sentence.
    pub what: String,
}

/// What a look through a file came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Records that were read.
    pub records: u64,
    /// Number of the first record.
    pub first: u64,
    /// Number and hash of the last.
    pub head: Head,
    /// What is wrong, the first hundred.
    pub faults: Vec<Fault>,
    /// How many things are wrong.
    pub wrong: usize,
}

/// Looks through a file of records as it was exported. Linear in its length.
pub fn verify(text: &str) -> Report {
    let mut look = Look::default();
    look.lines(text);
    if look.seal.is_none() {
        look.fault("The file ends without its seal: it was cut off, or something was added after it.".to_owned());
    }
    look.report
}

/// What the extension notes apart from the records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Noted {
    /// Number of the last record that was written.
    pub number: u64,
    /// Its hash.
    pub hash: String,
    /// Records up to this number were deleted, by age or by the user.
    pub deleted: u64,
}

impl Noted {
    /// Takes it out of an object. What is missing is zero or empty.
    pub fn of(mut fields: Fields) -> Option<Noted> {
        let mut number = |name: &str| if fields.has(name) { fields.number(name) } else { Some(0) };
        let (number, deleted) = (number("number")?, number("deleted")?);
        Some(Noted { number, deleted, hash: fields.text_if_any("hash")? })
    }
}

/// Looks through records as the extension stores them: a store that was emptied
/// or set back differs from what was noted.
pub fn verify_stored(text: &str, noted: &Noted) -> Report {
    let mut look = Look::default();
    look.lines(text);
    let (records, first, last) = (look.report.records, look.report.first, look.report.head.clone());
    let begins = if records == 0 { noted.deleted >= noted.number } else { first <= noted.deleted + 1 };
    if !begins {
        look.fault(format!("Records from {} on are missing, and nobody deleted them.", noted.deleted + 1));
    }
    if records > 0 && (last.number, &last.hash) != (noted.number, &noted.hash) {
        look.fault(format!("The store ends with record {}, the last one written was {}.", last.number, noted.number));
    }
    look.report
}

/// A line of a file.
enum Line {
    Record(Box<Record<'static>>),
    Seal(Seal),
}

impl Line {
    fn read(line: &str) -> Option<Line> {
        let mut fields = Fields::read(line)?;
        if !fields.has("seal") {
            return Record::of(fields).map(|record| Line::Record(Box::new(record)));
        }
        let seal = Seal::of(Fields::of(fields.take("seal")?)?)?;
        fields.is_empty().then_some(Line::Seal(seal))
    }
}

#[derive(Default)]
struct Look {
    report: Report,
    line: usize,
    seal: Option<usize>,
}

impl Look {
    fn lines(&mut self, text: &str) {
        for line in text.lines() {
            self.line += 1;
            if self.seal.take().is_some() {
                self.fault("A line stands after the seal.".to_owned());
            }
            match Line::read(line) {
                Some(Line::Seal(seal)) => self.seal(&seal),
                Some(Line::Record(record)) => self.record(&record),
                None => self.fault("This is no record.".to_owned()),
            }
        }
    }

    fn record(&mut self, record: &Record) {
        let digest = record.digest();
        if record.hash != digest {
            self.fault(format!("Record {} was changed: its hash does not fit its content.", record.number));
        }
        let head = &self.report.head;
        if self.report.records == 0 {
            self.report.first = record.number;
            if record.number == 1 && !record.previous.is_empty() {
                self.fault("Record 1 says that there is one before it.".to_owned());
            }
        } else if record.number != head.number + 1 {
            let before = head.number;
            self.fault(if record.number > before {
                format!("Between records {before} and {} some are missing.", record.number)
            } else {
                format!("Record {} stands after record {before}: they were moved or doubled.", record.number)
            });
        } else if record.previous != head.hash {
            self.fault(format!("Record {} does not follow from record {}.", record.number, head.number));
        }
        self.report.records += 1;
        // What stands here, even if it was changed: one change is one fault.
        self.report.head = record.head();
    }

    fn seal(&mut self, seal: &Seal) {
        self.seal = Some(self.line);
        let report = &self.report;
        let there = (report.records, report.first, report.head.number, report.head.hash.as_str());
        if there != (seal.records, seal.first, seal.last, seal.head.as_str()) {
            self.fault(format!(
                "The seal speaks of records {} to {} ({}), the file holds {} to {} ({}).",
                seal.first, seal.last, seal.records, there.1, there.2, there.0
            ));
        }
    }

    fn fault(&mut self, what: String) {
        self.report.wrong += 1;
        if self.report.faults.len() < NAMED {
            self.report.faults.push(Fault { line: self.line, what });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::export::json_lines;
    use crate::audit::tests::chain;

    fn file(records: &[String]) -> Vec<String> {
        let text = json_lines(&records.join("\n"), "2026-12-01T00:00:00Z");
        text.lines().map(str::to_owned).collect()
    }

    fn faults(lines: &[String]) -> usize {
        verify(&lines.join("\n")).wrong
    }

    #[test]
    fn a_whole_file_is_good() {
        let lines = file(&chain(60));
        let report = verify(&lines.join("\n"));
        assert_eq!((report.wrong, report.records, report.first, report.head.number), (0, 60, 1, 60));
        assert_eq!(faults(&file(&chain(60)[20..])), 0, "older records may be deleted by age");
        assert_eq!(faults(&file(&[])), 0);
    }

    #[test]
    fn every_single_change_is_found() {
        let lines = file(&chain(12));
        for at in 0..lines.len() {
            let mut without = lines.clone();
            without.remove(at);
            assert!(faults(&without) > 0, "line {at} taken out");
            let mut twice = lines.clone();
            twice.insert(at, lines[at].clone());
            assert!(faults(&twice) > 0, "line {at} doubled");
            for other in 0..at {
                let mut moved = lines.clone();
                moved.swap(at, other);
                assert!(faults(&moved) > 0, "lines {at} and {other} changed places");
            }
            for (from, to) in [
                ("x.com", "y.com"),
                ("NAME", "MRN"),
                ("\"back\"", "\"anyway\""),
                ("T10:", "T11:"),
                ("false", "true"),
                ("\"number\":", "\"number\":1"),
                ("{", "{\"more\":1,"),
            ] {
                let mut changed = lines.clone();
                changed[at] = lines[at].replacen(from, to, 1);
                assert!(changed == lines || faults(&changed) > 0, "line {at}: {from} became {to}");
            }
        }
        for cut in 0..lines.len() {
            assert!(faults(&lines[..cut]) > 0, "cut after {cut} lines");
        }
        let text = lines.join("\n");
        for cut in 1..text.len() {
            assert!(verify(&text[..cut]).wrong > 0, "cut after {cut} bytes");
        }
    }

    #[test]
    fn a_record_made_new_with_its_hash_breaks_the_chain() {
        let mut lines = file(&chain(5));
        let forged = Record { number: 3, host: "y.com".into(), ..Record::read(&lines[2]).unwrap() };
        let forged = Record { hash: forged.digest().into(), ..forged };
        lines[2] = forged.line();
        let report = verify(&lines.join("\n"));
        assert_eq!(report.faults, [Fault { line: 4, what: "Record 4 does not follow from record 3.".into() }]);
    }

    #[test]
    fn a_store_that_was_emptied_or_set_back_shows() {
        let lines = chain(4);
        let head = verify(&file(&lines).join("\n")).head;
        let wrong = |lines: &[String], deleted: u64| {
            let noted = Noted { number: head.number, hash: head.hash.clone(), deleted };
            verify_stored(&lines.join("\n"), &noted).wrong
        };
        assert_eq!(wrong(&lines, 0), 0);
        assert_eq!(wrong(&lines[2..], 2), 0, "deleted by age");
        assert_eq!(wrong(&[], 4), 0, "deleted by the user");
        assert_eq!(wrong(&lines[2..], 1), 1, "one more is gone");
        assert_eq!(wrong(&lines[..3], 0), 1, "set back");
        assert_eq!(wrong(&[], 0), 1, "emptied");
        assert_eq!(verify_stored("", &Noted::default()).wrong, 0);
    }

    #[test]
    fn faults_are_counted_beyond_those_named() {
        let report = verify(&"no record\n".repeat(500));
        assert_eq!((report.wrong, report.faults.len()), (501, 100));
    }
}
