"""What the platform reads in an answer: every meaning has its kinds of field; a yes is one however it is asked."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gehoor.core.forms.fields import KINDS
from gehoor.core.forms.meanings import KINDS_OF, says_yes
from gehoor.loading.checks.forms.meanings import _CALLED
from tests.support.places import SOURCE

SCHEMA = json.loads((SOURCE / "gehoor" / "schemas" / "form.schema.json").read_text("utf-8"))


def _meanings(schema: Any) -> set[str]:
    """Every word that may stand behind ``meaning``, wherever."""
    if isinstance(schema, list):
        return set().union(*map(_meanings, schema)) if schema else set()
    if not isinstance(schema, dict):
        return set()
    own = schema.get("meaning", {})
    mine = set(own.get("enum", ())) if isinstance(own, dict) else set()
    return mine.union(*map(_meanings, schema.values())) if schema else mine


def test_every_meaning_has_its_kinds_of_field() -> None:
    assert set(KINDS_OF) == _meanings(SCHEMA)


def test_every_kind_is_one_and_is_called_something() -> None:
    named = {kind for kinds in KINDS_OF.values() for kind in kinds}
    assert named <= set(KINDS)
    assert named <= set(_CALLED)


@pytest.mark.parametrize("answer", [True, "ja", "Ja", "yes", "oui", "anoniem", ["ja"], 1])
def test_what_is_no_plain_no_is_a_yes(answer: Any) -> None:
    assert says_yes(answer)


@pytest.mark.parametrize("answer", [None, False, "nee", "Nee ", "neen", "no", "non", "", [], ["nee"], 0])
def test_a_plain_no_is_a_no(answer: Any) -> None:
    assert not says_yes(answer)
