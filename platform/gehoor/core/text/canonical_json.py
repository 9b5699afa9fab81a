"""One way to write data as JSON, so that equal data has one text and one hash."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import Any


def dump(data: Any, *, sort: bool = False) -> str:
    """Return the JSON text of plain data; decimals are written as numbers. ``sort``: the order means nothing."""
    return (_SORTED if sort else _AS_IT_IS).encode(data)


def load(text: str) -> Any:
    """Read what ``dump`` wrote; numbers with a point become ``Decimal``."""
    return json.loads(text, parse_float=Decimal)


def content_hash(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _encoder(*, sort: bool) -> json.JSONEncoder:
    return json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_number, sort_keys=sort)


def _number(value: object) -> float:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"not plain data: {type(value).__name__}")


# Making an encoder costs as much as writing a small event with it.
_AS_IT_IS, _SORTED = _encoder(sort=False), _encoder(sort=True)
