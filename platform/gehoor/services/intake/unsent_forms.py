"""Forms that people outside are still filling in: kept between two pages, sealed with a key that only they have.

What is kept has no name on it and cannot be read here: the id and the key both come from the token that the
browser holds, or from the code that someone wrote down. It is gone when the form is sent, and when its time is up.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from gehoor.core.dossier.events import instant_text, parse_instant
from gehoor.core.text.canonical_json import dump, load
from gehoor.services.ports.outside import SealBrokenError
from gehoor.services.recording.attachments import LONGEST_HELD, hold, release
from gehoor.services.records.ledger_entries import found_in
from gehoor.services.register import follow_up_codes
from gehoor.services.register.expiry import astray, drop_due
from gehoor.services.register.follow_up_codes import code_secret
from gehoor.services.register.register import Register, reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.typed_codes import random_code, typed
from gehoor.services.register.waiting_room import Room, room_for

_TABLE: Final = "unsent"
UNTOUCHED: Final = timedelta(hours=2)
"""A form that nobody went on with for so long is gone."""
SAVED: Final = LONGEST_HELD
"""A form that someone saved stays so long, gone on with or not."""
ROOM: Final = 512 * 1024 * 1024
"""How many bytes may be kept at once: whoever begins and begins again fills no disk."""
SHARE: Final = ROOM // 4
"""How many of them may be of one network or account: thirty thousand forms that are just begun."""
_LARGEST: Final = 500_000
"""How many bytes a form may take: the longest story fits many times over."""


@dataclass(frozen=True)
class Unsent:
    """A form that is being filled in. ``answers`` are as typed, by field; ``passed`` the steps that were done;
    ``key`` names the form for when it is sent; ``until`` (UTC) is when it goes, ``saved`` whether it was to stay."""

    organisation: str
    department: str
    form: str
    key: str
    answers: Mapping[str, Any]
    passed: tuple[str, ...] = ()
    language: str = ""
    until: datetime | None = None
    saved: bool = False

    def with_step(self, step: str, answers: Mapping[str, Any], *, done: bool) -> Unsent:
        """Return the form after a step: its answers, and whether it is done."""
        others = tuple(one for one in self.passed if one != step)
        return replace(
            self,
            answers={**self.answers, **answers},
            passed=(*others, step) if done else others,
        )


def sent_as(token: str, content: str) -> str:
    """Return by what it is known that a form was sent: its token, and the digest of what was in it."""
    return f"{_id(token)}/{content}"


def new_token() -> str:
    """Return a token for a browser to hold: 160 random bits."""
    return f"{random_code()}-{random_code()}"


def token_for(runtime: Runtime, *names: str) -> str:
    """Return the token of the form that someone with an account fills in: always the same for the same names, so that
    it outlives their session. It comes of the register's own secret; nobody else can make it."""
    return follow_up_codes.token_for(code_secret(runtime), "unsent", *names)


def open_unsent(runtime: Runtime, token: str, now: datetime) -> Unsent | None:
    """Return the form that belongs to a token or a code; None for one that is not there, or no longer."""
    with reading(runtime.store) as register:
        return _opened(runtime, register, token, now)


def keep(runtime: Runtime, token: str, unsent: Unsent, now: datetime, share: str = "") -> bool:
    """Keep a form until the next page. False: it is too large. ``share``: whose part of the room it takes, in a word
    that says nothing of who that is; the oldest of whoever takes most makes room."""
    if len(dump(dict(unsent.answers))) > _LARGEST:
        return False
    until = unsent.until if unsent.saved and unsent.until else now + UNTOUCHED
    with writing(runtime.store) as register:
        _put(runtime, register, token, replace(unsent, until=until), share)
    return True


def save_for_later(runtime: Runtime, token: str, now: datetime) -> tuple[str, datetime] | None:
    """Let a form stay, under a code that is told once: the code, and until when (UTC). The token is worth nothing
    any more. None when there is no such form."""
    code, until = random_code(), now + SAVED
    with writing(runtime.store) as register:
        unsent = _opened(runtime, register, token, now)
        if unsent is None:
            return None
        share = (found_in(register.tables, _TABLE, _id(token)) or {}).get("share", "")
        register.tables.delete(_TABLE, _id(token))
        _put(runtime, register, code, replace(unsent, until=until, saved=True), share)
        hold(register, unsent.key, _files(unsent), until)
    return code, until


def forget(runtime: Runtime, token: str, now: datetime, *, sent: bool) -> None:
    """Wipe a form. Unless it was ``sent``, the files that came with it go too."""
    with writing(runtime.store) as register:
        unsent = None if sent else _opened(runtime, register, token, now)
        if unsent is not None:
            release(register, unsent.key, _files(unsent))
        register.tables.delete(_TABLE, _id(token))


def drop_expired(runtime: Runtime, now: datetime) -> int:
    """Wipe the forms whose time is up. Returns how many."""
    return drop_due(runtime, _TABLE, now, ahead=(now, SAVED))


def _put(runtime: Runtime, register: Register, token: str, unsent: Unsent, share: str) -> None:
    assert unsent.until is not None
    plain = {
        "organisation": unsent.organisation, "department": unsent.department, "form": unsent.form,
        "key": unsent.key, "answers": dict(unsent.answers), "passed": list(unsent.passed),
        "language": unsent.language, "saved": unsent.saved,
    }  # fmt: skip
    sealed = base64.b64encode(runtime.sealer.seal(_key(token), dump(plain).encode())).decode()
    room = room_for(len(sealed))
    register.tables.delete(_TABLE, _id(token))
    Room(_TABLE, "until_at", ROOM, SHARE).make(register.tables, share, room)
    until = instant_text(unsent.until)
    document = {"id": _id(token), "until_at": until, "share": share, "room": room, "sealed": sealed}
    register.tables.put(_TABLE, _id(token), document)


def _opened(runtime: Runtime, register: Register, token: str, now: datetime) -> Unsent | None:
    document = found_in(register.tables, _TABLE, _id(token))
    if document is None or document["until_at"] <= instant_text(now):
        return None
    try:
        plain = load(runtime.sealer.unseal(_key(token), base64.b64decode(document["sealed"])).decode())
    except SealBrokenError:
        return None
    until = parse_instant(document["until_at"])
    if astray(until, SAVED if plain["saved"] else UNTOUCHED, now):
        return None
    return Unsent(**{**plain, "passed": tuple(plain["passed"]), "until": until})


def _files(unsent: Unsent) -> Iterable[str]:
    for given in unsent.answers.values():
        if isinstance(given, list):
            yield from (str(one["id"]) for one in given if isinstance(one, dict) and "id" in one)


def _id(token: str) -> str:
    return hashlib.sha256(f"unsent/id/{typed(token)}".encode()).hexdigest()


def _key(token: str) -> bytes:
    # The token is random through and through, so that no slow derivation is needed.
    return hmac.new(b"unsent/key", typed(token).encode(), hashlib.sha256).digest()
