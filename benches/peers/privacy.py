"""Privacy: recall, false alarms and time of Primum and its peers on the same texts."""

import json
import re
import statistics
import subprocess
import sys
import time

import primum
import privacy_peers
from cache import Cache
from texts import HARMLESS, POSTS, points, privacy

# Kinds that no peer claims to find: recall is also given without the posts that hold nothing else.
BEYOND_PEERS = {"QUASI", "CARE_RELATIONSHIP", "PHOTO", "CREDENTIAL", "BIOMETRIC"}
WARM_UP = 50
LINK = re.compile(r"https?:\S+|\b\S+\.[a-z]{2,4}/\S*|@\w+")


def main(extra):
    privacy_peers.quiet()
    corpora = privacy(extra)
    texts = [text for corpus in corpora for text in corpus.texts]
    rows = [ours(texts)] + python_peers(texts) + node_peers(texts)
    for row in rows:
        row["corpora"] = {} if "missing" in row else tables(corpora, row)
        for bulk in ("spans", "words", "times"):
            row.pop(bulk, None)
    result = {
        "versions": privacy_peers.versions(),
        "corpora": [{"name": c.name, "shape": c.shape, "texts": len(c.texts)} for c in corpora],
        "systems": rows,
    }
    with open("target/peers/privacy.json", "w", encoding="utf-8") as out:
        json.dump(result, out, indent=1)


# --- running ---------------------------------------------------------------


def ours(texts):
    answers = primum.check(texts)
    both = [primum.spans(text, answer) for text, answer in zip(texts, answers)]
    return {
        "peer": "Primum", "setting": "default, level warn",
        "spans": [found for found, _ in both], "words": [words for _, words in both],
        "times": [answer["scan_us"] / 1000 for answer in answers],
    }


def python_peers(texts):
    cache = Cache("privacy_peers.py", "requirements.txt")
    rows = []
    for peer, setting, build in privacy_peers.PEERS:
        try:
            new = cache.missing((peer, setting), texts)
            if new:
                say(f"{peer}, {setting}: {len(new)} texts")
                cache.add((peer, setting), new, *run(build(), new))
                cache.save()
            rows.append(cache.answers((peer, setting), texts))
        except Exception as error:  # whatever a peer fails with is its result
            reason = f"{type(error).__name__}: {error}".split("\n")[0]
            rows.append({"peer": peer, "setting": setting, "missing": reason})
    return rows


def run(detect, texts):
    for text in texts[:WARM_UP]:
        detect(text.text)
    spans, times = [], []
    for text in texts:
        start = time.perf_counter()
        found = detect(text.text)
        times.append((time.perf_counter() - start) * 1000)
        spans.append([(int(s), int(e)) for s, e in found])
    return spans, times


def node_peers(texts):
    cache = Cache("privacy_peers.mjs", "package.json")
    systems = cache.known.get("systems")
    # All of them run together: what one has not seen, none has.
    new = cache.missing(systems[0][0], texts) if systems else texts
    if new:
        say(f"JavaScript peers: {len(new)} texts")
        systems = run_node(new, cache)
        cache.known["systems"] = systems
        cache.save()
    rows = []
    for system, version, reason in systems:
        if reason:
            rows.append({"peer": system[0], "setting": system[1], "missing": reason})
        else:
            rows.append({**cache.answers(system, texts), "version": version})
    return rows


def run_node(texts, cache):
    script = __file__.removesuffix(".py") + "_peers.mjs"
    lines = "".join(json.dumps({"text": text.text}) + "\n" for text in texts)
    done = subprocess.run(
        ["node", script, "target/peers/node"], input=lines, stdout=subprocess.PIPE, text=True, check=True
    )
    systems = []
    for line in done.stdout.splitlines():
        if not line.startswith("{"):
            continue  # a library's own greeting
        row = json.loads(line)
        system = [row["peer"], row["setting"]]
        systems.append([system, row.get("version"), row.get("missing")])
        if "missing" in row:
            continue
        spans = [
            None if found is None else [points(text.text, span) for span in found]
            for text, found in zip(texts, row["spans"])
        ]
        cache.add(system, texts, spans, row["ms"])
    return systems


# --- scoring ---------------------------------------------------------------


def tables(corpora, row):
    """One set of counts a corpus; any label counts, only the place matters."""
    result, at = {}, 0
    for corpus in corpora:
        end = at + len(corpus.texts)
        words = row.get("words", row["spans"])[at:end]
        counts = {POSTS: posts, HARMLESS: harmless}.get(corpus.shape, spans)(corpus.texts, row["spans"][at:end], words)
        counts["ms"] = statistics.median(row["times"][at:end])
        result[f"{corpus.name}/{corpus.shape}"] = counts
        at = end
    return result


def posts(texts, found, words):
    bad = [(t, f) for t, f in zip(texts, found) if t.warn]
    direct = [(t, f) for t, f in bad if any(kind not in BEYOND_PEERS for kind, *_ in t.must)]
    good = [f for t, f in zip(texts, found) if not t.warn]
    return {
        "recall": share(bool(f) for _, f in bad),
        "recall_direct": share(bool(f) for _, f in direct),
        "span_recall": share(touches(f, must[1:]) for t, f in bad for must in t.must),
        "false_alarms": share(bool(f) for f in good),
        "must_not": share(touches(w, span[1:]) for t, w in zip(texts, words) for span in t.must_not),
    }


def spans(texts, found, _words):
    return {
        "span_recall": share(touches(f, must[1:]) for t, f in zip(texts, found) for must in t.must),
        "precision": share(
            any(touches([span], must[1:]) for must in t.must) for t, f in zip(texts, found) for span in merged(f)
        ),
        "false_alarms": share(bool(f) for t, f in zip(texts, found) if not t.warn),
    }


def harmless(texts, found, _words):
    # Every headline holds a link and many name an account: as alarms about a
    # patient they say nothing of any system, so none of them counts.
    links = [[match.span() for match in LINK.finditer(text.text)] for text in texts]
    return {"false_alarms": share(any(not touches(at, span) for span in f) for at, f in zip(links, found))}


def touches(found, span):
    start, end = span
    return any(s < end and start < e for s, e in found)


def merged(found):
    """Detections that overlap are one: several labels on one word are one alarm."""
    result = []
    for start, end in sorted(found):
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def share(hits):
    hits = list(hits)
    return [sum(hits), len(hits)]


def say(words):
    print(f"   {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
