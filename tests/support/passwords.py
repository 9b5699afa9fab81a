"""Passwords without the wait."""

from __future__ import annotations


class QuickHasher:
    """Keeps passwords readably, and counts how much work was done: for tests only."""

    def __init__(self) -> None:
        self.work = 0

    def hash(self, password: str) -> str:
        self.work += 1
        return f"quick:{password}"

    def matches(self, password_hash: str, password: str) -> bool:
        self.work += 1
        return password_hash == f"quick:{password}"

    def matches_nothing(self, password: str) -> None:
        self.work += 1

    def outdated(self, password_hash: str) -> bool:
        return not password_hash.startswith("quick:")
