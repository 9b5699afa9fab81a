"""Follow-up codes in what people write: whoever answers our e-mail sends its code along, and nobody who reads that here
may follow a dossier with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from gehoor.core.text.steering import unsteered
from gehoor.services.records.within import looking_everywhere
from gehoor.services.register.follow_up_codes import code_hash
from gehoor.services.register.register import Register, reading
from gehoor.services.register.runtime import Runtime

_GAP: Final = r"[\s>\-\u2010-\u2015.]{0,6}"
"""What may stand between the groups of a code: a dash, a space, or a line that was broken and quoted."""
_SHAPE: Final = re.compile(
    rf"(?<![0-9A-Za-z])(?=([0-9A-Za-z]{{4}}(?:{_GAP}[0-9A-Za-z]{{4}}){{3}})(?![0-9A-Za-z]))"
)
_SIGN: Final = re.compile(r"[0-9A-Za-z]")


def without_codes(register: Register, given: Any) -> Any:
    """Return an answer, or answers, in which no text has a follow-up code that opens a dossier: stars stand there."""
    return _masked(given, lambda code: _opens(register, code))


def text_without_codes(runtime: Runtime, text: str) -> str:
    """Return a text without such a code. Not to be asked inside a transaction."""
    if not _SHAPE.search(text):
        return text
    with reading(runtime.store) as register:
        masked = without_codes(register, text)
    return str(masked)


class TooLongError(ValueError):
    """There is no room for a text; nothing of it is kept. ``most``: how many signs it may have."""

    def __init__(self, length: int, most: int) -> None:
        super().__init__(f"{length} signs, of at most {most}")
        self.length, self.most = length, most


def fitting(text: str, most: int) -> str:
    """Return a text as it is kept: the end of a line is one sign, as whoever typed it was told, and none steers a
    machine. Raises ``TooLongError``."""
    kept = unsteered(text.replace("\r\n", "\n")).strip()
    if len(kept) > most:
        raise TooLongError(len(kept), most)
    return kept


def fitting_without_codes(runtime: Runtime, text: str, most: int) -> str:
    """Return a text as ``fitting`` does, without such a code. Not to be asked inside a transaction."""
    return text_without_codes(runtime, fitting(text, most))


def _masked(given: Any, opens: Callable[[str], bool]) -> Any:
    if isinstance(given, str):
        for found in sorted(set(_found_in(given))):
            if opens(given[found[0] : found[1]]):
                given = given[: found[0]] + _SIGN.sub("*", given[found[0] : found[1]]) + given[found[1] :]
        return given
    if isinstance(given, Mapping):
        return {name: _masked(value, opens) for name, value in given.items()}
    if isinstance(given, list | tuple):
        masked = [_masked(value, opens) for value in given]
        return masked if isinstance(given, list) else tuple(masked)
    return given


def _found_in(text: str) -> Iterator[tuple[int, int]]:
    """Give where something stands that has the shape of a code."""
    yield from (match.span(1) for match in _SHAPE.finditer(text))


def _opens(register: Register, code: str) -> bool:
    """Say whether a code opens a dossier, of whatever organisation, also one that lists do not show yet."""
    kept = code_hash(code)
    with looking_everywhere(register.tables):
        return register.by_code(kept) is not None or any(kept == one.code_hash for one in register.pending())
