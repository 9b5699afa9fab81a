"""What is typed steers no machine and turns no text around, and says all that it said."""

from __future__ import annotations

import unicodedata

import pytest

from gehoor.core.text.steering import steers, unsteered


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("rood \x1b[31malarm\x1b[0m\x07", "rood [31malarm[0m"),
        ("\x9b2Jleeg\x7f\0", "2Jleeg"),
        ("naam \u202eneergelaten\u202c", "naam neergelaten"),
        ("\u2066\u2067Els\u2069", "Els"),
        ("een\u2028twee\u2029drie\x85vier\x0bvijf\x0czes", "een\ntwee\ndrie\nvier\nvijf\nzes"),
        ("over\rschreven", "over\nschreven"),
        ("a\u206ab\ufff9c", "abc"),
    ],
)
def test_what_steers_goes_and_what_was_said_stays(typed: str, kept: str) -> None:
    assert unsteered(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "Regel een\r\nRegel twee\n\tingesprongen",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 met z'n drie\u00ebn",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "\u0627\u0644\u0633\u0644\u0627\u0645 \u0639\u0644\u064a\u0643\u0645",
        "\u05e9\u05dc\u05d5\u05dd\u200f!",
        "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "a\u200eb\u061cc",
        "zacht\u00adafbreken en een harde\u00a0spatie",
    ],
)
def test_what_people_need_stays_to_the_letter(typed: str) -> None:
    assert unsteered(typed) == typed
    assert not steers(typed)


def test_no_control_sign_is_left_out() -> None:
    left = {chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Cc"}
    assert {sign for sign in left if not steers(f"{sign}x")} == {"\t", "\n"}
