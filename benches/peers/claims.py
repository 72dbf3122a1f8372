"""Misinformation: assertions found and false alarms by form, Primum and the usual baselines."""

import json
import statistics
import sys
import time

import primum
import privacy_peers
from concepts import Table
from texts import HARMLESS, STANCE, misinformation

FOLDS = 5


def main(extra):
    privacy_peers.quiet()
    corpora = misinformation(extra)
    texts = [text for corpus in corpora for text in corpus.texts]
    rows = ours(texts) + matchers(texts) + learned(corpora)
    for row in rows:
        if "flags" in row:
            row["corpora"] = tables(corpora, row.pop("flags"), row.pop("times"))
        if "scores" in row:
            at_equal_recall(corpora, row.pop("scores"), row["corpora"], rows[0]["corpora"])
    result = {
        "corpora": [{"name": c.name, "shape": c.shape, "texts": len(c.texts)} for c in corpora],
        "systems": rows,
    }
    with open("target/peers/claims.json", "w", encoding="utf-8") as out:
        json.dump(result, out, indent=1)


def ours(texts):
    answers = primum.check(texts)
    times = [answer["scan_us"] / 1000 for answer in answers]
    return [
        system("Primum", "level warn", [bool(primum.claims(a)) for a in answers], times),
        system("Primum", "warn or notice", [bool(primum.claims(a, ("warn", "notice"))) for a in answers], times),
        # Every claim touched, whatever the stance: what its stance layer is worth.
        system("Primum", "stance ignored", [bool(a["claims"]) for a in answers], times),
    ]


# --- words and rules -------------------------------------------------------


def matchers(texts):
    table = Table()
    say("keywords; subject + predicate")
    found, times = timed(table.read, texts)
    rows = [
        system("keywords", "subjects of claims", [bool(table.keywords(f)) for f in found], times),
    ]
    made, more = timed(table.made, found)
    rows.append(system("subject + predicate", "no stance", [bool(hits) for hits in made], add(times, more)))
    for termset in ("en_clinical", "en_clinical_sensitive"):
        say(f"NegEx, {termset}")
        try:
            judge = negex(termset)
        except Exception as error:  # whatever a peer fails with is its result
            rows.append({"peer": "subject + predicate + NegEx", "setting": termset, "missing": str(error)})
            continue
        flags, negation = timed(lambda both: judge(*both), list(zip((t.text for t in texts), made)))
        rows.append(system("subject + predicate + NegEx", termset, flags, add(add(times, more), negation)))
    return rows


def negex(termset_name):
    """Keeps a claim that is made unless NegEx calls one of its elements negated."""
    import spacy
    from negspacy.negation import Negex  # noqa: F401  registers the component
    from negspacy.termsets import termset
    from spacy.util import filter_spans

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    negation = nlp.add_pipe("negex", config={"neg_termset": termset(termset_name).get_patterns()})

    def judge(text, hits):
        if not hits:
            return False
        doc = nlp(text)
        spans = {
            span: doc.char_span(*span, label="ELEMENT", alignment_mode="expand") for _, all_ in hits for span in all_
        }
        doc.ents = filter_spans([span for span in spans.values() if span is not None])
        negation(doc)
        negated = [(e.start_char, e.end_char) for e in doc.ents if e._.negex]
        return any(not any(s < b and a < e for s, e in all_ for a, b in negated) for _, all_ in hits)

    return judge


# --- learned ---------------------------------------------------------------


