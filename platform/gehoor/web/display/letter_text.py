"""The text of a letter in a page: its blocks, and what is still open in it."""

from __future__ import annotations

import re
from typing import Final

from flask import Flask

from gehoor.core.letters.text_blocks import text_blocks

_SPOT: Final = re.compile(r"(\[\[.*?\]\])", re.DOTALL)


def install(app: Flask) -> None:
    """Give templates the filters for letters."""
    app.jinja_env.filters.update(letter_blocks=text_blocks, letter_parts=letter_parts)


def letter_parts(text: str) -> list[tuple[bool, str]]:
    """Return a line in parts: whether each is an open spot, and what it says."""
    parts = [(one.startswith("[[") and one.endswith("]]"), one) for one in _SPOT.split(text) if one]
    return [(is_open, one[2:-2] if is_open else one) for is_open, one in parts]
