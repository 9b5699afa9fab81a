"""Equal data has one text and one hash."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gehoor.core.text.canonical_json import content_hash, dump, load

TEXT = st.text(st.characters(codec="utf-8"), max_size=8)
DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT | st.decimals(-(10**6), 10**6, places=2),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=10,
)


@given(DATA)
def test_a_text_that_is_read_and_written_again_is_the_same_text(data: object) -> None:
    text = dump(data)
    assert dump(load(text)) == text


@given(st.dictionaries(TEXT, DATA, min_size=2, max_size=5))
def test_the_order_of_members_means_nothing_when_sorted(data: dict[str, object]) -> None:
    assert dump(dict(reversed(data.items())), sort=True) == dump(data, sort=True)


def test_the_order_of_members_means_something_otherwise() -> None:
    assert dump({"b": 1, "a": 2}) != dump({"a": 2, "b": 1})


def test_texts_stand_there_as_they_are() -> None:
    assert dump({"naam": "Ideeënbus €", "n": [1, True, None]}) == '{"naam":"Ideeënbus €","n":[1,true,null]}'


def test_a_number_with_a_point_is_read_exactly() -> None:
    assert load(dump({"stap": Decimal("0.01")})) == {"stap": Decimal("0.01")}


def test_what_is_no_plain_data_is_refused_and_not_shown() -> None:
    with pytest.raises(TypeError, match="not plain data: object"):
        dump({"geheim": object()})


def test_the_hash_is_the_known_one() -> None:
    assert content_hash("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"
