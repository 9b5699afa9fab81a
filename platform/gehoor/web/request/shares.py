"""Whose share something takes of what all visitors have together: in the room for files that wait, and at the door."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from ipaddress import ip_address, ip_network
from typing import Final

_SECRET: Final = secrets.token_bytes(32)
"""Gone with this process: nobody can tell afterwards which network a word stood for."""
_DIGITS: Final = 3
"""How many hexadecimal digits a word has: so many networks have the same that none is known by it."""
_OF_ONE_VISITOR: Final = {4: 32, 6: 64}
"""How many bits of an address (by version of IP) are the same for all that one visitor may have."""


def share_of(address: str, account: str = "") -> str:
    """Return the word for the share of an account; without one, of the network that an address is in."""
    said = f"account/{account}" if account else f"network/{network_of(address)}"
    return hmac.new(_SECRET, said.encode(), hashlib.sha256).hexdigest()[:_DIGITS]


def network_of(address: str) -> str:
    """Return the network of an address, also of one with a port, as some proxies write it; the text itself when it is
    none."""
    try:
        found = ip_address(_without_port(address))
    except ValueError:
        return address
    plain = getattr(found, "ipv4_mapped", None) or found
    return str(ip_network((plain, _OF_ONE_VISITOR[plain.version]), strict=False))


def _without_port(address: str) -> str:
    if address.startswith("["):
        return address[1:].partition("]")[0]
    host, _colon, port = address.partition(":")
    return host if "." in host and port.isdecimal() else address
