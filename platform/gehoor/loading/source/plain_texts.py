"""What people type without quotes and YAML reads otherwise than they meant, though it can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gehoor.core.text.problems import Place, Problem, Severity
from gehoor.loading.source.line_repairs import quoted
from gehoor.loading.source.text import hidden_sign

_CURLY: Final = re.compile(
    r"[\u201c\u201d\u201e\u2018\u2019\u00ab](?P<text>.*)[\u201c\u201d\u2018\u2019\u00bb]\Z", re.DOTALL
)
_HARD_SPACE: Final = re.compile(r"\A[\u00a0\u202f]|[\u00a0\u202f]\Z")
_THOUSANDS: Final = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")
"""A point before three digits: here people write thousands so, and YAML reads a fraction."""
_DASH: Final = re.compile(r"-[^\W\d]")
_COMMENT: Final = re.compile(r" #(?P<said>\S.*|.*[.?!])\s*\Z")
"""A comment has a space behind its sign, and is no end of a sentence."""
_ALL_HIDDEN: Final = re.compile(r"(?P<head>[^#\"']*:) +(?P<value>#[^\s#]+)\s*\Z")
_ENDED: Final = (".", "?", "!", ":")


def plain_slips(text: str, after: str, place: Place) -> Iterator[Problem]:
    """Yield what is odd about a text without quotes. ``after``: what follows it on its line."""
    if found := _HARD_SPACE.search(text):
        yield hidden_sign(found[0], place)
    elif found := _CURLY.match(text):
        yield Problem(place, "krul-aanhalingstekens", {"right": quoted(found["text"])})
    elif found := _THOUSANDS.fullmatch(text):
        whole, short = text.replace(".", ""), text.rstrip("0").rstrip(".")
        details = {"value": text, "whole": whole, "small": short, "right": f'"{text}"'}
        yield Problem(place, "duizend-of-een", details)
    elif _DASH.match(text):
        yield Problem(place, "spatie-ontbreekt", {"right": f"- {text[1:].split(maxsplit=1)[0]}"})
    elif (found := _COMMENT.match(after)) and _is_part(text, found["said"]):
        details = {"said": f"#{found['said']}", "right": quoted(text + found[0].rstrip())}
        yield Problem(place, "hekje-in-tekst", details, Severity.WARNING)


def hidden_value(line: str, place: Place) -> Iterator[Problem]:
    """Yield that the value of a key seems to be missing, because all of it stands behind ``#``, such as a colour."""
    found = _ALL_HIDDEN.match(line)
    if found:
        right = f"{found['head'].strip()} {quoted(found['value'])}"
        yield Problem(place, "aanhalingstekens-nodig", {"right": right})


def _is_part(text: str, said: str) -> bool:
    return not said.startswith(" ") or not text.endswith(_ENDED)
