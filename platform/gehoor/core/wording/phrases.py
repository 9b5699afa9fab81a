"""What sentences of every language are made with."""

from __future__ import annotations

from collections.abc import Sequence


def capital(text: str) -> str:
    """Begin a sentence."""
    return text[:1].upper() + text[1:]


def joined(parts: Sequence[str], word: str) -> str:
    """Join parts: a, b ``word`` c."""
    return f" {word} ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
