"""The text of a letter in a page: its blocks, and what is still open in it."""

from __future__ import annotations

from flask import Flask

from gehoor.core.letters.open_spots import spot_parts
from gehoor.core.letters.text_blocks import text_blocks


def install(app: Flask) -> None:
    """Give templates the filters for letters."""
    app.jinja_env.filters.update(letter_blocks=text_blocks, letter_parts=spot_parts)
