"""Keyword and subject + predicate matchers, derived from Primum's own claim table.

So that nobody can say the baselines were given poor words, they get Primum's:
`src/data/misinformation/concepts.tsv` says how each concept is written, and the
`says` rules of `claims.toml` say which concepts make a claim. By rule, not by hand:

- keywords: a claim is touched where a word of its subject stands; its subject
  is the first element of each of its `says` rules, without the concepts that the table
  itself calls common.
- subject + predicate: a claim is made where all elements of one of its `says`
  rules stand in one sentence, in the order that `>` asks for; `&` also takes the
  sentence before or after.

What they lack is what Primum adds: stance, `unless`, and what one sentence takes
up from another.
"""

import bisect
import re
import tomllib
import unicodedata
from dataclasses import dataclass

DATA = "src/data/misinformation"
MARKS = set(',?!:".')


@dataclass
class Word:
    """One word in lower case without accents, and where it stands."""

    word: str
    start: int
    end: int


class Table:
    """Claims and the words of their concepts."""

    def __init__(self):
        with open(f"{DATA}/claims.toml", "rb") as file:
            table = tomllib.load(file)
        self.patterns = {name: re.compile("|".join(ways)) for name, ways in concept_patterns().items()}
        self.sets = table["sets"]
        common = set(table["common"])
        self.rules, self.subjects = [], {}
        for claim in table["claim"]:
            for says in claim["says"]:
                self.rules.append((claim["id"], self.rule(says)))
            first = set().union(*(self.rule(says)[0][1] for says in claim["says"]))
            self.subjects[claim["id"]] = first - common

    def rule(self, says):
        """Elements as (link to the one before, set of concepts)."""
        link, elements = "", []
        for piece in says.split():
            if piece in (">", "+", "&"):
                link = piece
            else:
                names = [name for part in piece.split("|") for name in self.sets.get(part, [part])]
                elements.append((link, set(names)))
        return elements

    def read(self, text):
        """Every occurrence of a concept: {concept: [(sentence, start, end)]}."""
        found = {}
        for number, words in enumerate(sentences(text)):
            line, starts = " ", []
            for word in words:
                starts.append(len(line))
                line += word.word + " "
            at = {start: index for index, start in enumerate(starts)}
            for name, pattern in self.patterns.items():
                for match in pattern.finditer(line):
                    first = at.get(match.start() + 1)
                    if first is not None:
                        last = bisect.bisect_left(starts, match.end()) - 1
                        found.setdefault(name, []).append((number, words[first].start, words[last].end))
        return found

    def keywords(self, found):
        """Claims whose subject is named."""
        return [claim for claim, subject in self.subjects.items() if any(name in found for name in subject)]

    def made(self, found):
        """Claims made, each with the spans of its elements: [(claim, [(start, end)])]."""
        hits = []
        for claim, elements in self.rules:
            spans = self.fits(elements, found)
            if spans:
                hits.append((claim, spans))
        return hits

    def fits(self, elements, found, before=None):
        """The places of a rule's elements, the first way that fits; None if none does."""
        if not elements:
            return []
        (link, names), rest = elements[0], elements[1:]
        for place in sorted(place for name in names for place in found.get(name, ())):
            if before and not linked(link, before, place):
                continue
            tail = self.fits(rest, found, place)
            if tail is not None:
                return [place[1:], *tail]
        return None


def linked(link, before, place):
    if link == "&":
        return abs(before[0] - place[0]) <= 1
    if link == ">":
        return before[0] == place[0] and place[1] >= before[2]
    return before[0] == place[0]


def sentences(text):
    """Words by sentence: the text's own letters, so that places stay true."""
    result, words = [], []
    for match in re.finditer(r"\S+|\n", text):
        chunk = match.group()
        if chunk != "\n":
            words += split(chunk, match.start())
        if chunk == "\n" or re.search(r"[.!?…][\"')\]”’]*$", chunk):
            result.append(words)
            words = []
    return [words for words in [*result, words] if words]


def split(chunk, at):
    """Words of one chunk between blanks: hyphens, slashes and capitals in hashtags part them."""
    words = []
    hashtag = chunk.startswith("#")
    pieces = re.finditer(r"[A-Z]?[^\-–—/,A-Z]+|[A-Z]+" if hashtag else r"[^\-–—/,]+", chunk)
    for piece in pieces:
        bare = piece.group().strip("#.,;:!?\"'()[]{}“”‘’…*")
        if not bare:
            continue
        start = at + piece.start() + piece.group().index(bare)
        word, _, _ = fold(bare).partition("'s")
        words.append(Word(word, start, start + len(bare)))
    return words


def fold(word):
    plain = unicodedata.normalize("NFKD", word.replace("’", "'").lower())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def concept_patterns():
    """The pattern language of src/data/patterns/README.md as regular expressions on ` w1 w2 ... `."""
    ways, macros = {}, {}
    with open(f"{DATA}/concepts.tsv", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines if "\t" in line and not line.startswith("#")]
    for name, pattern in rows:
        if name.startswith("@"):
            macros[name] = pattern
    for name, pattern in rows:
        if not name.startswith("@"):
            elements = [macros.get(piece, piece) for piece in pattern.split() if piece not in ("{", "}")]
            # The blank after the last word is left for the match that follows.
            ways.setdefault(name, []).append("".join(map(element, elements)) + "(?= )")
    return ways


def element(piece):
    gap = re.fullmatch(r"\.\.(\d*)", piece)
    if gap:
        return rf"(?: \S+){{0,{gap.group(1) or 3}}}"
    optional = piece.endswith("?") and len(piece) > 1
    words = (piece[:-1] if optional else piece).split("|")
    words = [word for word in words if word not in MARKS]
    if not words:
        return ""
    return f"(?: (?:{'|'.join(map(one, words))}))" + ("?" if optional else "")


def one(word):
    if word == "<#>":
        return r"\S*\d\S*"
    if word.startswith("<"):
        return r"\S+"
    return re.escape(word[:-1]) + r"\S*" if word.endswith("*") else re.escape(fold(word))
