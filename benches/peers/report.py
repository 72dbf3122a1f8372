"""One table a question, from what privacy.py and claims.py counted."""

import datetime
import json
import os
import platform
import sys

FOLDER = "target/peers"
DASH = "-"
BEGIN, END = "<!-- results -->", "<!-- end of results -->"


def main():
    privacy, claims = load("privacy"), load("claims")
    lines = [
        "# Primum and its peers on the same texts",
        "",
        f"{datetime.date.today().isoformat()}, {os.cpu_count()} cores, {platform.machine()}, "
        f"Python {platform.python_version()}. Shares in per cent, counts in brackets; ms: median a text, "
        "inside the process, indicative only.",
        "",
        "## Summary",
        *privacy_summary(privacy),
        *claims_summary(claims),
        "",
        "## A. Privacy",
        *(line for corpus in privacy["corpora"] for line in privacy_table(corpus, privacy["systems"])),
        "",
        "## B. Misinformation",
        *(line for corpus in claims["corpora"] for line in claims_table(corpus, claims["systems"])),
        *missing(privacy["systems"] + claims["systems"]),
        "",
        "## Versions",
        "",
        ", ".join(f"{name} {version}" for name, version in versions(privacy).items()),
    ]
    text = "\n".join(lines) + "\n"
    with open(f"{FOLDER}/results.md", "w", encoding="utf-8") as out:
        out.write(text)
    with open(f"{FOLDER}/results.json", "w", encoding="utf-8") as out:
        json.dump({"privacy": privacy, "misinformation": claims}, out, indent=1)
    print(text)
    if "--record" in sys.argv:
        record("\n".join(lines[2:4] + [line for line in privacy_summary(privacy) + claims_summary(claims)]))


def record(summary):
    """Puts the summary of this run where the README shows it."""
    path = os.path.join(os.path.dirname(__file__), "README.md")
    with open(path, encoding="utf-8") as file:
        before, _, rest = file.read().partition(BEGIN)
    _, _, after = rest.partition(END)
    with open(path, "w", encoding="utf-8") as out:
        out.write(f"{before}{BEGIN}\n{summary}\n{END}{after}")


def load(name):
    with open(f"{FOLDER}/{name}.json", encoding="utf-8") as file:
        return json.load(file)


DEV = "posts-dev"


def privacy_summary(privacy):
    """The development posts, all other posts together, the public set, the news."""
    others = [keyed(c) for c in privacy["corpora"] if c["shape"] == "posts" and c["name"] != DEV]
    held = [key for key in others if "-held" in key]
    head = [
        "privacy", "posts-dev: warned", "harmless flagged", "other posts: warned", "harmless flagged",
        "held back: warned", "harmless flagged", "ASQ-PHI: found", "precision", "clean flagged", "news flagged", "ms",
    ]
    rows = []
    for row in privacy["systems"]:
        if "missing" in row:
            continue
        dev, asq, news = (counts(row, key) for key in (
            f"{DEV}/posts", "asq-phi-even/spans", "health-news-even/harmless"))
        parts = [dev, pooled(row, others), pooled(row, held)]
        cells = [(part, name) for part in parts for name in ("recall", "false_alarms")]
        cells += [(asq, "span_recall"), (asq, "precision"), (asq, "false_alarms"), (news, "false_alarms")]
        rows.append([f"{row['peer']}, {row['setting']}", *(cell(*c) for c in cells), ms(dev) if dev else DASH])
    return ["", line(head), line(["---"] + ["---:"] * (len(head) - 1)), *map(line, rows)]


def claims_summary(claims):
    others = [keyed(c) for c in claims["corpora"] if c["shape"] == "stance" and c["name"] != DEV]
    held = [key for key in others if "-held" in key]
    head = [
        "misinformation",
        "posts-dev: found", "false alarms", "at Primum's recall",
        "other texts: found", "false alarms", "at Primum's recall",
        "held back: found", "false alarms", "at Primum's recall",
        "questions flagged", "news flagged", "ms",
    ]
    rows = []
    for row in claims["systems"]:
        if "missing" in row:
            continue
        dev, questions, news = (counts(row, key) for key in (
            f"{DEV}/stance", "vira-intents-even/harmless", "health-news-even/harmless"))
        parts = [dev, pooled(row, others), pooled(row, held)]
        cells = [(part, name) for part in parts for name in ("recall", "false_alarms", "at_our_recall")]
        cells += [(questions, "false_alarms"), (news, "false_alarms")]
        rows.append([f"{row['peer']}, {row['setting']}", *(cell(*c) for c in cells), ms(dev) if dev else DASH])
    return ["", line(head), line(["---"] + ["---:"] * (len(head) - 1)), *map(line, rows)]


def keyed(corpus):
    return f"{corpus['name']}/{corpus['shape']}"


