"""The colours that every page has, as the stylesheet has them: what a colour of an organisation is held against."""

from __future__ import annotations

from typing import Final

PAPER: Final = "#fbfaf7"
CARD: Final = "#ffffff"
DARK_PAPER: Final = "#14191b"
DARK_CARD: Final = "#1c2326"

LEAST_CONTRAST: Final = 4.5
"""How much text has to stand out from what is behind it (WCAG 2.2, 1.4.3)."""
