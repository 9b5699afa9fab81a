"""The house style of a department: its colour as tokens over those of the stylesheet, and its logo."""

from __future__ import annotations

from functools import lru_cache

from coloraide import Color
from flask import Blueprint, Flask, Response, abort, url_for

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.palette import DARK_CARD, DARK_PAPER, LEAST_CONTRAST, PAPER
from gehoor.services.register.register import reading
from gehoor.web.display.logos import logo_of
from gehoor.web.request.site import site
from gehoor.web.security.policies import Policy, allow

pages = Blueprint("house_style", __name__)

_SOFT = 0.1
"""How much of the colour there is in a background of it."""
_FOR_A_YEAR = "public, max-age=31536000, immutable"
"""What an agreement says never changes: its hash is part of the address."""


def install(app: Flask) -> None:
    """Let templates link to the style and logo of an agreement."""
    app.jinja_env.globals.update(style_address=style_address, logo_address=logo_address)


def style_address(agreement: Agreement | None) -> str:
    """Return where the colours of an agreement are; an empty text when it has none of its own."""
    if not agreement or not agreement.style.color:
        return ""
    return url_for("house_style.tokens", digest=agreement.hash)


def logo_address(agreement: Agreement | None) -> str:
    """Return where the logo of an agreement is; an empty text when it has none."""
    if not agreement or not agreement.style.picture:
        return ""
    return url_for("house_style.logo", digest=agreement.hash)


@pages.get("/huisstijl/<digest>.css")
@allow(Policy.PUBLIC)
def tokens(digest: str) -> Response:
    """Give the tokens that an agreement gives its own colour."""
    color = _agreement(digest).style.color
    if not color:
        abort(404)
    return Response(css(color), mimetype="text/css", headers={"Cache-Control": _FOR_A_YEAR})


@pages.get("/huisstijl/<digest>/logo")
@allow(Policy.PUBLIC)
def logo(digest: str) -> Response:
    """Give the logo of an agreement."""
    media_type, content = logo_of(_agreement(digest))
    if not content:
        abort(404)
    headers = {"Cache-Control": _FOR_A_YEAR, "Content-Security-Policy": "default-src 'none'; sandbox"}
    return Response(content, mimetype=media_type, headers=headers)


@lru_cache(maxsize=64)
def css(color: str) -> str:
    """Return the tokens for a colour, in light and in dark; each can be read."""
    light = f"--accent: {color}; --accent-ink: {_ink_on(color)}; --accent-soft: {_soft(color, PAPER)};"
    bright = _brighter(color)
    dark = f"--accent: {bright}; --accent-ink: {_ink_on(bright)}; --accent-soft: {_soft(bright, DARK_PAPER)};"
    return f":root {{ {light} }}\n@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"


def _brighter(color: str) -> str:
    """Return the colour, as much brighter as it has to be to read it in the dark, also on its own background."""
    bright = Color(color).convert("oklch")
    while bright["lightness"] < 1 and not _reads_in_the_dark(_hex(bright)):
        bright["lightness"] += 0.01
    return _hex(bright)


def _reads_in_the_dark(color: str) -> bool:
    grounds = (DARK_PAPER, DARK_CARD, _soft(color, DARK_PAPER))
    return all(Color(color).contrast(ground) >= LEAST_CONTRAST for ground in grounds)


def _soft(color: str, ground: str) -> str:
    """Return a background of the colour on which that colour itself can still be read."""
    share = _SOFT
    while share > 0:
        mixed = _hex(Color(ground).mix(color, share, space="srgb"))
        if Color(color).contrast(mixed) >= LEAST_CONTRAST:
            return mixed
        share -= 0.01
    return ground


def _ink_on(color: str) -> str:
    inks = ("#ffffff", DARK_PAPER)
    return max(inks, key=lambda ink: Color(ink).contrast(color))


def _hex(color: Color) -> str:
    return str(color.convert("srgb").fit().to_string(hex=True))


def _agreement(digest: str) -> Agreement:
    with reading(site().runtime.store) as register:
        found = site().runtime.library.sound_agreement(register, digest)
    return found if found is not None else abort(404)
