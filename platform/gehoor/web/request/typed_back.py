"""What somebody of the staff typed in a form that cannot be taken in, as what it was for is not there any more, or not
for them, or the session ended in which it was opened: it is given back with the answer, as nothing that is typed is
lost. It tells nothing but what they sent."""

from __future__ import annotations

import re
from typing import Final

from flask import g, request
from werkzeug.exceptions import RequestEntityTooLarge

_TOKEN: Final = "csrf_token"  # noqa: S105
SECRET: Final = frozenset({"code", "nieuwe-code", "wachtwoord", "oud", "nieuw", "herhaald"})
"""What is secret is in no page that comes back: it is typed again."""
_CARRIED: Final = frozenset(
    {
        *(_TOKEN, "terug", "verder", "naar", "sleutel", "versie", "gezien", "code-gezien", "gevraagd", "getoond"),
        *("hoofdstuk", "intern-hoofdstuk", "intern-eerder"),
        *("eerst", "eerder", "stond", "stond-tekst", "wat", "weg", "dossier", "organisatie", "afdeling", "taal"),
    }
)  # fmt: skip
"""What nobody types, but a page carries along."""
_MADE: Final = re.compile(r"[0-9a-f]{16,}")
"""By what a program knows something again."""


def typed_back() -> str:
    """Return what was typed in the form that is answered; nothing where a page of ours did not send it."""
    return "\n\n".join(
        text.strip()
        for name, text in _sent()
        if text.strip() and not _MADE.fullmatch(text.strip()) and name not in SECRET | _CARRIED
    )


def sent_back() -> list[tuple[str, str]]:
    """Return the fields of the form that is answered, to be sent once more as they are; none where a page of ours did
    not send it, or where something in it is secret and has to be typed again."""
    sent = _sent()
    return [] if {name for name, _text in sent} & SECRET else [one for one in sent if one[0] != _TOKEN]


def _sent() -> list[tuple[str, str]]:
    from_here = g.get("csrf_valid", False) or g.get("from_here", False)
    if request.method != "POST" or not from_here:
        return []
    try:
        return [*request.form.items(multi=True)]
    except RequestEntityTooLarge:
        return []
