"""What is found in a kit, and the hashes that it is held against."""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64encode
from typing import Any, NoReturn

MOST = 200
"""So many findings are told; of more, how many there are."""


class Findings:
    """What is wrong, the first first."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.total = 0

    def add(self, where: str, what: str) -> None:
        """Note that something is wrong somewhere."""
        self.total += 1
        if len(self.told) < MOST:
            self.told.append(f"{where}: {what}")


def from_text(text: str) -> Any:
    """Read JSON. Raises ``ValueError`` also where a member stands there twice, or a number is none: of those, another
    program reads another thing."""
    return json.loads(text, object_pairs_hook=_members, parse_constant=_no_number)


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("een naam staat er twee keer in")
    return found


def _no_number(said: str) -> NoReturn:
    raise ValueError(f"{said} is geen getal")


def as_text(data: Any) -> str:
    """Return data as the one text that hashes are of: members sorted, no spaces."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def sha256(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def salted(salt: str, text: str) -> str:
    """Return the digest by which the ledger knows something of a dossier: BLAKE2b, 128 bits, keyed by its salt."""
    key = salt.encode("utf-8", "surrogatepass")[:64]
    made = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16, key=key).digest()
    return urlsafe_b64encode(made).decode("ascii").rstrip("=")
