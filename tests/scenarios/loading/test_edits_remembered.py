"""However files are edited and undone, who remembers what was right is told what a first look tells."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from gehoor.core.text.canonical_json import dump
from gehoor.loading.load import LoadedWorkspace, Remembered, load_workspace
from gehoor.loading.problems.texts import line
from tests.support.places import copy_organisations
from tests.support.random_edits import edited, texts_in

_TERMS = "rules/de-linde/termijnen.yaml"
_DEPARTMENT = "definitions/de-linde/afdelingen/thuis.yaml"


def _come_to(loaded: LoadedWorkspace) -> tuple[object, ...]:
    of_each = [
        (one.department, one.document, one.text, one.places, one.agreement.hash) for one in loaded.departments
    ]
    return [line(one) for one in loaded.problems], repr(of_each)


def _edits(folder: Path, seed: int, number: int, remembered: Remembered) -> int:
    """Look at files after each edit, as if for the first time and with what was right before; return how many looks
    found an agreement."""
    before, right = texts_in(folder), 0
    for now in islice(edited(before, seed), number):
        for file, text in now.items():
            if text != before[file]:
                (folder / file).write_text(text, "utf-8")
        fresh = load_workspace(folder, ("de-linde",))
        again = load_workspace(folder, ("de-linde",), remembered)
        changed = [file for file in now if now[file] != before[file]]
        assert _come_to(again) == _come_to(fresh), changed
        before = now
        right += bool(fresh.departments)
    return right


@pytest.mark.parametrize("seed", [1, 2])
def test_edits_at_random_are_judged_as_if_for_the_first_time(seed: int, tmp_path: Path) -> None:
    assert _edits(copy_organisations(tmp_path), seed, 16, Remembered()) > 3


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(3, 11))
def test_so_are_many_more(seed: int, tmp_path: Path) -> None:
    assert _edits(copy_organisations(tmp_path), seed, 150, Remembered()) > 30


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("forms/de-linde/melden.schema.yaml", "maxItems: 5", "maxItems: 1"),
        ("definitions/de-linde/verloop.yaml", "veld: registratiedatum", "veld: antwoord_datum"),
        ("definitions/de-linde/organisatie.yaml", "tijdzone: Europe/Brussels", "tijdzone: Europe/Lisbon"),
        ("rules/de-linde/regels.yaml", "{ernst: 3, herhaalkans: 4}", "{ernst: 3, herhaalkans: 6}"),
        (_TERMS, "binnen: 5 werkdagen", "binnen: 6 werkdagen"),
        (_DEPARTMENT, "binnen: 3 werkdagen", "binnen: 5 werkdagen"),
    ],
)
def test_each_kind_of_change_and_its_undoing_is_judged_so(
    file: str, old: str, new: str, tmp_path: Path
) -> None:
    folder, remembered = copy_organisations(tmp_path), Remembered()
    text = (folder / file).read_text("utf-8")
    assert old in text, f"{file} does not say {old!r} any more"
    for content in (text, text.replace(old, new), text, text.replace(old, new)):
        (folder / file).write_text(content, "utf-8")
        fresh = load_workspace(folder, ("de-linde",))
        assert _come_to(load_workspace(folder, ("de-linde",), remembered)) == _come_to(fresh)


def test_an_example_that_a_department_was_excused_from_is_tried_once_it_is_not(tmp_path: Path) -> None:
    folder, remembered = copy_organisations(tmp_path), Remembered()
    path = folder / _DEPARTMENT
    text = path.read_text("utf-8")
    for own in ("binnen: 3 werkdagen", "binnen: 5 werkdagen"):
        path.write_text(text.replace("binnen: 3 werkdagen", own), "utf-8")
        load_workspace(folder, ("de-linde",), remembered)
    # What the organisation says of it is the same now, and is said by the organisation.
    start = text.index("termijnen:")
    end = text.index("\n\n", start)
    path.write_text(text[:start] + text[end:], "utf-8")
    fresh = load_workspace(folder, ("de-linde",))
    assert _come_to(load_workspace(folder, ("de-linde",), remembered)) == _come_to(fresh)


def test_a_document_written_in_pieces_is_the_text_of_the_document(tmp_path: Path) -> None:
    for one in load_workspace(copy_organisations(tmp_path)).departments:
        assert one.text == dump(one.document)
