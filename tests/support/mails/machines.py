"""E-mails that no person wrote: answers of machines, bounces, and our own messages that came back."""

from __future__ import annotations

from collections.abc import Iterator

from gehoor.core.mail.model import MailKind
from tests.support.mails.writing import Written, crlf, mail, mixed, part, word

OWN = "gehoor@delinde.example"
_AWAY = {
    "nl": (
        "Ik ben afwezig tot 1 juni",
        "Ik ben met verlof. Voor dringende zaken belt u mijn collega's.",
    ),
    "fr": (
        "Je suis absente jusqu'au 1er juin",
        "Je suis en congé. Mes collègues répondent à ma place.",
    ),
    "en": (
        "I am away until 1 June",
        "I am on leave until 1 June. For urgent matters please call my colleagues.",
    ),
}
_SUBJECTS = {
    "nl": ("Automatisch antwoord: Er is een bericht voor u", "Afwezigheidsbericht", "Afwezig: Re: bericht voor u",
           "Niet op kantoor: Uw klacht"),
    "fr": ("Réponse automatique : Un message pour vous", "Absence du bureau", "Message d'absence",
           "Absent: Re: Un message pour vous"),
    "en": ("Automatic reply: There is a message for you", "Out of Office: your complaint", "Auto-Reply",
           "Out of Office AutoReply: hello"),
}  # fmt: skip
_LINES: tuple[tuple[str, dict[str, str]], ...] = (
    ("as RFC 3834 asks", {"Auto-Submitted": "auto-replied", "Return-Path": "<>"}),
    ("generated", {"Auto-Submitted": 'auto-generated; owner-email="x@y.example"'}),
    ("Exchange", {"X-Auto-Response-Suppress": "All", "Auto-Submitted": "auto-generated"}),
    ("Outlook that suppresses", {"X-Auto-Response-Suppress": "OOF, AutoReply"}),
    ("bulk", {"Precedence": "bulk"}),
    ("junk", {"Precedence": "junk"}),
    ("a list", {"Precedence": "list", "List-Id": "<nieuws.zorg.example>"}),
    ("an old vacation program", {"Precedence": "auto_reply"}),
    ("X-Autoreply", {"X-Autoreply": "yes"}),
    ("X-Autorespond", {"X-Autorespond": "Vakantie"}),
    ("nobody who reads", {"From": "No Reply <no-reply@webwinkel.example>"}),
    ("a comment in the line", {"Auto-Submitted": "(out of office) auto-replied"}),
)


def automatic() -> Iterator[Written]:
    """Give what machines answer, in three languages."""
    for language, (subject, text) in _AWAY.items():
        above = {
            "From": f"Jan Janssens <jan.{language}@firma.example>", "To": OWN, "Subject": word(subject),
            "In-Reply-To": "<0123456789abcdef0123456789abcdef@delinde.example>",
            "Message-ID": f"<a.{language}@firma.example>",
            "Content-Type": "text/plain; charset=utf-8",
        }  # fmt: skip
        body = crlf(text).encode()
        for name, lines in _LINES:
            yield Written(f"{language}: {name}", mail({**above, **lines}, body), MailKind.AUTOMATIC)
        for said in _SUBJECTS[language]:
            yield Written(
                f"{language}: {said}", mail({**above, "Subject": word(said)}, body), MailKind.AUTOMATIC
            )
    kind, body = mixed([part("text/plain", b"Gelezen."), part("message/disposition-notification", b"Disposition: x")],
                       kind="report; report-type=disposition-notification")  # fmt: skip
    yield Written("read", mail({"From": "a@b.example", "Subject": "Gelezen: antwoord"}, body, Content_Type=kind),
                  MailKind.AUTOMATIC)  # fmt: skip


_SERVERS = (
    (
        "Postfix",
        "MAILER-DAEMON@mx.delinde.example (Mail Delivery System)",
        "Undelivered Mail Returned to Sender",
    ),
    (
        "Exim",
        "Mail Delivery System <Mailer-Daemon@mx.host.example>",
        "Mail delivery failed: returning message to sender",
    ),
    ("Exchange", "postmaster@firma.example", "Onbestelbaar: Er is een bericht voor u"),
    ("Exchange in French", "postmaster@societe.example", "Non remis : Un message pour vous"),
    (
        "Google",
        "Mail Delivery Subsystem <mailer-daemon@googlemail.example>",
        "Delivery Status Notification (Failure)",
    ),
    ("qmail", "MAILER-DAEMON@qmail.example", "failure notice"),
)


def bounces() -> Iterator[Written]:
    """Give what mail servers say that does not arrive, with and without what RFC 3464 asks."""
    said = b"The address nobody@firma.example was not found."
    status = part(
        "message/delivery-status",
        b"Reporting-MTA: dns; mx.host.example\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n",
    )
    sent = part(
        "message/rfc822", b"From: gehoor@delinde.example\r\nSubject: Er is een bericht voor u\r\n\r\nDag\r\n"
    )
    for name, sender, subject in _SERVERS:
        above = {
            "Return-Path": "<>",
            "From": sender,
            "To": OWN,
            "Subject": word(subject),
            "Message-ID": f"<b@{name[:4]}.example>",
        }
        kind, body = mixed(
            [part("text/plain", said), status, sent], kind="report; report-type=delivery-status"
        )
        yield Written(f"{name}, as it should", mail(above, body, Content_Type=kind), MailKind.BOUNCE)
        yield Written(f"{name}, in words only", mail(above, said), MailKind.BOUNCE)
        yield Written(
            f"{name}, to be tried again", mail({**above, "Auto-Submitted": "auto-replied"}, body, Content_Type=kind),
            MailKind.BOUNCE,
        )  # fmt: skip
    above = {
        "From": "Web <web@host.example>",
        "Subject": "Failed",
        "X-Failed-Recipients": "nobody@firma.example",
    }
    yield Written("only the address that failed", mail(above, said), MailKind.BOUNCE)
    above = {"From": "Iemand <iemand@host.example>", "Subject": "Klacht", "Return-Path": "<>"}
    yield Written("nobody to tell when it fails", mail(above, said), MailKind.BOUNCE)


def own() -> Iterator[Written]:
    """Give messages of ours that came back to us."""
    ours = {
        "From": OWN, "To": "klachten@delinde.example", "Subject": "Termijn verstreken: BEU-2026-0001",
        "Message-ID": "<0123456789abcdef0123456789abcdef@delinde.example>", "Auto-Submitted": "auto-generated",
    }  # fmt: skip
    yield Written("sent to ourselves", mail(ours, b"Dag"), MailKind.OWN)
    yield Written(
        "passed on by a server", mail({**ours, "Resent-From": "els@delinde.example"}, b"Dag"), MailKind.OWN
    )
    yield Written(
        "under another name", mail({**ours, "From": "Els <els@delinde.example>"}, b"Dag"), MailKind.OWN
    )
    yield Written(
        "with another number", mail({**ours, "Message-ID": "<x@relay.example>"}, b"Dag"), MailKind.OWN
    )
    above = {
        "From": f"Klachtendienst <{OWN}>",
        "Subject": "Fwd: klacht aan het onthaal",
        "Message-ID": "<y@delinde.example>",
    }
    yield Written("a colleague writes from our address", mail(above, b"Zie hieronder."), MailKind.PERSON)
