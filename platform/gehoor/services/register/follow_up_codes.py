"""Follow-up codes, which open the status of one dossier. Only a hash of the code is kept. How long a code is, and which
signs it has: ``typed_codes.py``."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

from gehoor.services.register.runtime import Runtime
from gehoor.services.register.typed_codes import CODE_BYTES, spelled, typed

_SETTING: Final = "follow-up-key"


def code_secret(runtime: Runtime) -> str:
    """Return the secret that codes are made with. Not to be asked inside a transaction."""
    return runtime.secrets.of(runtime.store, _SETTING)


def code_for(secret: str, submission_key: str) -> str:
    """Return the code that belongs to a rendered form: the same form sent twice gives the same code."""
    digest = hmac.new(bytes.fromhex(secret), submission_key.encode(), hashlib.sha256).digest()
    return spelled(digest[:CODE_BYTES])


def token_for(secret: str, *names: str) -> str:
    """Return a token that belongs to some names: always the same, and nobody without the secret can make it. What it is
    made with is another key than that of the codes, so that no form can be given a code that is a token."""
    key = hmac.new(bytes.fromhex(secret), b"tokens", hashlib.sha256).digest()
    digest = hmac.new(key, "\0".join(names).encode(), hashlib.sha256).digest()
    return f"{spelled(digest[:CODE_BYTES])}-{spelled(digest[CODE_BYTES : 2 * CODE_BYTES])}"


def code_hash(code: str) -> str:
    """Return the hash under which a code is kept."""
    return hashlib.sha256(typed(code).encode()).hexdigest()


def key_hash(submission_key: str) -> str:
    """Return the hash under which a rendered form is remembered."""
    return hashlib.sha256(submission_key.encode()).hexdigest()
