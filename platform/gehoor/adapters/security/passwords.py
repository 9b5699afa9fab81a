"""Passwords kept as Argon2id hashes."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY


class Argon2Hasher:
    """Hashes with Argon2id at the cost that RFC 9106 advises; tests may make it cheaper."""

    def __init__(
        self,
        time_cost: int = RFC_9106_LOW_MEMORY.time_cost,
        memory_cost: int = RFC_9106_LOW_MEMORY.memory_cost,
        parallelism: int = RFC_9106_LOW_MEMORY.parallelism,
    ) -> None:
        self._hasher = PasswordHasher(time_cost, memory_cost, parallelism)

    def hash(self, password: str) -> str:
        """Return the hash of a password, salted."""
        return self._hasher.hash(password)

    def matches(self, password_hash: str, password: str) -> bool:
        """Say whether a password belongs to a hash. A hash that is none of ours matches nothing."""
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False

    def outdated(self, password_hash: str) -> bool:
        """Say whether a hash was made at another cost than the one used now."""
        try:
            return self._hasher.check_needs_rehash(password_hash)
        except InvalidHashError:
            return True
