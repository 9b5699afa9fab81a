"""Each sentence of the founding text stands beside what makes it work, and that is there."""

from __future__ import annotations

import pytest

from tests.shipped.founding.page import COMMAND, founding_page
from tests.shipped.founding.places import PLATFORM, NotThereError, line_of, line_of_proof
from tests.shipped.founding.sentences import Sentence, sentences
from tests.support.places import CHECKOUT


def _ref(one: Sentence) -> str:
    return one.ref


def test_all_are_there_once() -> None:
    assert len({one.ref for one in sentences()}) == len(sentences()) == 84


def test_none_waits_for_something_that_is_not_made_yet() -> None:
    assert [one.ref for one in sentences() if one.waits] == []


@pytest.mark.parametrize("one", sentences(), ids=_ref)
def test_each_says_what_it_comes_to_where_and_what_shows_it(one: Sentence) -> None:
    assert one.text
    assert one.here
    assert [place for place in one.places if place != PLATFORM and not line_of(place)] == []
    assert [proof for proof in one.proofs if not line_of_proof(proof)] == []
    assert one.places, "nothing makes it work"
    assert one.proofs, "nothing shows it"


@pytest.mark.parametrize(
    "place", ["rules/basis/geen.yaml:regels", "rules/basis/plichten.yaml:regels.geen", "forms/basis/klacht"]
)
def test_a_place_that_is_not_there_is_noticed(place: str) -> None:
    with pytest.raises(NotThereError):
        line_of(place)


@pytest.mark.parametrize(
    "proof",
    [
        "tests/shipped/founding/test_sentences.py::test_nothing",
        "tests/shipped/founding/geen.py::test_all_are_there_once",
        "rules/basis/plichten.yaml::Een geval dat er niet is",
    ],
)
def test_a_test_or_example_that_is_not_there_is_noticed(proof: str) -> None:
    with pytest.raises(NotThereError):
        line_of_proof(proof)


def test_the_page_is_up_to_date() -> None:
    page = (CHECKOUT / "docs" / "founding-text.md").read_text("utf-8")
    assert page == founding_page(), f"run: {COMMAND}"
