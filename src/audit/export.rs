//! Records as files: JSON Lines with a seal, and a table for spreadsheets.

use super::verify::{Seal, Sealed};
use super::{Head, Record};

/// The stored lines with a seal at the end, so that a cut file shows.
pub fn json_lines(lines: &str, exported: &str) -> String {
    let first = lines.lines().next().and_then(Record::read);
    let last = lines.lines().next_back().and_then(Record::read);
    let head = last.map_or_else(Head::default, |record| record.head());
    let seal = Seal {
        records: lines.lines().count() as u64,
        first: first.map_or(0, |record| record.number),
        last: head.number,
        head: head.hash,
        exported: super::time::to_the_second(exported),
    };
    let mut out = String::with_capacity(lines.len() + 300);
    for line in lines.lines() {
        out.push_str(line);
        out.push('\n');
    }
    out.push_str(&serde_json::to_string(&Sealed { seal }).unwrap_or_default());
    out.push('\n');
    out
}

const COLUMNS: &str =
    "number,time,host,setting,kinds,rules,group,decision,choice,reason,withheld,attested,previous,hash\r\n";

/// The stored lines as a table (RFC 4180). Lines that are no records are left
/// out: [`super::verify`] names them.
pub fn csv(lines: &str) -> String {
    let mut out = String::with_capacity(lines.len());
    out.push_str(COLUMNS);
    for record in lines.lines().filter_map(Record::read) {
        let row = [
            record.number.to_string().into(),
            record.time,
            record.host,
            record.setting,
            record.kinds.join(" ").into(),
            record.rules.join(" ").into(),
            record.group,
            record.decision,
            record.choice,
            record.reason,
            record.withheld.to_string().into(),
            record.attested.to_string().into(),
            record.previous,
            record.hash,
        ];
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            push_cell(&mut out, cell);
        }
        out.push_str("\r\n");
    }
    out
}

fn push_cell(out: &mut String, cell: &str) {
    // A spreadsheet would run a cell that begins like a formula (CWE-1236).
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if !formula && !cell.contains([',', '"', '\n', '\r']) {
        out.push_str(cell);
        return;
    }
    out.push('"');
    if formula {
        out.push('\'');
    }
    out.push_str(&cell.replace('"', "\"\""));
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Policy;
    use crate::audit::Entry;
    use crate::audit::tests::{chain, entry};

    #[test]
    fn a_table_has_a_row_for_each_record() {
        let table = csv(&chain(3).join("\n"));
        let rows: Vec<&str> = table.split("\r\n").collect();
        assert_eq!(rows.len(), 5);
        assert!(
            rows[1].starts_with(
                "1,2026-01-01T10:00:00Z,x.com,post,NAME DATE,name.patient date.relative,1-10,warn,back,,false,false,,"
            ),
            "{}",
            rows[1]
        );
    }

    #[test]
    fn a_cell_is_never_a_formula_and_never_two_cells() {
        for (reason, cell) in [
            ("=HYPERLINK(1)", "\"'=HYPERLINK(1)\""),
            ("so, \"they\" said", "\"so, \"\"they\"\" said\""),
            ("two\nlines", "\"two\nlines\""),
        ] {
            let entry = Entry { decision: "justify".into(), reason: reason.into(), ..entry() };
            let line = Record::new(&entry, &Head::default(), "2026-03-01T14:05:09Z", &Policy::default()).line();
            assert!(csv(&line).contains(&format!(",{cell},")), "{}", csv(&line));
        }
    }
}
