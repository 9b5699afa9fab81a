"""How long a text is that fits a pattern, and which pattern somebody meant who wrote a mask."""

from __future__ import annotations

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from gehoor.core.text.patterns import lengths, pattern_of_mask


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("^[0-9]{4}$", (4, 4)),
        ("^[A-Z]{2}-[0-9]{4}$", (7, 7)),
        ("[0-9]{4}", (4, None)),
        ("^a?b{2,5}$", (2, 6)),
        ("^(a|bc)+$", (1, None)),
        ("^(?:ab|c)?$", (0, 2)),
        ("^a$|b", (1, None)),
        (r"^\p{L}\d[\]x]$", (3, 3)),
        ("(?i)abc", None),
        ("(a", None),
        ("", (0, None)),
    ],
)
def test_how_long_what_fits_is(pattern: str, expected: tuple[int, int | None] | None) -> None:
    assert lengths(pattern) == expected


_PATTERNS = st.recursive(
    st.sampled_from(["a", "[ab]", r"\d", ".", "b?", "a{2}", "a{1,3}", "b*"]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda some: f"({'|'.join(some)})"),
        inner.map(lambda one: f"(?:{one}){{0,2}}"),
    ),
    max_leaves=5,
)


@given(_PATTERNS, st.text("ab1", max_size=8))
def test_what_fits_is_never_shorter_or_longer_than_told(pattern: str, text: str) -> None:
    found = lengths(f"^{pattern}$")
    assert found is not None
    if re2.search(f"^{pattern}$", text):
        fewest, most = found
        assert fewest <= len(text)
        assert most is None or len(text) <= most


@pytest.mark.parametrize(
    ("mask", "meant"),
    [
        ("AA-9999", "^[A-Z]{2}-[0-9]{4}$"),
        ("AB-1234", "^[A-Z]{2}-[0-9]{4}$"),
        ("^AA-9999$", "^[A-Z]{2}-[0-9]{4}$"),
        ("99.99", r"^[0-9]{2}\.[0-9]{2}$"),
        ("### ###", "^[0-9]{3} [0-9]{3}$"),
        ("[0-9]{4}", None),
        ("^BE", None),
        ("straat", None),
    ],
)
def test_what_a_mask_means(mask: str, meant: str | None) -> None:
    assert pattern_of_mask(mask) == meant
