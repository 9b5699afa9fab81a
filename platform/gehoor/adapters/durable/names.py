"""Names that are safe inside the engine. It keeps of each name only a 32-bit hash, so two may become one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

MARKER = "k"
"""The field that every fact has and every rule asks for first."""

SESSION = "sid"
"""The engine's own field for the session of a fact."""

_TAKEN = (MARKER, SESSION, "id", "$s", "label", "chart", "chart_context", "running", "exception")


def engine_names() -> Iterator[str]:
    """Yield f0, f1, f2 and so on, without those that the engine would take for another name."""
    return distinct_names(f"f{number}" for number in count())


def distinct_names(candidates: Iterable[str]) -> Iterator[str]:
    """Yield the candidates whose hash is not that of an earlier one or of a name of the engine itself."""
    seen = {fnv_1a(name) for name in _TAKEN}
    for name in candidates:
        if (hashed := fnv_1a(name)) not in seen:
            seen.add(hashed)
            yield name


def fnv_1a(name: str) -> int:
    """Return the 32-bit FNV-1a hash of a name, as the engine computes it."""
    hashed = 0x811C9DC5
    for byte in name.encode():
        hashed = (hashed ^ byte) * 0x01000193 & 0xFFFFFFFF
    return hashed
