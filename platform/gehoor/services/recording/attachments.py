"""Files that come with answers: kept in the register itself, in the transaction of the answer they belong to.

A file that came in with a form that was refused, or is not finished, waits under the key of that form, so that nobody
has to send it twice; it is sealed with that key, which is not kept here. It becomes part of a dossier when the form is
accepted, and is dropped when that does not happen in a day.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from gehoor.core.dossier.events import instant_text
from gehoor.core.forms.fields import Field, StoredValue
from gehoor.core.forms.file_kinds import FILE_KINDS
from gehoor.core.objections.objections import Objection
from gehoor.core.text.canonical_json import dump, load
from gehoor.services.ports.store import Document
from gehoor.services.register.expiry import drop_due
from gehoor.services.register.follow_up_codes import key_hash
from gehoor.services.register.register import MovedError, Register, reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.waiting_room import (
    CONTENTS,
    FILES,
    bound_form,
    erase,
    make_room,
    room_for,
)

_WAITS: Final = timedelta(days=1)
LONGEST_HELD: Final = timedelta(days=14)
"""So long a form can stay, and its files with it."""


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that just came in, looked at and cleaned. ``value`` is how it stands in an answer."""

    id: str
    name: str
    kind: str
    content: bytes

    @property
    def value(self) -> dict[str, Any]:
        """What is known of the file, as plain JSON."""
        media_type = FILE_KINDS[self.kind].media_type
        return {"id": self.id, "name": self.name, "type": media_type, "size": len(self.content)}


def files_in(fields: Mapping[str, Field], values: Mapping[str, StoredValue]) -> dict[str, dict[str, Any]]:
    """Return what is known of each file in a set of answers, by its id."""
    return {str(file["id"]): file for _, files in _answers(fields, values) for file in files}


def keep_waiting(
    runtime: Runtime,
    key: str,
    files: Sequence[NewFile],
    now: datetime,
    share: str = "",
    spared: Collection[str] = (),
) -> bool:
    """Keep files that came with a form that was refused. False: too many wait with this form, and none was kept.

    ``share``: whose part of the room they take; it says nothing of who that is. ``spared``: the ids of files that are
    answers of this form, and make no room for others.
    """
    of_form = key_hash(key)
    sizes = [room_for(len(file.content)) for file in files]
    with writing(runtime.store) as register:
        if not bound_form(register.tables, of_form, len(files), spared):
            return False
        make_room(register.tables, share, sizes, spared)
        for file, room in zip(files, sizes, strict=True):
            name = runtime.sealer.seal(_sealing(key), dump(file.value).encode())
            content = runtime.sealer.seal(_sealing(key), file.content)
            waiting_file = {"id": file.id, "waits": True, "form": of_form, "share": share, "room": room}
            since = {"waits_since_at": instant_text(now), "sealed": _text(name)}
            register.tables.insert(FILES, file.id, {**waiting_file, **since})
            register.tables.insert(CONTENTS, file.id, {"base64": _text(content)})
    return True


def hold(register: Register, key: str, ids: Iterable[str], until: datetime) -> None:
    """Let files that wait under this key wait until a later moment (UTC) than they would."""
    for file_id in ids:
        stored = register.tables.get(FILES, file_id)
        if stored is not None and _waits_with(key, stored):
            since = max(stored["waits_since_at"], instant_text(until - _WAITS))
            register.tables.put(FILES, file_id, {**stored, "waits_since_at": since})


