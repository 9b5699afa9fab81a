"""Phone numbers and e-mail addresses on a page: links that call or write, and that do not break over two lines."""

from __future__ import annotations

import re
from typing import Final

from flask import Flask
from markupsafe import Markup, escape

_PHONE: Final = (
    r"(?<![\w.,/+-])(?:\+\d{2,3}[ ]?|0)\d{1,3}(?:[ /]\d{2,3})(?:[ .]?\d{2,3}){1,4}(?![\w/,-]|\.\d)"
)
_EMAIL: Final = r"(?<![\w.+-])[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
_FOUND: Final = re.compile(f"(?P<email>{_EMAIL})|(?P<phone>{_PHONE})")
_DIGITS: Final = range(9, 14)
"""How many digits a phone number has: fewer are a day or a code, more an account."""


def install(app: Flask) -> None:
    """Give templates ``phone`` for a phone number, ``email`` for an address, and ``linked`` for a text with such."""
    app.jinja_env.filters.update(phone=phone, email=email, linked=linked)


def phone(number: str) -> Markup:
    """Return a phone number as a link that calls it."""
    dialled = "".join(sign for sign in number if sign.isdigit() or sign == "+")
    return Markup('<a class="whole" href="tel:{}">{}</a>').format(dialled, number)


def email(address: str) -> Markup:
    """Return an e-mail address as a link that writes to it."""
    return Markup('<a class="whole" href="mailto:{0}">{0}</a>').format(address)


def linked(text: str) -> Markup:
    """Return a text in which phone numbers and e-mail addresses are links. What may be something else stays text."""
    # Neither holds a sign that means something in markup, so what is found is never a part of a tag.
    return Markup(_FOUND.sub(_link, str(escape(text))))  # noqa: S704


def _link(found: re.Match[str]) -> str:
    if found["email"]:
        return str(email(found["email"]))
    digits = sum(sign.isdigit() for sign in found["phone"])
    return str(phone(found["phone"])) if digits in _DIGITS else found["phone"]
