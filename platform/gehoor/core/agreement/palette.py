"""The colours that every page has, as the stylesheet has them: what a colour of an organisation is held against."""

from __future__ import annotations

from typing import Final

PAPER: Final = "#fbfaf7"
CARD: Final = "#ffffff"
DARK_PAPER: Final = "#14191b"
DARK_CARD: Final = "#1c2326"

LEAST_CONTRAST: Final = 4.5
"""How much text has to stand out from what is behind it (WCAG 2.2, 1.4.3)."""


def contrast(color: str, other: str) -> float:
    """Return how much two colours (``#rrggbb``) stand out from each other, as WCAG reckons it: 1 is none, 21 is black
    on white."""
    darker, lighter = sorted((_luminance(color), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    shares = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
