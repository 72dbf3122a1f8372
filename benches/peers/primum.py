"""Primum itself, through the interface that anybody can use: `primum check`."""

import json
import os
import subprocess

from texts import points

# PRIMUM names another build, to compare two.
PROGRAM = os.environ.get("PRIMUM", "target/release/primum")
# Findings about a whole sentence or description: they say nothing about one word in it.
WHOLE = ("CARE_RELATIONSHIP", "QUASI")


def check(texts):
    """One answer a text, in order."""
    lines = []
    for text in texts:
        row = {"id": text.id, "text": text.text, "setting": text.setting}
        if text.context:
            row["context"] = text.context
        lines.append(json.dumps(row))
    done = subprocess.run(
        [PROGRAM, "check", "--format", "jsonl"], input="\n".join(lines) + "\n", capture_output=True, text=True
    )
    # 1 says that something was found; 2 that a line was bad, which none of ours may be.
    if done.returncode not in (0, 1):
        raise SystemExit(f"{PROGRAM}: {done.stderr}")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(texts), "one answer a text"
    return answers


def spans(text, answer):
    """What Primum warns about: code point spans, and those among them about one word."""
    found, words = [], []
    for finding in answer["findings"]:
        if finding["level"] != "warn":
            continue
        start, end = points(text.text, (finding["start"], finding["end"]))
        found.append((start, end))
        if finding["kind"] not in WHOLE:
            words.append((start, end))
    return found, words


def claims(answer, levels=("warn",)):
    """Claims that Primum says are asserted, at these levels."""
    return [f["claim"] for f in answer["findings"] if f["kind"] == "CLAIM" and f["level"] in levels]
