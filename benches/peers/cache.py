"""What peers found before: they are slow and do not change between two versions of Primum.

One file for each language of peers, named after all that decides their answers:
their settings (the source that holds them) and their pinned versions.
"""

import hashlib
import json
import os

FOLDER = "target/peers/found"


class Cache:
    """Answers by (peer, setting) and text: the spans, or None where the peer threw, and milliseconds."""

    def __init__(self, *sources):
        digest = hashlib.sha256()
        for source in sources:
            with open(os.path.join(os.path.dirname(__file__), source), "rb") as file:
                digest.update(file.read())
        self.path = f"{FOLDER}/{digest.hexdigest()[:16]}.json"
        self.known = {}
        if os.path.exists(self.path):
            with open(self.path, encoding="utf-8") as file:
                self.known = json.load(file)

    def missing(self, system, texts):
        """The texts on which a system has not answered yet, each once."""
        known = self.known.get(name(system), {})
        return list({key(text): text for text in texts if key(text) not in known}.values())

    def add(self, system, texts, spans, times):
        known = self.known.setdefault(name(system), {})
        for text, found, ms in zip(texts, spans, times):
            known[key(text)] = [found, ms]

    def answers(self, system, texts):
        """A row of the comparison: what the system found in each text, and how long it took."""
        both = [self.known[name(system)][key(text)] for text in texts]
        return {
            "peer": system[0], "setting": system[1],
            "spans": [[tuple(span) for span in found or []] for found, _ in both],
            "times": [ms for _, ms in both],
            "failed": sum(found is None for found, _ in both),
        }

    def save(self):
        os.makedirs(FOLDER, exist_ok=True)
        with open(self.path, "w", encoding="utf-8") as file:
            json.dump(self.known, file)


def name(system):
    return ", ".join(system)


def key(text):
    return hashlib.sha256(text.text.encode()).hexdigest()[:24]
