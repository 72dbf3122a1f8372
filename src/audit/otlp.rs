//! Records as OpenTelemetry logs: OTLP/HTTP in its JSON form
//! (opentelemetry-proto, `ExportLogsServiceRequest`). Never the reason, which is
//! the one free text.

use serde_json::{Value, json};

use super::{Record, time};
use crate::json::{Fields, Whole};

/// INFO, as the data model of OpenTelemetry logs numbers it.
const INFO: u32 = 9;

/// Who reports.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reporter {
    /// A random name of this installation, so that two devices' chains are told apart.
    pub instance: String,
    /// Name of the organization.
    pub organization: String,
}

impl Reporter {
    /// Takes it out of an object. What is missing is empty.
    pub fn of(mut fields: Fields) -> Option<Reporter> {
        let instance = fields.text_if_any("instance")?;
        Some(Reporter { instance, organization: fields.text_if_any("organization")? })
    }
}

/// The body of one request with these records. Lines that are no records are
/// left out.
pub fn request(lines: &str, reporter: &Reporter) -> String {
    let logs: Vec<Value> = lines.lines().filter_map(Record::read).map(|record| log(&record)).collect();
    let body = json!({ "resourceLogs": [{
        "resource": { "attributes": [
            text("service.name", "primum"),
            text("service.version", env!("CARGO_PKG_VERSION")),
            text("service.instance.id", &reporter.instance),
            text("primum.organization", &reporter.organization),
        ] },
        "scopeLogs": [{
            "scope": { "name": "primum.audit", "version": env!("CARGO_PKG_VERSION") },
            "logRecords": logs,
        }],
    }] });
    // Texts, flags and whole numbers have no way to fail.
    serde_json::to_string(&Whole(&body)).unwrap_or_default()
}

fn log(record: &Record) -> Value {
    // 64-bit numbers are texts in the JSON form of protobuf.
    let nanoseconds = format!("{}000000000", time::seconds(&record.time).unwrap_or(0));
    json!({
        "timeUnixNano": nanoseconds,
        "observedTimeUnixNano": nanoseconds,
        "severityNumber": INFO,
        "severityText": "INFO",
        "eventName": "primum.decision",
        "body": { "stringValue": format!("{}: {}", record.decision, record.choice) },
        "attributes": [
            json!({ "key": "primum.number", "value": { "intValue": record.number.to_string() } }),
            text("primum.host", &record.host),
            text("primum.setting", &record.setting),
            list("primum.kinds", &record.kinds),
            list("primum.rules", &record.rules),
            text("primum.group", &record.group),
            text("primum.decision", &record.decision),
            text("primum.choice", &record.choice),
            flag("primum.attested", record.attested),
            flag("primum.reason_given", !record.reason.is_empty() || record.withheld),
            text("primum.previous", &record.previous),
            text("primum.hash", &record.hash),
        ],
    })
}

fn text(key: &str, value: &str) -> Value {
    json!({ "key": key, "value": { "stringValue": value } })
}

fn flag(key: &str, value: bool) -> Value {
    json!({ "key": key, "value": { "boolValue": value } })
}

fn list(key: &str, values: &[std::borrow::Cow<str>]) -> Value {
    let values: Vec<Value> = values.iter().map(|value| json!({ "stringValue": value })).collect();
    json!({ "key": key, "value": { "arrayValue": { "values": values } } })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Policy;
    use crate::audit::tests::{chain, entry};
    use crate::audit::{Entry, Head};

    #[test]
    fn a_request_holds_every_record_and_no_reason() {
        let entry = Entry { decision: "justify".into(), reason: "Approved by the press office".into(), ..entry() };
        let with_reason = Record::new(&entry, &Head::default(), "2026-03-01T14:05:09Z", &Policy::default());
        assert!(!with_reason.reason.is_empty());
        let lines = format!("{}\nno record\n{}", with_reason.line(), chain(2).join("\n"));
        let body = request(&lines, &Reporter { instance: "a1".into(), organization: "St. Elsewhere".into() });
        assert!(!body.contains("press office"), "{body}");
        let value: Value = serde_json::from_str(&body).unwrap();
        let logs = value.pointer("/resourceLogs/0/scopeLogs/0/logRecords").and_then(Value::as_array).unwrap();
        assert_eq!(logs.len(), 3);
        assert_eq!(logs[0]["timeUnixNano"], "1772373909000000000");
        assert_eq!(logs[0]["attributes"][0], json!({ "key": "primum.number", "value": { "intValue": "1" } }));
        assert_eq!(value.pointer("/resourceLogs/0/resource/attributes/2/value/stringValue"), Some(&json!("a1")));
    }
}
