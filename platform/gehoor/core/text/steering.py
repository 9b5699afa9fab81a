"""Signs that steer a machine, or turn the direction of what stands after them: nobody types one to say something, and
whoever reads a text with one may see something else than what was written. One rule for all that comes in and goes out;
what is kept and what is not, and why: decision 78.

Joiners stay, as pictures and letters of some languages are made with them; so do the marks that say of one sign in
which direction it runs. A text in Arabic or Hebrew needs nothing that goes.
"""

from __future__ import annotations

import re
from typing import Final

LINE_ENDS: Final = "\v\f\x1c-\x1e\x85\u2028\u2029"
"""Signs that end a line here or there, as they stand between brackets in a pattern."""
CONTROLS: Final = "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"
"""Signs that steer a terminal, a printer or a program; not the tab, and not the ends of lines."""
TURNS: Final = "\u202a-\u202e\u2066-\u206f\ufff9-\ufffb"
"""Signs that turn, embed or isolate what stands after them, until another sign."""

_LINE_END: Final = re.compile(rf"\r(?!\n)|[{LINE_ENDS}]")
_STEERING: Final = re.compile(f"[{CONTROLS}{TURNS}]")
_ANY: Final = re.compile(rf"\r(?!\n)|[{LINE_ENDS}{CONTROLS}{TURNS}]")


def steers(text: str) -> bool:
    """Say whether there is such a sign in a text."""
    return _ANY.search(text) is not None


def unsteered(text: str) -> str:
    """Return a text without signs that steer, each that ends a line as an end of line. Nothing else goes: what a sign
    stood before, as in a command to a terminal, is read as it was typed."""
    return _STEERING.sub("", _LINE_END.sub("\n", text)) if steers(text) else text
