"""Whoever looks at the same files again and again, with what was found right before at hand, is told the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from gehoor.core.text.problems import Place
from gehoor.loading.checks.logic import DECIDING
from gehoor.loading.load import Remembered, load_workspace
from gehoor.loading.merge.source_map import Spot, Spots
from gehoor.loading.problems.texts import line
from tests.support.loading_cases import COMPLETE, INVALID, VALID, build
from tests.support.places import copy_organisations

_ONLY_READ = {
    "complaint", "numbering", "notices", "work-list", "style", "translations", "message-examples", "rule-examples",
    "letters", "emergency-access", "waived", "reports", "overview", "standards",
}  # fmt: skip
"""What no check goes by that is remembered, but for the examples: those name theirs."""
_CASES = sorted(path for path in INVALID.iterdir() if path.is_dir())
_TERMS = "rules/de-linde/termijnen.yaml"
_EXAMPLES = "definitions/de-linde/klacht.yaml"


@pytest.fixture(scope="module")
def knowing() -> Remembered:
    """Return what a look at the right files found right."""
    remembered = Remembered()
    load_workspace(VALID / "klein", (), remembered)
    return remembered


@pytest.mark.share(6)
@pytest.mark.parametrize("case", _CASES, ids=lambda path: path.name)
def test_each_mistake_is_told_also_to_whom_saw_the_files_right(
    case: Path, knowing: Remembered, tmp_path: Path
) -> None:
    build(case, tmp_path / "werkmap")
    fresh = load_workspace(tmp_path / "werkmap")
    again = load_workspace(tmp_path / "werkmap", (), knowing)
    assert [line(one) for one in again.problems] == [line(one) for one in fresh.problems]
    assert [one.document for one in again.departments] == [one.document for one in fresh.departments]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("forms/de-linde/melden.schema.yaml", "Vertel het ons", "Zeg het ons"),
        (_TERMS, "binnen: 5 werkdagen", "binnen: 5000 werkdagen"),
        (_EXAMPLES, "verwacht: suggestie", "verwacht: klacht"),
        ("rules/de-linde/regels.yaml", "ernst: {minstens: 4}", "ernst: {minstens: 6}"),
    ],
)
def test_a_change_and_its_taking_back_are_judged_as_if_for_the_first_time(
    file: str, old: str, new: str, tmp_path: Path
) -> None:
    folder, remembered = copy_organisations(tmp_path), Remembered()
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text, f"{file} does not say {old!r} any more"
    for content in (text, text.replace(old, new, 1), text, text.replace(old, new, 1)):
        path.write_text(content, "utf-8")
        again = load_workspace(folder, ("de-linde",), remembered)
        fresh = load_workspace(folder, ("de-linde",))
        assert [line(one) for one in again.problems] == [line(one) for one in fresh.problems]
        assert [one.places for one in again.departments] == [one.places for one in fresh.departments]
        assert [one.document for one in again.departments] == [one.document for one in fresh.departments]


def test_each_section_of_an_agreement_decides_or_is_only_read() -> None:
    said = {section for one in load_workspace(COMPLETE).departments for section in one.document}
    assert said <= {*DECIDING, *_ONLY_READ}
    assert _ONLY_READ.isdisjoint(DECIDING)


def test_a_tree_that_shares_parts_with_another_changes_alone() -> None:
    first, spot = Spots(), Spot(Place("f", 1), Place("f", 1))
    first.put(("a", "b", "c"), spot)
    second = Spots()
    second.graft(("x",), first.branch(("a",)))
    other = Spot(Place("g", 2), Place("g", 2))
    first.put(("a", "b", "c"), other)
    second.put(("x", "b", "d"), other)
    second.prune(("x", "b", "c"))
    assert first.exact(("a", "b", "c")) == other
    assert first.exact(("a", "b", "d")) is None
    assert second.exact(("x", "b", "c")) is None
    assert second.exact(("x", "b", "d")) == other
