"""The address under which people open Gehoor, and whether they come over HTTPS: as the settings say it."""

from __future__ import annotations

import os
import re
from typing import Final
from urllib.parse import SplitResult, urlsplit

from gehoor import bootstrap
from gehoor.bootstrap import SetupError

_YES_OR_NO: Final = {"1": True, "0": False}
_HOST: Final = re.compile(
    r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?|[0-9a-f:.]*:[0-9a-f:.]*", re.IGNORECASE
)
_FOR_EXAMPLE: Final = "Schrijf bijvoorbeeld https://klachten.voorbeeld.be."


def read_address() -> str:
    """Return the setting ``GEHOOR_URL`` as ``bootstrap.named_url`` does, and look at whether it is the address of a
    website: it stands in messages, and what browsers send is held against it. Raises ``SetupError``."""
    home = bootstrap.named_url()
    if home and (reason := _wrong(home)):
        raise SetupError(f"{reason} {_FOR_EXAMPLE}")
    return home


def over_https() -> bool:
    """Say whether people come over HTTPS: the setting ``GEHOOR_HTTPS`` (1 or 0), or else what ``GEHOOR_URL`` begins
    with. Raises ``SetupError``."""
    text = os.environ.get("GEHOOR_HTTPS", "")
    if text and text not in _YES_OR_NO:
        raise SetupError(
            'GEHOOR_HTTPS kan niet; schrijf 1 of 0, of laat het weg: dan telt "https://" in GEHOOR_URL.'
        )
    return _YES_OR_NO[text] if text else bootstrap.named_url().startswith("https://")


def _wrong(home: str) -> str:
    try:
        parts = urlsplit(home)
        usable = parts.scheme in {"http", "https"} and _HOST.fullmatch(parts.hostname or "") is not None
        usable = usable and parts.port != 0
    except ValueError:
        usable, parts = False, urlsplit("")
    if not usable or not home.isprintable() or " " in home:
        return "GEHOOR_URL is geen adres van een website."
    return _too_much(parts)


def _too_much(parts: SplitResult) -> str:
    if "@" in parts.netloc:
        return "In GEHOOR_URL hoort geen naam of wachtwoord: het staat in elk bericht."
    if parts.path.strip("/") or parts.query or parts.fragment:
        return "In GEHOOR_URL hoort alleen de naam van de website, zonder wat erachter komt."
    return ""
