"""Whether an e-mail was made to be hard to read: told by its bytes, before anything takes it apart.

The library that does that looks in every line for the end of each part that lies around it, and reads some lines in a
time that grows with the square of their length: three million bytes that were chosen for it take minutes.
"""

from __future__ import annotations

import re
from typing import Final

_NESTS: Final = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_MOST_NESTS: Final = 60
_MOST_LINES: Final = 1_000_000
"""How many lines there may be: the largest e-mail with files has a third of them."""
_MOST_LOOKS: Final = 5_000_000
"""How often may be looked for an end: four parts within each other in the largest e-mail come to a million."""
_OF_PARTS: Final = re.compile(
    rb"^content-[a-z-]{1,40}:[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE
)
_LONGEST: Final = 4000
"""How long a line may be that says what a part is, in bytes."""
_MOST_DASHES: Final = 5_000
_NAMED: Final = re.compile(rb"^[!-9;-~]{1,80}:", re.MULTILINE)
_MOST_NAMED: Final = 100_000


def is_tangled(content: bytes) -> bool:
    """Say whether taking an e-mail apart would take longer than any that people send."""
    # A bare carriage return ends a line too, for the library.
    lines = content.count(b"\n") + content.count(b"\r") - content.count(b"\r\n")
    if lines > _MOST_LINES:
        return True
    nests = sum(1 for _ in _NESTS.finditer(content))
    return (
        nests > _MOST_NESTS
        or nests * lines > _MOST_LOOKS
        or content.count(b"\n--") > _MOST_DASHES
        or any(line.end() - line.start() > _LONGEST for line in _OF_PARTS.finditer(content))
        or sum(1 for _ in _NAMED.finditer(content)) > _MOST_NAMED
    )
