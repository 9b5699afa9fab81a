"""Signing in elsewhere, by OpenID Connect, when the environment says where."""

from __future__ import annotations

import os
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from gehoor.bootstrap import SetupError
from gehoor.services.ports.outside import SingleSignOn

BACK = "/medewerker/aanmelden/terug"
"""Where browsers come back to; it has to be known at the other side."""
_NEEDS = ("authlib", "joserfc", "requests")


def single_sign_on(home: str) -> SingleSignOn | None:
    """Return where people sign in elsewhere; None when ``GEHOOR_OIDC_ISSUER`` names nothing. Raises ``SetupError``."""
    issuer = os.environ.get("GEHOOR_OIDC_ISSUER", "")
    if not issuer:
        return None
    if any(find_spec(name) is None for name in _NEEDS):
        raise SetupError(
            "Voor GEHOOR_OIDC_ISSUER is een uitbreiding nodig. Installeer ze met: pip install gehoor[oidc]"
        )
    client = os.environ.get("GEHOOR_OIDC_CLIENT", "")
    if not client:
        raise SetupError("GEHOOR_OIDC_CLIENT ontbreekt: zet daar de naam waaronder Gehoor ginds bekend is.")
    if not _safe(issuer):
        raise SetupError("GEHOOR_OIDC_ISSUER kan niet; schrijf een adres met https://, zonder iets erachter.")
    # Only here: without this setting nobody needs the libraries.
    from gehoor.adapters.security.oidc import OidcSettings, OidcSignIn  # noqa: PLC0415

    return OidcSignIn(
        OidcSettings(
            issuer=issuer,
            client=client,
            secret=_secret(),
            back=f"{home}{BACK}",
            claim=os.environ.get("GEHOOR_OIDC_CLAIM", "preferred_username"),
            name=os.environ.get("GEHOOR_OIDC_NAME", urlsplit(issuer).hostname or issuer),
        )
    )


def _secret() -> str:
    file = os.environ.get("GEHOOR_OIDC_SECRET_FILE", "")
    try:
        secret = Path(file).read_text("utf-8").strip() if file else ""
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(f"Het bestand in GEHOOR_OIDC_SECRET_FILE kan niet gelezen worden: {file}") from error
    if file and not secret:
        raise SetupError(f"Het bestand in GEHOOR_OIDC_SECRET_FILE is leeg: {file}")
    return secret


def _safe(issuer: str) -> bool:
    try:
        parts = urlsplit(issuer)
    except ValueError:
        return False
    if not parts.hostname or parts.query or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _here(parts.hostname))


def _here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
