"""Meanings: what the platform reads in the answer of a field, and which kinds of field it can read there.

One table for the code that reads and for the check of files: a meaning on another kind of field would be read as
nothing, and protect nobody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from gehoor.core.forms.types.base import StoredValue

_LINES: Final = ("text", "long-text")
_ANY_TEXT: Final = (*_LINES, "phone", "email", "web-address")
_YES_OR_NO: Final = ("boolean",)
_CHOSEN: Final = ("choice", "choices")
_TOLD: Final = (*_LINES, *_CHOSEN, "boolean", "scale", "integer", "decimal", "date", "instant", "groups")

KINDS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "received-on": ("date", "instant"),
    "received-time": ("time",),
    "carrier": (*_CHOSEN, "text"),
    "anonymous": _YES_OR_NO,
    "follow-up-code": _YES_OR_NO,
    "message-kind": ("choice",),
    "story": _LINES,
    "subject": (*_LINES, "choice"),
    "danger": _YES_OR_NO,
    "severity": ("choice", "scale", "integer", "decimal"),
    "judgement": ("choice",),
    "complainant.name": ("text",),
    "complainant.first-name": ("text",),
    "complainant.email": ("email", "text"),
    "complainant.phone": ("phone", "text"),
    "complainant.address": _LINES,
    "accused": ("staff",),
    "conflicted": ("staff",),
    "confidentiality": ("choice",),
    "retention-hold": (*_ANY_TEXT, *_CHOSEN, "boolean", "date", "instant"),
    "language": ("choice",),
    "shielded": _YES_OR_NO,
    "wish": _TOLD,
    "read-back-on": ("date",),
    "findings": _TOLD,
    "redress": _TOLD,
    "prevention": _TOLD,
    "satisfaction": _TOLD,
}
"""Meaning -> the kinds of field in which it is read."""

_NO: Final = frozenset({"nee", "neen", "no", "non", "nein", "false", "0", ""})


def says_yes(answer: StoredValue | None) -> bool:
    """Say whether an answer that is read as yes or no says yes.

    What was published before that was checked may ask it in another way than with a tick: whatever is not plainly a no
    protects then, rather than nobody."""
    if answer is None or isinstance(answer, bool):
        return answer is True
    if isinstance(answer, list):
        return any(not isinstance(one, str) or says_yes(one) for one in answer)
    return str(answer).strip().casefold() not in _NO
