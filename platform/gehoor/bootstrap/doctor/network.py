"""Checks of how the website is reached: proxies, HTTPS and its address."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from gehoor import bootstrap
from gehoor.bootstrap import SetupError
from gehoor.bootstrap.doctor.check import Remark, Surroundings, refused, warning
from gehoor.bootstrap.site_address import over_https, read_address
from gehoor.bootstrap.website import ALL_ONE, trusted_proxies


def proxies(at: Surroundings) -> Iterator[Remark]:
    """Look at whether the proxies in front are trusted as they should."""
    try:
        trusted = trusted_proxies()
    except SetupError as error:
        yield refused(str(error))
        return
    if at.https and trusted is None:
        yield warning(ALL_ONE)
    if trusted and at.host and not is_here(at.host):
        yield refused(
            f"GEHOOR_PROXIES={trusted}, en op {at.host} kan iedereen voorbij de proxy: een bezoeker kiest dan zelf "
            "zijn adres, en geen beperking geldt nog.",
            "Luister op 127.0.0.1 (laat --host weg), of zet GEHOOR_PROXIES=0. Houdt een firewall al het andere tegen, "
            "aanvaard dit dan.",
        )
    elif trusted and not at.https:
        yield warning(
            f"GEHOOR_PROXIES={trusted}, maar niets zegt dat er een proxy voor staat: wie rechtstreeks komt, kiest zelf "
            "zijn adres.",
            "Start met --https (GEHOOR_HTTPS=1) als er een proxy met HTTPS voor staat, of zet GEHOOR_PROXIES=0.",
        )


def https(at: Surroundings) -> Iterator[Remark]:
    """Look at whether what people type goes over HTTPS."""
    home, text = bootstrap.named_url(), at.environ.get("GEHOOR_HTTPS", "")
    for read in (read_address, over_https):
        try:
            read()
        except SetupError as error:
            yield refused(str(error))
            return
    parts = urlsplit(home)
    if not home:
        yield warning(
            "GEHOOR_URL ontbreekt: in berichten staat dan een adres dat alleen op deze computer werkt.",
            "Zet er het adres van de website in, bijvoorbeeld https://klachten.voorbeeld.be.",
        )
    elif parts.scheme == "https" and text == "0":
        yield refused(
            "GEHOOR_URL begint met https://, en GEHOOR_HTTPS=0 maakt de cookies onveilig: ze gaan ook zonder HTTPS, "
            "en een andere website onder dezelfde naam kan ze zetten.",
            "Laat GEHOOR_HTTPS weg, of zet het op 1.",
        )
    elif parts.scheme == "http" and not is_here(parts.hostname or ""):
        yield warning(
            f"{home} gaat zonder HTTPS: wie op het netwerk meeleest, ziet klachten en wachtwoorden.",
            "Zet er een proxy met HTTPS voor (voorbeelden in deploy/) en laat GEHOOR_URL met https:// beginnen.",
        )


def is_here(host: str) -> bool:
    """Say whether a name or address is this computer only."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
