"""What a letter still lacks stands between double brackets, however many of those somebody pastes."""

from __future__ import annotations

import pytest

from gehoor.core.letters.open_spots import open_spots, spot_parts, without_open_spots

MANY = 2_000_000
"""Looked at once each, this is nothing; looked at anew for each, it never ends."""


@pytest.mark.parametrize(
    ("text", "spots"),
    [
        ("Beste [[naam]],", ("naam",)),
        ("[[een  keer]] en [[een keer]]", ("een keer",)),
        ("[[over\ntwee regels]]", ("over twee regels",)),
        ("Nog [[ open", ("[[",)),
        ("Nog ]] open", ("]]",)),
        ("Niets", ()),
    ],
)
def test_each_open_spot_is_named_once(text: str, spots: tuple[str, ...]) -> None:
    assert open_spots(text) == spots


def test_a_text_in_parts_is_the_text() -> None:
    assert spot_parts("a [[b]] c [[d]]") == [(False, "a "), (True, "b"), (False, " c "), (True, "d")]
    assert without_open_spots("a [[b]] c [[d]]") == "a  c "


@pytest.mark.parametrize("text", ["[" * MANY, "[[a" * MANY, "]]" * MANY, "[[" * MANY + "]]"])
def test_many_brackets_are_looked_at_once_each(text: str) -> None:
    assert open_spots(text) != ()
    assert len(spot_parts(text)) <= 2
