"""What commands print, made harmless: no text that somebody sent moves a cursor, clears a screen or turns a direction.
Whoever reads it sees that such a sign stood there."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any, Final, TextIO

from gehoor.core.text.steering import CONTROLS, LINE_ENDS, TURNS

_PICTURES: Final = 0x2400
"""Where the signs that show a control sign begin."""
_CONTROLS: Final = 0x20
_DELETE: Final = 0x7F
_HARMFUL: Final = re.compile(rf"\r(?!\n)|[{LINE_ENDS}{CONTROLS}{TURNS}\u061c\u200e\u200f\ud800-\udfff]")


def harmless(text: str) -> str:
    """Return a text in which signs that steer a terminal, or turn the direction of a text, are shown instead."""
    return _HARMFUL.sub(lambda found: _shown(ord(found[0])), text)


def json_text(value: Any, indent: int | None = None) -> str:
    """Return data as JSON in which such signs are written as JSON writes them: whoever reads it back has them all."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _HARMFUL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


@contextmanager
def harmless_streams() -> Iterator[None]:
    """Let nothing harmful be printed by whatever is done meanwhile, also what a library prints."""
    with redirect_stdout(_Harmless(sys.stdout)), redirect_stderr(_Harmless(sys.stderr)):
        yield


def as_it_is(stream: TextIO) -> TextIO:
    """Return the stream behind one that is made harmless, for what steers the terminal itself."""
    return stream.stream if isinstance(stream, _Harmless) else stream


class _Harmless:
    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        self.stream.write(harmless(text))
        return len(text)

    def writelines(self, lines: list[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def _shown(sign: int) -> str:
    if sign < _CONTROLS:
        return chr(_PICTURES + sign)
    return "\u2421" if sign == _DELETE else f"[U+{sign:04X}]"