def waiting(runtime: Runtime, key: str, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return what is known of those files that wait under this key, by id."""
    with reading(runtime.store) as register:
        return dict(_waiting(runtime, register, key, ids))


def unknown_files(
    runtime: Runtime,
    register: Register,
    fields: Mapping[str, Field],
    values: Mapping[str, StoredValue],
    known: Mapping[str, dict[str, Any]],
    came: tuple[str, Collection[NewFile]],
) -> list[Objection]:
    """Object to files that are not what the register knows: neither new, waiting, nor in the dossier already.

    ``came``: the key of the form, and the files that came with it.
    """
    key, new = came
    trusted = {**known, **{file.id: file.value for file in new}}
    objections = []
    for name, files in _answers(fields, values):
        unsure = [file for file in files if trusted.get(str(file["id"])) != file]
        there = dict(_waiting(runtime, register, key, (str(file["id"]) for file in unsure))) if unsure else {}
        if any(there.get(str(file["id"])) != file for file in unsure):
            objections.append(Objection(name, "file-unknown"))
    return objections


def attach(
    runtime: Runtime,
    register: Register,
    dossier: str,
    files: tuple[Mapping[str, Any], Mapping[str, Any]],
    came: tuple[str, Iterable[NewFile]],
) -> None:
    """Make files part of a dossier, and erase what was taken out of it. ``files``: by id, before and after.

    ``came``: the key of the form, and the files that came with it; others waited under that key. Raises ``MovedError``
    when one of those waits no longer.
    """
    (before, after), (key, new) = files, came
    fresh = {file.id: file for file in new}
    for file_id in after.keys() - before.keys():
        if file_id in fresh:
            value, content = fresh[file_id].value, fresh[file_id].content
        else:
            there = dict(_waiting(runtime, register, key, [file_id]))
            stored = register.tables.get(CONTENTS, file_id)
            if file_id not in there or stored is None:
                raise MovedError
            value = there[file_id]
            content = runtime.sealer.unseal(_sealing(key), base64.b64decode(stored["base64"]))
        register.tables.put(FILES, file_id, {"value": value, "waits": False, "dossier": dossier})
        register.tables.put(CONTENTS, file_id, {"base64": _text(content)})
    for file_id in before.keys() - after.keys():
        erase(register.tables, file_id)


def content_of(runtime: Runtime, dossier: str, file_id: str) -> bytes | None:
    """Return the bytes of a file of a dossier; None when the dossier has no such file."""
    with reading(runtime.store) as register:
        return content_in(register, dossier, file_id)


def content_in(register: Register, dossier: str, file_id: str) -> bytes | None:
    """Return the bytes of a file of a dossier, as a register has it; None when the dossier has no such file."""
    stored = register.tables.get(FILES, file_id)
    if stored is None or stored.get("dossier") != dossier:
        return None
    content = register.tables.get(CONTENTS, file_id)
    return base64.b64decode(content["base64"]) if content else None


def waiting_content(runtime: Runtime, key: str, file_id: str) -> tuple[dict[str, Any], bytes] | None:
    """Return what is known of a file that waits under this key, and its bytes; None when none does."""
    with reading(runtime.store) as register:
        known = dict(_waiting(runtime, register, key, [file_id]))
        stored = register.tables.get(CONTENTS, file_id) if known else None
    if stored is None:
        return None
    return known[file_id], runtime.sealer.unseal(_sealing(key), base64.b64decode(stored["base64"]))


def release(register: Register, key: str, ids: Iterable[str]) -> None:
    """Erase files that wait under this key: the form they came with will not be sent."""
    for file_id in ids:
        stored = register.tables.get(FILES, file_id)
        if stored is not None and _waits_with(key, stored):
            erase(register.tables, file_id)


def drop_waiting(runtime: Runtime, now: datetime) -> int:
    """Erase files that waited for more than a day. Returns how many."""
    ahead = now, LONGEST_HELD - _WAITS
    return drop_due(runtime, FILES, now - _WAITS, by="waits_since_at", also=(CONTENTS,), ahead=ahead)


def _answers(
    fields: Mapping[str, Field], values: Mapping[str, StoredValue]
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for name, value in values.items():
        if name in fields and fields[name].type.takes_files and isinstance(value, list):
            yield name, [file for file in value if isinstance(file, dict)]


def _waiting(
    runtime: Runtime, register: Register, key: str, ids: Iterable[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    for file_id in ids:
        stored = register.tables.get(FILES, file_id)
        if stored is not None and _waits_with(key, stored):
            sealed = base64.b64decode(stored["sealed"])
            yield file_id, load(runtime.sealer.unseal(_sealing(key), sealed).decode())


def _waits_with(key: str, stored: Document) -> bool:
    # An earlier Gehoor called it the key.
    return bool(stored["waits"]) and (stored.get("form") or stored.get("key")) == key_hash(key)


def _sealing(key: str) -> bytes:
    return hmac.new(b"attachments/key", key.encode(), hashlib.sha256).digest()


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
