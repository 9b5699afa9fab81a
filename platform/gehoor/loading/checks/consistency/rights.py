"""For every action of which that is to be stated, the files say who may do it; and what needs one that nobody may."""

from __future__ import annotations

from collections.abc import Iterator

from gehoor.core.agreement.actions import LEFT_OUT, NOBODY, Action
from gehoor.core.text.problems import Problem
from gehoor.core.text.suggestions import listed
from gehoor.loading.checks.check import Check, Pass, Subject
from gehoor.loading.checks.effect_places import effect_places
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE, load_vocabulary
from gehoor.loading.merge.source_map import Path


def rights_problems(on: Subject) -> Iterator[Problem]:
    """Say which actions are left out, where they are to be said: nobody should find out at a page that refuses."""
    stated = on.whole.data.get("rights") or {}
    missing = [action for action, of in LEFT_OUT.items() if of.to_be_stated and action not in stated]
    if not missing:
        return
    path: Path = ("rights",) if stated else ("roles",)
    place = on.whole.spot(path).key
    words = on.vocabularies.get(place.file) or load_vocabulary(DEFAULT_LANGUAGE)
    details = {
        "word": words.word("rights"),
        "missing": listed([words.word(action) for action in missing]),
        "everyone": words.value_word("everyone"),
        "nobody": words.value_word("nobody"),
    }
    yield Problem(place, "recht-ontbreekt", details)


def emergency_problems(on: Subject) -> Iterator[Problem]:
    """Say where somebody may open what is hidden from them, and nothing says for how long and who hears of it."""
    path: Path = ("rights", Action.BREAK_GLASS)
    whole = on.whole
    if (whole.data.get("rights") or {}).get(Action.BREAK_GLASS, NOBODY) != NOBODY and not whole.data.get(
        "emergency-access"
    ):
        words = on.vocabularies.get(whole.spot(path).key.file) or load_vocabulary(DEFAULT_LANGUAGE)
        details = {"word": words.word("emergency-access"), "action": words.word(Action.BREAK_GLASS)}
        yield Problem(whole.spot(path).key, "nood-zonder-afspraak", details)


def handler_problems(on: Subject) -> Iterator[Problem]:
    """Say where several people are to handle a dossier, and nobody may give it to anyone: it would wait for ever."""
    whole = on.whole
    if (whole.data.get("rights") or {}).get(Action.ASSIGN) != NOBODY:
        return
    for path, effect in effect_places(whole.data):
        if "handlers" in effect:
            spot = whole.spot((*path, "handlers"))
            words = on.vocabularies.get(spot.key.file) or load_vocabulary(DEFAULT_LANGUAGE)
            details = {"word": words.word("handlers"), "action": words.word(Action.ASSIGN)}
            yield Problem(spot.key, "behandelaars-van-niemand", details)


CHECK = Check(
    Pass.CONSISTENCY,
    ("recht-ontbreekt", "nood-zonder-afspraak", "behandelaars-van-niemand"),
    lambda on: (*rights_problems(on), *emergency_problems(on), *handler_problems(on)),
)