def pooled(row, keys):
    """Counts of several corpora together."""
    total = {}
    for key in keys:
        for name, count in (counts(row, key) or {}).items():
            if isinstance(count, list):
                hits, all_ = total.get(name, (0, 0))
                total[name] = hits + count[0], all_ + count[1]
    return total


def cell(tally, name):
    return percent(tally[name]) if tally and name in tally else DASH


PRIVACY_COLUMNS = {
    "posts": [
        ("posts warned", "recall"), ("of these with a direct identifier", "recall_direct"),
        ("spans found", "span_recall"), ("harmless posts flagged", "false_alarms"),
        ("harmless words marked", "must_not"),
    ],
    "spans": [
        ("spans found", "span_recall"), ("precision", "precision"), ("texts without labels flagged", "false_alarms"),
    ],
    "harmless": [("texts flagged", "false_alarms")],
}


def privacy_table(corpus, systems):
    key = f"{corpus['name']}/{corpus['shape']}"
    columns = PRIVACY_COLUMNS[corpus["shape"]]
    rows = []
    for row in systems:
        tally = counts(row, key)
        if tally:
            rows.append([f"{row['peer']}, {row['setting']}", *(share(tally[k]) for _, k in columns), ms(tally)])
    return [*table(corpus, ["system", *(name for name, _ in columns), "ms"], rows), *better(key, systems)]


def claims_table(corpus, systems):
    key = f"{corpus['name']}/{corpus['shape']}"
    harmless = corpus["shape"] == "harmless"
    with_counts = [(row, counts(row, key)) for row in systems if counts(row, key)]
    forms = [] if harmless else list(with_counts[0][1]["forms"])
    if forms.count("asserts") and "asserts_implied" not in forms:
        forms.remove("asserts")  # the same as "assertions found"
    head = ["system", "texts flagged"] if harmless else [
        "system", "assertions found", "false alarms", "the same at Primum's recall", *forms,
    ]
    rows = []
    for row, tally in with_counts:
        cells = [f"{row['peer']}, {row['setting']}"]
        if not harmless:
            cells += [share(tally["recall"])]
        cells += [share(tally["false_alarms"])]
        if not harmless:
            cells += [share(tally.get("at_our_recall")), *(percent(tally["forms"][form]) for form in forms)]
        rows.append([*cells, ms(tally)])
    return [*table(corpus, [*head, "ms"], rows), *better(key, systems)]


def better(key, systems):
    """Who is no worse than Primum on what it finds and on what it wrongly flags, and better on one."""
    ours = systems[0]["corpora"][key]
    finds = "span_recall" if "precision" in ours else "recall"
    if finds not in ours:
        fewer = [row for row in systems if counts(row, key)]
        winners = [row for row in fewer if rate(counts(row, key), "false_alarms") < rate(ours, "false_alarms")]
        return ["", f"Flag fewer than Primum: {names(winners)}."]
    winners = []
    for row in systems:
        theirs = counts(row, key)
        if not theirs or row["peer"] == "Primum":
            continue
        gain = rate(theirs, finds) - rate(ours, finds), rate(ours, "false_alarms") - rate(theirs, "false_alarms")
        cut = theirs.get("at_our_recall")
        if (min(gain) >= 0 and max(gain) > 0) or (cut and cut[1] and cut[0] / cut[1] < rate(ours, "false_alarms")):
            winners.append(row)
    return ["", f"Find as much as Primum with fewer false alarms, or more with no more: {names(winners)}."]


def counts(row, key):
    return row.get("corpora", {}).get(key)


def rate(counts_, name):
    hits, all_ = counts_[name]
    return hits / all_ if all_ else 0


def names(rows):
    return "; ".join(f"{row['peer']}, {row['setting']}" for row in rows) or "none"


def table(corpus, head, rows):
    return [
        "",
        f"### {corpus['name']} ({corpus['texts']} texts)",
        "",
        line(head),
        line(["---"] + ["---:"] * (len(head) - 1)),
        *map(line, rows),
    ]


def missing(systems):
    gone = [
        f"- {row['peer']}, {row['setting']}: threw on {row['failed']} texts, which count as nothing found"
        for row in systems if row.get("failed")
    ]
    gone += [f"- {row['peer']}, {row['setting']}: {row['missing']}" for row in systems if "missing" in row]
    return ["", "## Did not run, or not on all texts", "", *gone] if gone else []


def versions(privacy):
    found = dict(privacy["versions"])
    found.update({row["peer"]: row["version"] for row in privacy["systems"] if "version" in row})
    return found


def line(cells):
    return f"| {' | '.join(cells)} |"


def share(counts):
    if not counts or not counts[1]:
        return DASH
    return f"{percent(counts)} ({counts[0]}/{counts[1]})"


def percent(counts):
    return f"{100 * counts[0] / counts[1]:.1f}" if counts[1] else DASH


def ms(counts):
    return f"{counts['ms']:.3f}" if counts["ms"] < 0.1 else f"{counts['ms']:.2f}"


if __name__ == "__main__":
    main()
