"""Letters that nobody can read, although they are there: in the colour of what is behind them."""

from __future__ import annotations

import re
from typing import Final

from gehoor.core.agreement.palette import contrast

PAGE: Final = "ffffff"
"""What letters stand on when nothing is behind them."""
_COLOUR: Final = re.compile("[0-9a-f]{6}", re.ASCII)
_ALIKE: Final = 1.3
"""From this contrast on (WCAG: 1 is none, 21 is black on white) people see that there are letters."""
_PALE: Final = 1.06
"""The same, of letters on the page itself: pale grey is still a colour that people choose."""


def colour(text: str) -> str:
    """Return a colour as six figures; empty for what is none, such as one that a program chooses itself."""
    bare = text.lower().removeprefix("#")
    return bare if _COLOUR.fullmatch(bare) else ""


def can_be_read(letters: str, behind: str | None) -> bool:
    """Say whether letters can be told from what is behind them; both as ``colour`` returns them. None: what is behind
    is not known, and letters without a colour are chosen so that they can be read."""
    if behind is None or not letters:
        return True
    least = _PALE if behind == PAGE else _ALIKE
    return contrast(f"#{letters}", f"#{behind}") >= least
