"""Texts made unreadable with AES-GCM, under a key that is kept in a file of its own, beside the register."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_KEY = 32
_NONCE = 12


class KeyFileError(Exception):
    """The file with the key cannot be read or made, or holds something else."""


class SecretBox:
    """Seals and opens texts under one key of 32 bytes. Without a key it makes one that dies with it."""

    def __init__(self, key: bytes | None = None) -> None:
        secret = key or secrets.token_bytes(_KEY)
        # Two uses of one key never share it.
        self._cipher = AESGCM(hmac.digest(secret, b"seal", hashlib.sha256))
        self._digest_key = hmac.digest(secret, b"digest", hashlib.sha256)

    def seal(self, purpose: str, text: str) -> str:
        """Return a text that only ``opened`` can read, for the same purpose."""
        nonce = secrets.token_bytes(_NONCE)
        sealed = nonce + self._cipher.encrypt(nonce, text.encode(), purpose.encode())
        return base64.urlsafe_b64encode(sealed).decode()

    def opened(self, purpose: str, sealed: str) -> str | None:
        """Return what was sealed; None for what was not sealed here, for this purpose, or was touched."""
        try:
            raw = base64.urlsafe_b64decode(sealed.encode())
            return self._cipher.decrypt(raw[:_NONCE], raw[_NONCE:], purpose.encode()).decode()
        except (ValueError, InvalidTag):
            return None

    def digest(self, purpose: str, text: str) -> str:
        """Return a hash that cannot be guessed at without the key."""
        return hmac.new(self._digest_key, f"{purpose}\0{text}".encode(), hashlib.sha256).hexdigest()


def key_in(file: Path) -> bytes:
    """Return the key that a file holds; a file that is not there yet is made, for its owner only.

    Raises ``KeyFileError``.
    """
    try:
        if not file.exists():
            _make(file)
        key = bytes.fromhex(file.read_text("ascii").strip())
    except (OSError, ValueError) as error:
        raise KeyFileError(str(file)) from error
    if len(key) != _KEY:
        raise KeyFileError(str(file))
    return key


def _make(file: Path) -> None:
    # Made whole under another name: nobody reads half a key, and of two makers the first wins.
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as writing:
            writing.write(f"{secrets.token_hex(_KEY)}\n")
            writing.flush()
            os.fsync(writing.fileno())
        with suppress(FileExistsError):
            os.link(draft, file)
    finally:
        draft.unlink()
