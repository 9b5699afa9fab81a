"""Who or what wrote an e-mail: a person, or a machine that nobody wants an answer from.

By what RFC 3834 and RFC 3464 say, and by what the usual programs do instead. In doubt it is a person: what a machine
wrote and becomes a dossier is a nuisance, a complaint that is put aside is lost.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from gehoor.core.mail.headers import Headers, is_robot
from gehoor.core.mail.model import MailKind

_DAEMONS: Final = ("mailer-daemon", "mail-daemon", "maildaemon")
_ROBOT_LINES: Final = ("x-autoreply", "x-autorespond", "x-autoresponse", "x-autoreply-from")
_BULK: Final = frozenset({"bulk", "junk", "list", "auto_reply", "auto-reply"})
_ABSENT: Final = re.compile(
    r"""
    (re\ ?:\ )?
    (
      (
        automatisch(e)?\ (antwoord|reactie|beantwoording)
      | afwezigheids(bericht|melding|assistent)
      | (ik\ ben\ )?(momenteel\ )?(niet\ op|buiten|uit)\ kantoor
      | r[eé]ponse\ automatique
      | (absence|absent)\ du\ bureau
      | message\ d['’]absence
      | automatic\ (reply|response)
      | auto[- ]?(reply|response)
      | out\ of\ (the\ )?office(\ (auto[- ]?)?reply)?
      | automatische\ antwort
      | abwesenheitsnotiz
      | vacation\ reply
      )\s*(:.*|\[.*|\(.*|)
    | (afwezig|afwezigheid|absence|absent|vacation)\s*(:\s*(re|antw|aw|tr|fw|fwd)\b.*|)
    )$""",
    re.VERBOSE | re.IGNORECASE,
)
"""Subjects of absence: who complains of an absence says more, or writes it otherwise."""
_OURS: Final = re.compile(r"<[0-9a-f]{32}@([^<>@\s]+)>")
"""What ``adapters/mail/message.py`` calls our own messages."""


def kind_of(headers: Headers, content_type: str, report: str, own: Collection[str] = ()) -> MailKind:
    """Return who or what wrote an e-mail with these lines above it.

    ``content_type``: of the whole, as ``multipart/report``; ``report``: of what, if it is one; ``own``: the addresses
    that our own messages come from.
    """
    address = headers.sender[1].lower()
    if _is_own(headers, address, {one.lower() for one in own}):
        return MailKind.OWN
    if _is_bounce(headers, address, content_type, report):
        return MailKind.BOUNCE
    if _is_automatic(headers, address, content_type):
        return MailKind.AUTOMATIC
    if headers.raw("return-path") == "<>":
        # Nobody is to hear of it when it does not arrive: no person sends so.
        return MailKind.BOUNCE
    return MailKind.PERSON


def _is_own(headers: Headers, address: str, own: Collection[str]) -> bool:
    """Our messages say what they are. Colleagues who write from the same address do not."""
    ours = _OURS.fullmatch(headers.raw("message-id"))
    if ours and any(one.rpartition("@")[2] == ours[1] for one in own):
        return True
    return address in own and _submitted(headers) not in ("", "no")


def _is_bounce(headers: Headers, address: str, content_type: str, report: str) -> bool:
    local = address.partition("@")[0]
    return (
        (content_type == "multipart/report" and report in ("delivery-status", ""))
        or "x-failed-recipients" in headers
        or local in _DAEMONS
        or (not address and headers.raw("from").strip('<>" ').startswith(_DAEMONS))
        or (local == "postmaster" and headers.raw("return-path") == "<>")
    )


def _is_automatic(headers: Headers, address: str, content_type: str) -> bool:
    suppress = {one.strip() for one in headers.raw("x-auto-response-suppress").split(",")}
    return (
        _submitted(headers) not in ("", "no")
        or bool(suppress & {"all", "autoreply", "oof"})
        or headers.raw("precedence") in _BULK
        or content_type == "multipart/report"
        or any(name in headers for name in _ROBOT_LINES)
        or is_robot(address)
        or _ABSENT.match(headers.subject) is not None
    )


def _submitted(headers: Headers) -> str:
    return headers.raw("auto-submitted").partition(";")[0].strip()
