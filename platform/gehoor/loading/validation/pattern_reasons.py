"""Why a pattern cannot be used: what RE2 says of it, in words, with the place in the pattern."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import re2

from gehoor.loading.keywords.vocabulary import Vocabulary

_OPTIONS: Final = re2.Options()
_OPTIONS.log_errors = False
_LOOKS_AROUND: Final = ("(?=", "(?!", "(?<=", "(?<!", "(?>")
_REASONS: Final[Mapping[str, str]] = {
    "missing ]": "het haakje [ {where} sluit nergens",
    "missing )": "het haakje ( op plaats {bracket} sluit nergens",
    "unexpected )": "het haakje ) op plaats {bracket} opent nergens",
    "no argument for repetition operator": "voor {piece} {where} staat niets om te herhalen; bedoelt u het teken zelf, "
    "schrijf dan \\{piece}",
    "bad repetition operator": "{piece} {where} herhaalt wat al herhaald wordt; houd een van beide",
    "invalid repetition size": "{piece} {where} kan niet; schrijf het van klein naar groot, en hoogstens 1000 keer",
    "invalid character class range": "{piece} {where} loopt achteruit; schrijf van klein naar groot, zoals A-Z of 0-9",
    "back reference": "{piece} {where} verwijst naar wat ervoor stond, en dat lezen wij niet; schrijf voluit wat er "
    "mag staan",
    "invalid escape sequence": "{piece} {where} betekent niets; bedoelt u het teken zelf, schrijf het dan zonder \\",
    "look around": "vooruit of achteruit kijken met {piece} {where} lezen wij niet; schrijf alleen wat er mag staan",
    "invalid perl operator": "{piece} {where} kennen wij niet; schrijf een gewoon haakje",
}
"""What RE2 says -> how we say it."""
_LONGEST: Final = 1000
_TOO_LARGE: Final = "het is te groot, of wij kunnen het niet lezen; maak het eenvoudiger"
_PHONE: Final = re.compile(r"(?=.*\+)(?=.*(?:0-9|\\d))", re.DOTALL)


def is_safe_pattern(value: str) -> bool:
    """Say whether RE2 takes a pattern. Python's regular expressions could hang on others."""
    return _refusal(value) is None


def pattern_reason(value: str) -> str:
    """Return why a pattern cannot be used, and where in it."""
    if len(value) > _LONGEST:
        return _TOO_LARGE
    said, _, piece = (_refusal(value) or "").partition(": ")
    at = value.find(piece) + 1
    if said == "invalid escape sequence" and piece[1:].isdigit():
        said = "back reference"
    elif said == "invalid perl operator" and piece.startswith(_LOOKS_AROUND):
        said = "look around"
    where = f"op plaats {at}" if at else "in dit patroon"
    return _REASONS.get(said, _TOO_LARGE).format(piece=piece, where=where, bracket=_open_group(value))


def pattern_hint(value: str, words: Vocabulary) -> str:
    """Return what to write instead of the usual pattern for phone numbers; nothing for others."""
    if not _PHONE.match(value):
        return ""
    instead = f"{words.word('widget')}: {words.value_word('phone')}"
    return f" Is het voor een telefoonnummer? Wis dan 'pattern', en schrijf {instead}."


def _refusal(value: str) -> str | None:
    try:
        re2.compile(value, options=_OPTIONS)
    except re2.error as error:
        said = error.args[0] if error.args else ""
        return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return None


def _open_group(value: str) -> int:
    """Return the place (from 1) of the first bracket that does not close, or closes nothing."""
    open_: list[int] = []
    for found in re.finditer(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()]", value):
        if found[0] == "(":
            open_.append(found.start() + 1)
        elif found[0] == ")" and not open_:
            return found.start() + 1
        elif found[0] == ")":
            open_.pop()
    return open_[-1] if open_ else 1
