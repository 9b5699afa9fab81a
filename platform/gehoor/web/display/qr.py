"""QR codes drawn in the page itself, so that what they say is asked of no server and logged nowhere."""

from __future__ import annotations

import segno
from flask import Flask
from markupsafe import Markup

_QUIET = 4
"""Modules of white around the code, as readers want it."""


def install(app: Flask) -> None:
    """Give templates the filter that draws a QR code."""
    app.jinja_env.filters["qr"] = qr


def qr(text: str) -> Markup:
    """Return the QR code of a text as SVG, black on white whatever the colours of the page."""
    rows = list(segno.make(text, error="m", micro=False).matrix_iter(border=_QUIET))
    dots = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    size = len(rows)
    # Numbers and letters of our own only: nothing of the text itself stands in the markup.
    return Markup(  # noqa: S704
        f'<svg class="qr" viewBox="0 0 {size} {size}" aria-hidden="true" focusable="false">'
        f'<rect width="{size}" height="{size}" fill="#fff"/><path d="{dots}" fill="#000"/></svg>'
    )