def learned(corpora):
    """TF-IDF + logistic regression: each claim is judged by a model that never saw it."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    def default():
        return make_pipeline(TfidfVectorizer(), LogisticRegression(max_iter=1000))

    def tuned():
        return make_pipeline(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2),
            LogisticRegression(C=10, class_weight="balanced", max_iter=1000),
        )

    rows = []
    for setting, build, parts in (
        ("default", default, by_claim),
        ("pairs, balanced", tuned, by_claim),
        ("pairs, balanced, other files", tuned, by_file),
    ):
        say(f"TF-IDF + LR, {setting}")
        scores, times = scored(corpora, build, parts)
        name = "TF-IDF + logistic regression"
        rows.append({**system(name, setting, [score >= 0.5 for score in scores], times), "scores": scores})
    return rows


def by_claim(corpora):
    """Five parts; no claim is in two. The same hands wrote all of them."""
    from sklearn.model_selection import GroupKFold

    texts = [text for corpus in corpora for text in corpus.texts]
    if len({text.claim for text in texts}) < FOLDS:
        raise SystemExit("Too few claims to learn from: give files with labelled claims.")
    for train, test in GroupKFold(FOLDS).split(texts, groups=[text.claim for text in texts]):
        yield [texts[i] for i in train], [texts[i] for i in test]


def by_file(corpora):
    """Each file by a model of the others, without the file's claims: neither its hand nor its subjects are known."""
    for corpus in corpora:
        known = {text.claim for text in corpus.texts}
        yield [t for other in corpora if other is not corpus for t in other.texts if t.claim not in known], corpus.texts


def scored(corpora, build, parts):
    """A score from 0 to 1 and the milliseconds for each text."""
    labelled = [corpus for corpus in corpora if corpus.shape == STANCE]
    result = {}

    def judge(train, test):
        model = build().fit([t.text for t in train], [t.warn for t in train])
        for text in test:
            start = time.perf_counter()
            score = float(model.predict_proba([text.text])[0, 1])
            result[id(text)] = score, (time.perf_counter() - start) * 1000

    for train, test in parts(labelled):
        if len({t.warn for t in train}) == 2:
            judge(train, test)
    # Texts without a claim are judged by a model of all that have one.
    rest = [text for corpus in corpora for text in corpus.texts if id(text) not in result]
    judge([text for corpus in labelled for text in corpus.texts], [t for t in rest if not t.claim])
    both = [result.get(id(text), (0.0, 0.0)) for corpus in corpora for text in corpus.texts]
    return [score for score, _ in both], [ms for _, ms in both]


# --- scoring ---------------------------------------------------------------


def tables(corpora, flags, times):
    result, at = {}, 0
    for corpus in corpora:
        end = at + len(corpus.texts)
        counts = {"ms": statistics.median(times[at:end])}
        pairs = list(zip(corpus.texts, flags[at:end]))
        if corpus.shape == HARMLESS:
            counts["false_alarms"] = share(flag for _, flag in pairs)
        else:
            counts["recall"] = share(flag for text, flag in pairs if text.warn)
            counts["false_alarms"] = share(flag for text, flag in pairs if not text.warn)
            counts["forms"] = {
                form: share(flag for text, flag in pairs if text.form == form)
                for form in dict.fromkeys(text.form for text, _ in pairs)
            }
        result[f"{corpus.name}/{corpus.shape}"] = counts
        at = end
    return result


def at_equal_recall(corpora, scores, into, ours):
    """False alarms where the threshold is set so that as many assertions are found as by Primum."""
    at = 0
    for corpus in corpora:
        part = scores[at : at + len(corpus.texts)]
        at += len(corpus.texts)
        if corpus.shape == HARMLESS:
            continue
        key = f"{corpus.name}/{corpus.shape}"
        wanted = ours[key]["recall"][0]
        bad = sorted((s for s, text in zip(part, corpus.texts) if text.warn), reverse=True)
        cut = bad[wanted - 1] if wanted else 2.0
        into[key]["at_our_recall"] = share(s >= cut for s, text in zip(part, corpus.texts) if not text.warn)


def system(peer, setting, flags, times):
    return {"peer": peer, "setting": setting, "flags": flags, "times": times}


def timed(function, things):
    results, times = [], []
    for thing in things:
        start = time.perf_counter()
        results.append(function(getattr(thing, "text", thing)))
        times.append((time.perf_counter() - start) * 1000)
    return results, times


def add(first, second):
    return [a + b for a, b in zip(first, second)]


def share(hits):
    hits = list(hits)
    return [sum(hits), len(hits)]


def say(words):
    print(f"   {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
