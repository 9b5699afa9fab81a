"""Addresses that came from a browser, and are followed only within this site."""

from __future__ import annotations

from urllib.parse import urlsplit


def local(address: str) -> str:
    """Return an address within this site; nothing for any other."""
    parts = urlsplit(address)
    safe = (
        address.startswith("/")
        and not address.startswith(("//", "/\\"))
        and not parts.netloc
        and not parts.scheme
    )
    return address if safe else ""
