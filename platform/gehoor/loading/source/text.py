"""The text of a file before anything is read into it: size, encoding, and signs that nobody can see."""

from __future__ import annotations

import re

from gehoor.core.text.problems import Place, Problem

MAX_BYTES = 512 * 1024

_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069"
    "\ud800-\udfff\ufeff\ufff9-\uffff\U000e0000-\U000e007f]"
)
"""Control signs, invisible signs, and signs that turn the direction of writing: what is read is not what is there."""
_LONGEST_REST = 200
"""In signs."""
LINE_END = re.compile(r"\r\n|\r|\n")


def checked_text(content: bytes, file: str, problems: list[Problem]) -> str | None:
    """Return the text of a file, or None with a problem added when it should not be read any further."""
    if len(content) > MAX_BYTES:
        problems.append(Problem(Place(file), "bestand-te-groot", {"limit": MAX_BYTES // 1024}))
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # What comes before the wrong byte can be read, so the place can be counted in it.
        before = content[: error.start].decode("utf-8", "replace")
        problems.append(Problem(place_at(before, len(before), file), "geen-utf8"))
        return None
    hidden = _HIDDEN.search(text)
    if hidden:
        problems.append(hidden_sign(hidden[0], place_at(text, hidden.start(), file)))
        return None
    return text


def rest_of_line(text: str, position: int) -> str:
    """Return what follows a position on its line, as far as anybody looks at it."""
    return text[position : position + _LONGEST_REST].partition("\n")[0]


def hidden_in(value: str) -> str | None:
    """Return the first invisible sign in a value (an escape such as ``\\u202e`` can put one there), or None."""
    found = _HIDDEN.search(value)
    return found[0] if found else None


def hidden_sign(sign: str, place: Place) -> Problem:
    """Return the problem of an invisible sign."""
    return Problem(place, "verborgen-teken", {"sign": f"U+{ord(sign):04X}"})


def place_at(text: str, position: int, file: str) -> Place:
    """Return the place of a position in a text."""
    lines = LINE_END.split(text[:position])
    return Place(file, len(lines), len(lines[-1]) + 1)
