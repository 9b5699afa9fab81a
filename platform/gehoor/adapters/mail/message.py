"""A message as mail programs know it."""

from __future__ import annotations

import hashlib
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from gehoor.core.dossier.events import parse_instant
from gehoor.services.ports.outside import MailError
from gehoor.services.ports.records import Message

_KEY_LENGTH = 32
_UNUSABLE = "het adres of het onderwerp kan niet in een mail staan"


def key_digest(message: Message) -> str:
    """Return a short text that stands for the key of a message: the same for each attempt to send it."""
    return digest_of(message.key)


def digest_of(key: str) -> str:
    """Return the short text that stands for a key."""
    return hashlib.sha256(key.encode()).hexdigest()[:_KEY_LENGTH]


def as_email(message: Message, sender: str) -> EmailMessage:
    """Write a message as an e-mail. Sent twice, it is the same mail: same Message-ID, same date.

    Raises ``MailError`` when an address or the subject cannot stand in a mail.
    """
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    mail = EmailMessage(policy=policy.SMTP)
    try:
        if not all(parseaddr(recipient)[1].count("@") == 1 for recipient in message.recipients):
            raise MailError(_UNUSABLE)
        mail["Message-ID"] = f"<{key_digest(message)}@{domain}>"
        mail["Date"] = format_datetime(parse_instant(message.created_at))
        mail["From"] = sender
        mail["To"] = ", ".join(message.recipients)
        mail["Subject"] = " ".join(message.subject.split())
        # So that no out-of-office reply answers a machine.
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(message.text)
        # Only in writing it out does the library find some things that it cannot.
        mail.as_bytes()
    except Exception as error:
        # What somebody typed, it chokes on in ways that it does not tell (IndexError, AttributeError, AssertionError).
        raise MailError(_UNUSABLE) from error
    return mail
