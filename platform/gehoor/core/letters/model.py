"""Letter templates: what is written to whoever told something, as it was agreed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from gehoor.core.conditions.model import Condition
from gehoor.core.forms.fields import StoredValue


class Way(StrEnum):
    """The ways in which a letter reaches someone."""

    FOLLOW_PAGE = "follow-page"
    """They read it on the page of their follow-up code."""
    EMAIL = "email"
    """They get an e-mail that there is something to read there; the letter itself is never in it."""
    POST = "post"
    """It is printed, and sent or handed over."""


TO_READ: Final = "to-read"
"""The occasion for which an organisation agrees, among its notices, in which letter it says that there is something to
read."""

NEW_CODE: Final = "code-mail"
"""The occasion of the e-mail with a follow-up code that staff gave anew."""

RECEIVED: Final = "received"
"""The occasion of the e-mail that goes at once to whoever told something from outside and gave an address."""

MAILED: Final = frozenset({TO_READ, NEW_CODE, RECEIVED})
"""The occasions of letters that go by e-mail as they are, read by nobody first: nothing of the dossier is in them."""

WITH_CODE: Final = frozenset({NEW_CODE, RECEIVED})
"""Those of them in which the follow-up code can be."""

READ_ONLINE: Final = frozenset({Way.FOLLOW_PAGE, Way.EMAIL})
"""The ways in which somebody reads a letter on the page of their follow-up code."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a letter. ``rows``: the field of which each row gives the text once, as a line of a list."""

    text: str
    condition: Condition | None = None
    rows: str = ""
    translations: Mapping[str, str] = field(default_factory=dict)

    def text_in(self, language: str) -> str:
        """Return the text in a language, or in the first where it was not translated."""
        return self.translations.get(language, self.text)


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """A letter to whoever told something, as agreed.

    ``reaches``: the milestone that sending it reaches; it is reached no other way in a dossier that the letter is for.
    ``senders``: the roles that send it, none: whoever writes messages. ``ways``: how it may go, each with what
    that fills in beside ``fills``; in both the code ``TODAY`` stands for the local day of sending.
    """

    id: str
    name: str
    subject: str
    passages: tuple[Passage, ...]
    ways: Mapping[Way, Mapping[str, StoredValue]]
    explanation: str = ""
    applies_if: Condition | None = None
    reaches: str = ""
    senders: tuple[str, ...] = ()
    asks_why_unwished: bool = False
    """Whether who sends it in another way than was asked says why."""
    fills: Mapping[str, StoredValue] = field(default_factory=dict)
    translations: Mapping[str, str] = field(default_factory=dict)
    """The subject in other languages; the letter is written in those that have one."""

    def subject_in(self, language: str) -> str:
        """Return the subject in a language, or in the first where it was not translated."""
        return self.translations.get(language, self.subject)
