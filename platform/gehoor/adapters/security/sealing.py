"""Sealing with AES-256-GCM: what was changed or has another key does not open."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gehoor.services.ports.outside import SealBrokenError

_NONCE = 12
"""Bytes of randomness before what is sealed; a key seals few things, so that they never meet again."""


class AesSealer:
    """Seals under keys of 32 bytes."""

    def seal(self, key: bytes, plain: bytes) -> bytes:
        """Seal something, with fresh randomness each time."""
        nonce = os.urandom(_NONCE)
        return nonce + AESGCM(key).encrypt(nonce, plain, None)

    def unseal(self, key: bytes, sealed: bytes) -> bytes:
        """Return what was sealed. Raises ``SealBrokenError``."""
        try:
            return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
        except (InvalidTag, ValueError) as error:
            raise SealBrokenError from error
