"""Texts that people write by hand in a dossier: what keeps one from being taken in, and that the same form is sent
once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from zoneinfo import ZoneInfo

from gehoor.core.forms.reading import UnreadableError, read_text
from gehoor.core.text.canonical_json import content_hash
from gehoor.services.ports.store import DuplicateKeyError
from gehoor.services.register.follow_up_codes import key_hash
from gehoor.services.register.register import MovedError, Register

LONGEST: Final = 5000
"""How many characters a text may have."""


class TextRefusedError(ValueError):
    """A text cannot be kept as it is. ``code`` says why: ``empty``, ``long``, ``many``, ``no-code`` or
    ``over``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def checked(text: str) -> str:
    """Return a text as it is kept. Raises ``TextRefusedError``."""
    try:
        read = read_text(text, ZoneInfo("UTC"))
    except UnreadableError as error:
        raise TextRefusedError("empty") from error
    if read is None:
        raise TextRefusedError("empty")
    if len(read) > LONGEST:
        raise TextRefusedError("long")
    return read.strip()


def once_for(what: str, dossier: str, key: str, content: str) -> str:
    """Return by what it is known that a form was sent. ``key`` names the rendered form: the same content sent twice
    from it is one."""
    return key_hash(f"{what}/{dossier}/{key}/{content_hash(content)}")


def remembering(once: str, dossier: str) -> Callable[[Register], None]:
    """Return what remembers, in the transaction that keeps a text, that its form was sent. That raises ``MovedError``
    when another process was first."""

    def remember(register: Register) -> None:
        try:
            register.remember_submission(once, dossier)
        except DuplicateKeyError as error:
            raise MovedError from error

    return remember
