"""Whose share something takes of what all visitors have together: in the room for files that wait, and at the door."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

_SECRET: Final = secrets.token_bytes(32)
"""Gone with this process: nobody can tell afterwards which network a word stood for."""
_DIGITS: Final = 3
"""How many hexadecimal digits a word has: so many networks have the same that none is known by it."""
_TRANSLATED: Final = IPv6Network("64:ff9b::/96")
"""In these IPv4 stands at the end (RFC 6052)."""
_ONE_BY_ONE: Final = IPv6Network("64:ff9b:1::/48")
"""In these it stands where whoever translates chose (RFC 8215): each address is of one computer."""
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
    plain = _behind(found) if isinstance(found, IPv6Address) else found
    bits = 128 if plain in _ONE_BY_ONE else _OF_ONE_VISITOR[plain.version]
    return str(ip_network((plain, bits), strict=False))


def _behind(address: IPv6Address) -> IPv4Address | IPv6Address:
    """Return the address of IPv4 that somebody has, where theirs of IPv6 was made of it: else all of those share one
    network (NAT64, Teredo), or one of them has thousands (6to4)."""
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else address)


def _without_port(address: str) -> str:
    address = address.strip().strip('"')
    if address.startswith("["):
        return address[1:].partition("]")[0]
    host, _colon, port = address.partition(":")
    return host if "." in host and port.isdecimal() else address
