"""What a program may ask of a work list, read from an address: narrowed and sorted as the list of the pages."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from flask import url_for
from flask_babel import gettext as _

from gehoor.services.ports.instants import to_number
from gehoor.services.ports.store import Cursor
from gehoor.services.search.worklist_filters import Sort, Standing, Tab, Wish
from gehoor.web.api.faults import fault, refused

_SORTS: Final[Mapping[str, Sort]] = {
    "due": Sort.DUE,
    "received": Sort.RECEIVED,
    "number": Sort.NUMBER,
    "changed": Sort.CHANGED,
}
_TEXT: Final = {"type": "string", "maxLength": 200}
_DAY: Final = {"type": "string", "format": "date"}
_TEXTS: Final = ("department", "kind", "phase", "handler", "flag", "severity", "responsible")
_DAYS: Final = ("received_from", "received_until")

QUERY: Final[Mapping[str, Any]] = {
    "list": {"type": "string", "enum": [tab.value for tab in Tab]},
    "sort": {"type": "string", "enum": [f"{sign}{name}" for name in _SORTS for sign in ("", "-")]},
    "standing": {"type": "string", "enum": [one.value for one in Standing]},
    **dict.fromkeys(_TEXTS, _TEXT),
    **dict.fromkeys(_DAYS, _DAY),
    "after": {"type": "string", "maxLength": 600},
    "before": {"type": "string", "maxLength": 600},
}
"""What may stand in an address."""


def wish_in(asked: Mapping[str, str]) -> Wish:
    """Return what an address asks for. Raises ``ProblemError``."""
    sort = asked.get("sort", "")
    texts: dict[str, Any] = {name: asked[name] for name in _TEXTS if name in asked}
    days: dict[str, Any] = {name: date.fromisoformat(asked[name]) for name in _DAYS if name in asked}
    standing = asked.get("standing")
    wish = Wish(
        tab=Tab(asked.get("list", Tab.DEPARTMENT)),
        sort=_SORTS.get(sort.removeprefix("-")),
        descending=sort.startswith("-"),
        standing=Standing(standing) if standing else None,
        **texts,
        **days,
    )
    return Wish(**{**_members(wish), "cursor": _cursor(asked, wish)})


def address(asked: Mapping[str, str], cursor: Cursor) -> str:
    """Return the address of what lies beside a page, from a place on."""
    word = "before" if cursor.backwards else "after"
    place = base64.urlsafe_b64encode(json.dumps([cursor.value, cursor.key]).encode()).decode().rstrip("=")
    kept = {name: text for name, text in asked.items() if name not in ("after", "before")}
    parts: dict[str, Any] = {**kept, word: place}
    return url_for("api.list_dossiers", **parts)


def _members(wish: Wish) -> dict[str, Any]:
    return {name: getattr(wish, name) for name in Wish.__slots__}


def _cursor(asked: Mapping[str, str], wish: Wish) -> Cursor | None:
    word = next((one for one in ("after", "before") if one in asked), "")
    if not word:
        return None
    value, key = _place(asked[word], word)
    if value is not None and wish.sorted_by in (Sort.DUE, Sort.CHANGED) and to_number(value) is None:
        raise refused([_no_place(word)], 400)
    return Cursor(value, key, word == "before")


def _place(text: str, word: str) -> tuple[str | None, str]:
    try:
        read = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, binascii.Error, RecursionError) as error:
        raise refused([_no_place(word)], 400) from error
    match read:
        case [str() | None as value, str() as key] if (
            key and "\0" not in f"{value}{key}" and _whole(f"{value}{key}")
        ):
            return value, key
    raise refused([_no_place(word)], 400)


def _whole(text: str) -> bool:
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


def _no_place(word: str) -> dict[str, Any]:
    return fault(word, "place", _("Neem dit over zoals het in “next” of “previous” staat."))
