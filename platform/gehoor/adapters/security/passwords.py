"""Passwords kept as Argon2id hashes."""

from __future__ import annotations

import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from gehoor.core.text.normalise import bounded, composed


class Argon2Hasher:
    """Hashes with Argon2id at the cost that RFC 9106 advises; tests may make it cheaper."""

    def __init__(
        self,
        time_cost: int = RFC_9106_LOW_MEMORY.time_cost,
        memory_cost: int = RFC_9106_LOW_MEMORY.memory_cost,
        parallelism: int = RFC_9106_LOW_MEMORY.parallelism,
    ) -> None:
        self._hasher = PasswordHasher(time_cost, memory_cost, parallelism)
        self._nobodys = ""

    def hash(self, password: str) -> str:
        """Return the hash of a password, salted. In which Unicode form it was typed makes no difference."""
        return self._hasher.hash(composed(password))

    def matches(self, password_hash: str, password: str) -> bool:
        """Say whether a password belongs to a hash. A hash that is none of ours matches nothing."""
        # Once, a hash was made of what was typed as it came.
        typed = dict.fromkeys((composed(password), password, unicodedata.normalize("NFD", bounded(password))))
        return any(self._verified(password_hash, one) for one in typed)

    def matches_nothing(self, password: str) -> None:
        """Do as much work as ``matches``."""
        if not self._nobodys:
            self._nobodys = self.hash(secrets.token_urlsafe())
        self.matches(self._nobodys, password)

    def outdated(self, password_hash: str) -> bool:
        """Say whether a hash was made at another cost than the one used now."""
        try:
            return self._hasher.check_needs_rehash(password_hash)
        except InvalidHashError:
            return True

    def _verified(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False
