"""Form keys: each names a page with a form, so that what is sent twice from it counts once.

A key is made here, for one purpose and one place, and signed: what a browser sends instead of it is no key. With the
digest of what was in the form it names what was sent, so that other words from the same page are never taken for those
that came in before.
"""

from __future__ import annotations

import hashlib
import secrets
from enum import StrEnum
from typing import Final

from flask import Flask, current_app, request
from itsdangerous import Signer

from gehoor.core.text.canonical_json import content_hash, dump

KEY: Final = "sleutel"
"""The name of the hidden field with the key."""

_PART: Final = 1024 * 1024


class Purpose(StrEnum):
    """What a form is for: a key for one is no key for another."""

    TELL = "tell"
    """Place: organisation, department, form."""
    REGISTER = "register"
    """Place: organisation, department, account."""
    MESSAGE = "message"
    """Place: dossier, and the account of staff; empty for who writes from outside."""
    NOTE = "note"
    """Place: dossier, account."""
    CONTACT = "contact"
    """Place: dossier, account."""
    CODE = "code"
    """Place: dossier, account."""
    WITHDRAW = "withdraw"
    """Place: dossier."""


def new_key(purpose: Purpose, *place: str) -> str:
    """Return a fresh key: letters, digits, dashes, underscores and a dot."""
    return _signer(purpose, place).sign(secrets.token_urlsafe(24)).decode()


def key_sent(purpose: Purpose, *place: str) -> str:
    """Return the key that came with a form; a fresh one when we gave none like it for this purpose and place."""
    given = request.form.get(KEY, "")
    return given if _signer(purpose, place).validate(given) else new_key(purpose, *place)


def is_key_of(purpose: Purpose, *place: str) -> bool:
    """Say whether the key that came with a form is one that we gave for this purpose and place."""
    return _signer(purpose, place).validate(request.form.get(KEY, ""))


def content_sent(*beginnings: str) -> str:
    """Return the digest of what was filled in: the files, and the fields whose names begin so and that were not left
    empty. The same typed twice is the same, whatever else a page sends along."""
    typed = sorted(
        [name, value]
        for name, value in request.form.items(multi=True)
        if name.startswith(beginnings) and value
    )
    files = []
    for name, upload in request.files.items(multi=True):
        if upload.filename:
            digest = hashlib.sha256()
            # Whoever looked at the file before left it at its end.
            upload.stream.seek(0)
            while part := upload.stream.read(_PART):
                digest.update(part)
            upload.stream.seek(0)
            files.append([name, upload.filename, digest.hexdigest()])
    return content_hash(dump([typed, sorted(files)]))


def install(app: Flask) -> None:
    """Let templates put keys for messages in a page."""
    app.jinja_env.globals["message_key"] = lambda *place: new_key(Purpose.MESSAGE, *place)
    app.jinja_env.globals["note_key"] = lambda *place: new_key(Purpose.NOTE, *place)
    app.jinja_env.globals["code_key"] = lambda *place: new_key(Purpose.CODE, *place)
    app.jinja_env.globals["contact_key"] = lambda *place: new_key(Purpose.CONTACT, *place)


def _signer(purpose: Purpose, place: tuple[str, ...]) -> Signer:
    salt = "\0".join(("form-key", purpose, *place))
    return Signer(current_app.config["SECRET_KEY"], salt=salt, digest_method=hashlib.sha256)
