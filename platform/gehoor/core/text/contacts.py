"""E-mail addresses, web addresses, phone numbers: what is one, and when two are the same however they were written."""

from __future__ import annotations

import re
from typing import Final

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from gehoor.core.text.normalise import normalised

_PHONE_SIGNS: Final = re.compile(r"[0-9+()./\s\u00a0-]+")
_PHONE: Final = re.compile(
    _PHONE_SIGNS.pattern + r"(?:(?:x|ext\.?|toestel|poste)\s*[0-9]{1,6})?", re.IGNORECASE
)
_SIGN: Final = r"[^\s<>\"{}|\\^`]"
_NAME: Final = r"[^\s<>\"{}|\\^`/@:?#.]+"
_WEB: Final = re.compile(
    rf"https?://{_NAME}(?:\.{_NAME})+\.?(?::[0-9]{{1,5}})?(?:[/?#]{_SIGN}*)?", re.IGNORECASE
)
_FEWEST_DIGITS: Final = 8
"""A part of a phone number, or a year, is no phone number to look for."""
_MOST_DIGITS: Final = 15
_LAST_DIGITS: Final = 9
"""Of a number whose country is not known so many last digits tell it apart."""


def is_email(text: str) -> bool:
    """Say whether a text is one e-mail address that can be written to; no name server is asked."""
    try:
        found = validate_email(text, check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError:
        return False
    return "." in found.domain


def same_email(text: str) -> str:
    """Return what is the same for the same e-mail address: what follows a plus only sorts the mail of its owner."""
    name, at, domain = normalised(text.strip()).rpartition("@")
    return f"{name.partition('+')[0] or name}{at}{domain}"


def web_address(text: str) -> str | None:
    """Return the address of a website as a browser wants it; None for what is none. ``www.`` alone will do."""
    written = f"https://{text}" if text.lower().startswith("www.") else text
    return written if _WEB.fullmatch(written) else None


def is_phone(text: str, country: str) -> bool:
    """Say whether a text is one phone number, as written in a country (of two capitals) or with its own country.

    Only its length is judged: which numbers are in use changes."""
    if not _PHONE.fullmatch(text):
        return False
    if not country and not text.startswith(("+", "00")):
        return _FEWEST_DIGITS <= len(_digits(text)) <= _MOST_DIGITS
    number = _parsed(text, country)
    return number is not None and phonenumbers.is_possible_number(number)


def same_phone(text: str, country: str) -> str:
    """Return what is the same for the same phone number: +3292251122; empty when there is none."""
    number = _parsed(text, country)
    if number is None:
        return _digits(text)[-_LAST_DIGITS:]
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def phone_word(text: str) -> str:
    """Return the word by which a phone number is found, in whatever country: its digits without country or zero.

    Empty when it is none: it begins with a plus or a zero, as no year and no number of a dossier does."""
    if (
        not text.strip().startswith(("+", "0", "("))
        or not _PHONE_SIGNS.fullmatch(text)
        or len(_digits(text)) < _FEWEST_DIGITS
    ):
        return ""
    # Without its country, what a number begins with is a zero or nothing.
    number = _parsed(text, "") if text.strip().startswith(("+", "00")) else None
    return str(number.national_number) if number else _digits(text).lstrip("0")


def sample_phone(country: str) -> str:
    """Return a phone number that could be one in a country; without a country one with its own."""
    number = phonenumbers.example_number(country) if country else None
    if number is None:
        return "+32 2 123 45 67"
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _parsed(text: str, country: str) -> phonenumbers.PhoneNumber | None:
    if text.strip().startswith("00"):
        text = "+" + text.strip()[2:]
    try:
        return phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return None


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isascii() and sign.isdigit())
