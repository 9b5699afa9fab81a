"""Any edit by form of any file: it says what was meant, the rest stays byte for byte, and taking it back is exact."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.loading.editing.spans import NoSpansError
from gehoor.loading.source.yaml import read_yaml
from tests.support.faults import Tell
from tests.support.places import ORGANISATIONS
from tests.unit.loading.editing.random_edits import random_edit, random_text

WRITTEN = tuple(
    file.read_bytes().decode()
    for folder in ("definitions", "forms", "rules")
    for file in sorted((ORGANISATIONS / folder).rglob("*.yaml"))
)


def edit_and_look(text: str, random: Random) -> bool:
    """Make an edit; return whether the text could be edited in this way."""
    try:
        edited = random_edit(text, random)
    except NoSpansError:
        return False
    if edited is None:
        return True
    assert edited.outside_is_untouched(), edited
    if not edited.what.startswith(("without", "change")):
        assert edited.keeps_remarks(), edited
    reading = read_yaml(edited.after.encode(), "bestand.yaml")
    assert reading.root is not None, edited
    return True


@given(st.integers(0, 2**32))
@settings(max_examples=150)
def test_an_edit_of_a_random_file_changes_nothing_else(seed: int) -> None:
    random = Random(seed)
    edit_and_look(random_text(random), random)


@given(st.integers(0, 2**32))
@settings(max_examples=60)
def test_an_edit_of_a_written_file_changes_nothing_else(seed: int) -> None:
    random = Random(seed)
    assert edit_and_look(random.choice(WRITTEN), random)


@pytest.mark.soak
def test_ten_thousand_edits_change_nothing_else(fault: Tell) -> None:
    random = Random(2026)
    refused = sum(
        not edit_and_look(random.choice((random.choice(WRITTEN), random_text(random))), random)
        for _ in range(10_000)
    )
    assert refused < 100
    fault("edits by form of written and random files", 10_000, "changed another byte")
