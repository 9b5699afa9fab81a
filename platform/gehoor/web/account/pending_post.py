"""A form that was sent after the session ended: it is kept for who typed it, and goes on after signing in again.

What was typed travels sealed in the sign-in page itself, so that nothing is stored for who does not come back, and
nobody can read or change it on the way. Only the account that typed it gets it back.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import request

from gehoor.core.dossier.events import instant_text, parse_instant
from gehoor.services.register.expiry import within
from gehoor.web.request.addresses import here, local
from gehoor.web.request.session import ended_for
from gehoor.web.request.site import now, site

FIELD = "verder"
"""The field of the sign-in page that carries the form."""
_PURPOSE = "carried form"
_LONGEST = timedelta(hours=12)
_LARGEST = 1_000_000
"""How large the carried text may be: the sign-in page is a form too, with a largest size."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A form that was sent too late: where to, with what, by whom."""

    address: str
    fields: tuple[tuple[str, str], ...]
    account: str
    had_files: bool


def carry() -> str:
    """Return the form of this request, sealed. Nothing when this browser had no session, or it is too large."""
    who = ended_for()
    if not who:
        return ""
    fields = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    files = any(file.filename for file in request.files.values())
    text = json.dumps([local(here()), fields, who, files, instant_text(now())])
    sealed = site().tools.vault.seal(_PURPOSE, b64encode(zlib.compress(text.encode())).decode())
    return sealed if len(sealed) <= _LARGEST else ""


def carried(sealed: str) -> Carried | None:
    """Return a form that was carried along, when it was sealed here not too long ago."""
    packed = site().tools.vault.opened(_PURPOSE, sealed)
    if packed is None:
        return None
    try:
        address, fields, who, files, at = json.loads(zlib.decompress(b64decode(packed)))
    except (Base64Error, zlib.error, ValueError):
        return None
    return (
        Carried(address, tuple((n, v) for n, v in fields), who, files) if _fresh(parse_instant(at)) else None
    )


def _fresh(at: datetime) -> bool:
    return within(at, _LONGEST, now())
