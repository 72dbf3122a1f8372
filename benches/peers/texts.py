"""The labelled texts that all systems read, in one shape.

A corpus is known by its fields, as in `primum evaluate`: `must` and `warn` (our
own posts), `claim` and `form` or `stance` (texts on one claim), `flagged` and
`clean` (pairs of one description), `spans` (public sets of identifiers), a text
alone (taken as harmless).
"""

import glob
import json
import os
from dataclasses import dataclass, field

SHARED = "../shared/corpus"
# The health-news set has 14,843 headlines; the slow peers need minutes for these alone.
NEWS = 2000

POSTS, SPANS, HARMLESS, STANCE = "posts", "spans", "harmless", "stance"


@dataclass
class Text:
    """One text with what should be found in it."""

    id: str
    text: str
    warn: bool
    # Privacy: code point spans that must, and must not, be marked, with their kinds.
    must: list = field(default_factory=list)
    must_not: list = field(default_factory=list)
    # Misinformation: the claim touched and the form it takes.
    claim: str = ""
    form: str = ""
    setting: str = "post"
    context: str | None = None


@dataclass
class Corpus:
    """The texts of one file that belong to one part of the comparison."""

    name: str
    shape: str
    texts: list


def privacy(extra):
    """Corpora with identifiers, and harmless ones."""
    return [c for c in everything(extra) if c.shape in (POSTS, SPANS, HARMLESS)]


def misinformation(extra):
    """Corpora with claims, and harmless ones."""
    return [c for c in everything(extra) if c.shape in (STANCE, HARMLESS)]


def everything(extra):
    usual = [
        f"{SHARED}/posts-dev.jsonl",
        f"{SHARED}/public/asq-phi-even.jsonl",
        f"{SHARED}/public/health-news-even.jsonl",
        f"{SHARED}/public/vira-intents-even.jsonl",
        *sorted(glob.glob("tests/corpus/**/*.jsonl", recursive=True)),
    ]
    corpora, names = [], set()
    for path in [path for path in usual if os.path.exists(path)] + list(extra):
        # The project keeps copies of some shared files: each is read once.
        if os.path.basename(path) not in names:
            names.add(os.path.basename(path))
            corpora += read(path)
    return [corpus for corpus in corpora if corpus.texts]


def read(path):
    """The corpora in one file: posts hold a privacy part and a misinformation part."""
    name = os.path.basename(path).removesuffix(".jsonl")
    with open(path, encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    if not rows or not isinstance(rows[0], dict):
        return []
    first = rows[0]
    if "must" in first:
        return [
            Corpus(name, POSTS, [post(row) for row in rows if not row.get("stance")]),
            Corpus(name, STANCE, [stanced(row) for row in rows if row.get("stance")]),
        ]
    if {"claim", "text"} <= first.keys() and {"form", "stance"} & first.keys():
        return [Corpus(name, STANCE, [form(number, row) for number, row in enumerate(rows)])]
    if {"flagged", "clean", "quote"} <= first.keys():
        return [Corpus(name, POSTS, [text for row in rows for text in pair(row)])]
    if "spans" in first:
        return [Corpus(name, SPANS, [spanned(row) for row in rows])]
    if "text" in first and "label" not in first and not first.get("warn"):
        return [Corpus(name, HARMLESS, [Text(str(row.get("id", "")), row["text"], False) for row in rows[:NEWS]])]
    return []


def post(row):
    must = [(item["kind"], *place(row["text"], item["quote"], item.get("nth", 1))) for item in row["must"]]
    places = [place(row["text"], quote, 1) for quote in row.get("must_not", [])]
    must_not = [("", *span) for span in places if span]
    return Text(
        str(row["id"]), row["text"], row["warn"], must, must_not,
        setting=row.get("setting", "post"), context=row.get("context"),
    )


def stanced(row):
    claim = (row.get("claims") or ["?"])[0]
    return Text(str(row["id"]), row["text"], row["stance"] == "asserts", claim=claim, form=row["stance"])


def form(number, row):
    kind = row.get("form") or row["stance"]
    warn = kind in ("asserts", "asserts_implied")
    return Text(f"{row['claim']}-{number}", row["text"], warn, claim=row["claim"], form=kind)


def pair(row):
    span = place(row["flagged"], row["quote"], 1)
    return [
        Text(f"{row['id']}+", row["flagged"], True, [("QUASI", *span)]),
        Text(f"{row['id']}-", row["clean"], False),
    ]


def spanned(row):
    """Public sets label values: each occurrence of a value is that identifier."""
    must = []
    for item in row["spans"]:
        nth = 1
        while (span := place(row["text"], item["value"], nth)) is not None:
            must.append((item.get("identifier_type") or item.get("type"), *span))
            nth += 1
    unique = sorted(set(must), key=lambda span: span[1:])
    return Text(str(row["id"]), row["text"], bool(unique), unique)


def place(text, quote, nth):
    """Where the nth occurrence of a quote stands, in code points; None if nowhere."""
    at = -1
    for _ in range(nth):
        at = text.find(quote, at + 1)
        if at < 0 or not quote:
            return None
    return at, at + len(quote)


def points(text, units):
    """UTF-16 offsets, as JavaScript and Primum count, to code points."""
    where, unit = {}, 0
    for point, letter in enumerate(text):
        where[unit] = point
        unit += 2 if ord(letter) > 0xFFFF else 1
        if unit - 1 not in where:
            where[unit - 1] = point
    where[unit] = len(text)
    return [where.get(u, len(text)) for u in units]
