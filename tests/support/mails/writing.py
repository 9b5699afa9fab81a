"""E-mails as programs send them, written sign by sign: what reads them is not what wrote them."""

from __future__ import annotations

import base64
import quopri
from dataclasses import dataclass, field
from datetime import UTC, datetime

from gehoor.core.mail.model import MailKind

SENT = datetime(2026, 5, 12, 7, 15, tzinfo=UTC)
DATE = "Tue, 12 May 2026 09:15:00 +0200"
RECEIVED = (
    "from mx1.provider.example by mail.delinde.example with ESMTPS id 4XyZ; Tue, 12 May 2026 09:15:42 +0200"
)


@dataclass(frozen=True)
class Written:
    """An e-mail, and what has to be read in it. What is None is not looked at."""

    name: str
    content: bytes
    kind: MailKind = MailKind.PERSON
    sender: tuple[str, str] | None = None
    subject: str | None = None
    text: str | None = None
    files: tuple[str, ...] = ()
    sent_at: datetime | None = SENT


@dataclass(frozen=True)
class Person:
    """Who writes."""

    name: str
    address: str


@dataclass(frozen=True)
class Story:
    """What somebody tells, in one language."""

    code: str
    person: Person
    subject: str
    paragraphs: tuple[str, ...]
    language: str = "nl"
    signature: str = ""

    @property
    def text(self) -> str:
        """All of it."""
        return "\n\n".join((*self.paragraphs, *filter(None, [self.signature])))


def word(text: str, charset: str = "utf-8", how: str = "q") -> str:
    """Return a text as it stands in a line above an e-mail."""
    if text.isascii():
        return text
    plain = text.encode(charset)
    if how == "b":
        return f"=?{charset}?B?{base64.b64encode(plain).decode()}?="
    safe = "".join(chr(one) if chr(one).isalnum() and one < 128 else f"={one:02X}" for one in plain)
    return f"=?{charset}?Q?{safe}?="


def mail(lines: dict[str, str], body: bytes, **more: str) -> bytes:
    """Return an e-mail with these lines above it; a line that is empty is left out."""
    above = {"Received": RECEIVED, "Date": DATE, "MIME-Version": "1.0", **lines, **more}
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in above.items() if value)
    return head.encode("utf-8", "surrogateescape") + b"\r\n" + body


def of(story: Story, charset: str = "utf-8", how: str = "q") -> dict[str, str]:
    """Return who a story is of, and what it is about."""
    return {
        "From": f"{word(story.person.name, charset, how)} <{story.person.address}>",
        "To": "klachten@delinde.example",
        "Subject": word(story.subject, charset, how),
        "Message-ID": f"<{story.code}.{charset}@{story.person.address.partition('@')[2]}>",
    }


def crlf(text: str) -> str:
    """Return a text with lines that end as on the wire."""
    return text.replace("\n", "\r\n")


def quoted(text: str, charset: str) -> bytes:
    """Return a text in signs that every server lets through."""
    return quopri.encodestring(crlf(text).encode(charset, "replace"))


def html_of(story: Story) -> str:
    """Return a story as Outlook writes it."""
    inside = "".join(f"<p class=MsoNormal>{one}<o:p></o:p></p>\n" for one in story.paragraphs)
    signature = story.signature.replace("\n", "<br>")
    return (
        "<html><head><title>Mail</title><style>p.MsoNormal{margin:0cm}</style></head><body lang=NL>\n"
        f"<!-- [if mso]><xml></xml><![endif] -->{inside}<p>{signature}</p></body></html>"
    )


def mixed(parts: list[bytes], boundary: str = "----=_Part_1_2", kind: str = "mixed") -> tuple[str, bytes]:
    """Return parts as one body, and the line that says so."""
    edge = f"--{boundary}".encode()
    body = b"".join(edge + b"\r\n" + part + b"\r\n" for part in parts) + edge + b"--\r\n"
    return f'multipart/{kind}; boundary="{boundary}"', body


def part(kind: str, content: bytes, **lines: str) -> bytes:
    """Return one part."""
    above = {"Content_Type": kind, **lines}
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in above.items())
    return head.encode("utf-8", "surrogateescape") + b"\r\n" + content


def attached(name: str, content: bytes, kind: str = "application/pdf", **lines: str) -> bytes:
    """Return a file as a part."""
    return part(
        kind,
        base64.encodebytes(content).replace(b"\n", b"\r\n"),
        Content_Transfer_Encoding="base64",
        **{"Content_Disposition": f'attachment; filename="{name}"', **lines},
    )


@dataclass
class Shelf:
    """Where e-mails are put as they are written."""

    all: list[Written] = field(default_factory=list)

    def put(self, name: str, content: bytes, **expected: object) -> None:
        """Put one there."""
        self.all.append(Written(name, content, **expected))  # type: ignore[arg-type]
