"""What two texts have in common is found right, and whatever they say in time that grows with their number of lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gehoor.core.proposals.kept_lines import kept_lines
from gehoor.core.proposals.merging import merge
from gehoor.core.proposals.retyping import retyped, typed_text

FEW = st.lists(st.sampled_from("abcd"), max_size=60)
MANY = 3000


@given(FEW, FEW)
def test_what_stayed_is_the_same_line_and_in_the_same_order(before: list[str], after: list[str]) -> None:
    found = kept_lines(before, after)
    assert all(before[at] == after[other] for at, other in found)
    assert all(one[0] < two[0] and one[1] < two[1] for one, two in pairwise(found))


@given(FEW, st.integers(0, 60), st.integers(0, 10))
def test_of_a_text_with_a_piece_less_all_else_stayed(before: list[str], at: int, less: int) -> None:
    after = before[:at] + before[at + less :]
    assert len(kept_lines(before, after)) == len(after)


def test_a_piece_that_is_put_between_others_leaves_those() -> None:
    before = [f"veld {number}" if number % 3 else "  soort: tekst" for number in range(300)]
    after = [*before[:90], "nieuw", "  soort: tekst", *before[90:200], *before[210:]]
    assert len(kept_lines(before, after)) == 290


@dataclass
class Counting:
    """A line that counts how often it is looked at."""

    text: str
    looks: list[int] = field(compare=False)

    def __eq__(self, other: object) -> bool:
        self.looks[0] += 1
        return isinstance(other, Counting) and self.text == other.text

    def __hash__(self) -> int:
        self.looks[0] += 1
        return hash(self.text)


HOSTILE = {
    "the same line again and again, unequally often": (["a"] * MANY + ["b"], ["b"] + ["a"] * (MANY - 1)),
    "two lines in turn": (["a", "b"] * MANY, ["b", "a", "a"] * MANY),
    "all the other way round": ([*map(str, range(MANY))], [*map(str, reversed(range(MANY)))]),
    "shells around shells": (
        [*map(str, range(MANY)), *map(str, reversed(range(MANY)))],
        [*map(str, reversed(range(MANY))), *map(str, range(MANY))],
    ),
    "small pieces between lines that stayed": (
        [one for number in range(MANY // 30) for one in (f"{number}", *["a", "b"] * 15)],
        [one for number in range(MANY // 30) for one in (f"{number}", *["b", "c", "a"] * 10)],
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_takes_more_than_its_lines_deserve(name: str) -> None:
    looks = [0]
    before, after = ([Counting(one, looks) for one in lines] for lines in HOSTILE[name])
    kept_lines(before, after)
    assert looks[0] < 200 * (len(before) + len(after))


TEXTS = st.lists(st.sampled_from(["a: 1", "a: 1\r", "  b", "", "é", "e\u0301"]), max_size=12).map("\n".join)


@given(TEXTS, st.booleans())
def test_what_is_typed_as_it_was_keeps_its_bytes(text: str, marked: bool) -> None:
    before = text.encode("utf-8-sig" if marked else "utf-8")
    assert retyped(before, typed_text(before).replace("\n", "\r\n")) == before


@given(TEXTS, TEXTS)
def test_what_only_one_changed_is_as_that_one_has_it(base: str, other: str) -> None:
    one, two = {"f": base.encode()}, {"f": other.encode()}
    assert merge(one, one, two).sources == two
    assert merge(one, two, one).sources == two
    assert merge(one, two, two).conflicts == ()
