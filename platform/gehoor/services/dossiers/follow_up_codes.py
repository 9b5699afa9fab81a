"""Follow-up codes: 80 random bits that open the status of one dossier. Only a hash of the code is kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from gehoor.services.register.runtime import Runtime

# Without I, L, O and U: they are misread, or make words.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BYTES = 10
_GROUP = 4
_SETTING = "follow-up-key"


def code_secret(runtime: Runtime) -> str:
    """Return the secret that codes are made with. Not to be asked inside a transaction."""
    return runtime.secrets.of(runtime.store, _SETTING)


def code_for(secret: str, submission_key: str) -> str:
    """Return the code that belongs to a rendered form: the same form sent twice gives the same code."""
    digest = hmac.new(bytes.fromhex(secret), submission_key.encode(), hashlib.sha256).digest()
    return _spelled(digest[:_BYTES])


def token_for(secret: str, *names: str) -> str:
    """Return a token that belongs to some names: always the same, and nobody without the secret can make it. What it is
    made with is another key than that of the codes, so that no form can be given a code that is a token."""
    key = hmac.new(bytes.fromhex(secret), b"tokens", hashlib.sha256).digest()
    digest = hmac.new(key, "\0".join(names).encode(), hashlib.sha256).digest()
    return f"{_spelled(digest[:_BYTES])}-{_spelled(digest[_BYTES : 2 * _BYTES])}"


def random_code() -> str:
    """Return a fresh code of 80 random bits."""
    return _spelled(secrets.token_bytes(_BYTES))


def _spelled(random: bytes) -> str:
    number = int.from_bytes(random)
    letters = "".join(_ALPHABET[(number >> shift) & 31] for shift in range(0, len(random) * 8, 5))
    return "-".join(letters[i : i + _GROUP] for i in range(0, len(letters), _GROUP))


def typed(code: str) -> str:
    """Return what was meant with a code; spaces, dashes and case in what was typed mean nothing."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return plain.replace("O", "0").replace("I", "1").replace("L", "1")


def code_hash(code: str) -> str:
    """Return the hash under which a code is kept."""
    return hashlib.sha256(typed(code).encode()).hexdigest()


def key_hash(submission_key: str) -> str:
    """Return the hash under which a rendered form is remembered."""
    return hashlib.sha256(submission_key.encode()).hexdigest()
