"""Addresses that came from a browser, and are followed only within this site."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

from flask import request


def here() -> str:
    """Return the address of this page, with what the site stands under."""
    return f"{request.script_root}{request.full_path}".rstrip("?")


def local(address: str) -> str:
    """Return an address within this site; nothing for any other, nor for what no browser shows as an address."""
    # Browsers read these as the beginning of an address elsewhere; and a line end would end the header it goes in.
    if not address.startswith("/") or address.startswith(("//", "/\\")) or not address.isprintable():
        return ""
    parts = split(address)
    return address if parts and not parts.netloc and not parts.scheme else ""


def split(address: str) -> SplitResult | None:
    """Return the parts of an address, whoever wrote it; None when it is none."""
    try:
        return urlsplit(address)
    except ValueError:
        return None
