"""Names of files: what they hold, in signs that every system knows, and never longer than a path has room for."""

from __future__ import annotations

import pytest

from gehoor.web.display.files import name_of


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (("Te laat", "WZC Beukenhof"), "te-laat-wzc-beukenhof"),
        (("Café “Zoë”: één/twee", ""), "cafe-zoe-een-twee"),
        (('a"; x=\r\n../b',), "a-x-b"),
        (("Жалобы", "2026"), "2026"),
        (("woord " * 60,), "-".join(["woord"] * 20)),
    ],
)
def test_a_file_is_called_by_what_it_holds(said: tuple[str, ...], name: str) -> None:
    assert name_of(*said) == name
