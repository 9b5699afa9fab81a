"""Which parts of a text are phone numbers and e-mail addresses, and become links."""

from __future__ import annotations

import re

import pytest

from gehoor.web.display.contacts import email, linked, phone


@pytest.mark.parametrize(
    ("text", "dialled"),
    [
        ("Woonzorglijn 02 553 75 00", "tel:025537500"),
        ("Bel 0470/12.34.56.", "tel:0470123456"),
        ("(09 000 00 20)", "tel:090000020"),
        ("+32 2 553 75 00", "tel:+3225537500"),
        ("Vragen? klachten@linde.example, graag", "mailto:klachten@linde.example"),
    ],
)
def test_a_number_or_address_in_a_text_is_a_link(text: str, dialled: str) -> None:
    assert re.findall(r'href="([^"]*)"', linked(text)) == [dialled]


@pytest.mark.parametrize(
    "text",
    [
        "op 01.05.2026, om 09.30 uur",
        "BE68 5390 0754 7034",
        "0403.170.701",
        "BEU-2026-0001",
        "02 12",
        "www.ombudsdienst.be",
        "@naam",
    ],
)
def test_what_may_be_something_else_stays_text(text: str) -> None:
    assert linked(text) == text


def test_what_means_something_in_markup_stays_text() -> None:
    assert linked("<b>02 553 75 00</b>") == f"&lt;b&gt;{phone('02 553 75 00')}&lt;/b&gt;"
    assert email('"@x') == '<a class="whole" href="mailto:&#34;@x">&#34;@x</a>'
