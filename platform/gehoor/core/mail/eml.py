"""Reading an e-mail as it goes over the wire: an ``.eml`` file, or what a mailbox holds."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from email import policy
from email.message import Message
from email.parser import BytesParser
from typing import Final

from gehoor.core.mail.alternatives import all_of
from gehoor.core.mail.charsets import on_one_line
from gehoor.core.mail.headers import Headers
from gehoor.core.mail.kinds import kind_of
from gehoor.core.mail.knots import is_tangled
from gehoor.core.mail.model import LARGEST_MAIL, IncomingMail, MailFile, UnreadableMailError
from gehoor.core.mail.texts import DECORATION, REST, MailTexts

_DEEPEST: Final = 20
"""How many parts may lie within each other: more is nobody's e-mail."""
_MOST_PARTS: Final = 200
_KNOWN: Final = frozenset(
    {"from", "to", "subject", "date", "received", "message-id", "mime-version", "return-path"}
)
_NAMES: Final = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf", "message/rfc822": "eml"}
_ENCODINGS: Final = frozenset(
    {"", "7bit", "8bit", "binary", "base64", "quoted-printable", "x-uuencode", "uuencode", "uue", "x-uue"}
)
_PACKED: Final = "application/ms-tnef"


def read_eml(content: bytes, own: Collection[str] = ()) -> IncomingMail:
    """Read an e-mail. ``own``: the addresses that our own messages come from. Raises ``UnreadableMailError``."""
    if len(content) > LARGEST_MAIL:
        raise UnreadableMailError("mail-too-large")
    if is_tangled(content):
        raise UnreadableMailError("mail-tangled")
    try:
        # Lines that nobody asks for are not looked into: reading them all takes long where they are long.
        message = BytesParser(policy=policy.compat32).parsebytes(content)
        return _read(message, own)
    except RecursionError as error:
        raise UnreadableMailError("mail-tangled") from error
    except UnreadableMailError:
        raise
    except Exception as error:
        # The library reads what people send, and stumbles over some of what they do not.
        raise UnreadableMailError("mail-no-mail") from error


def _read(message: Message, own: Collection[str]) -> IncomingMail:
    headers = Headers((name, str(value)) for name, value in message.raw_items())
    if not _KNOWN & headers.named().keys():
        raise UnreadableMailError("mail-no-mail")
    parts = _Parts()
    parts.take(message, 0)
    parts.end()
    name, address = headers.sender
    return IncomingMail(
        kind=kind_of(headers, message.get_content_type(), _report(message), own),
        sender_name=name,
        sender_address=address,
        subject=headers.subject,
        text=parts.text,
        sent_at=headers.sent_at,
        received_at=headers.received_at,
        message_id=headers.raw("message-id")[:250],
        files=tuple(parts.files),
        unread=tuple(parts.unread),
    )


class _Parts:
    """The texts and the files of an e-mail, as they are found."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._reader = MailTexts()
        self._read: dict[int, str] = {}
        self._aside = MailTexts()
        self._glanced: dict[int, str] = {}
        self._pages: list[bytes] = []
        self._small: list[tuple[str, MailFile]] = []
        self.files: list[MailFile] = []
        self.unread: list[str] = []
        self._seen = 0

    @property
    def text(self) -> str:
        """All that was written, as one text."""
        return "\n\n".join(filter(None, self._texts))

    def end(self) -> None:
        """Decide, once all was seen, what could only be told then."""
        for cid, file in self._small:
            # A small picture that a text points at is part of a signature; nobody points at what somebody attached.
            if not any(cid.encode() in page for page in self._pages):
                self.files.append(file)
        self.files.extend(self._reader.files)
        if not (self._reader.whole and self._aside.whole):
            self.unread.append(REST)

    def take(self, part: Message, depth: int) -> None:
        self._seen += 1
        if depth > _DEEPEST or self._seen > _MOST_PARTS:
            raise UnreadableMailError("mail-tangled")
        if part.get_content_type() == "multipart/alternative" and part.is_multipart():
            self._take_best(part, depth)
        elif part.get_content_maintype() == "multipart" and part.is_multipart():
            for one in _inside(part):
                self.take(one, depth + 1)
        elif _is_text(part):
            self._texts.append(self._text(part))
        elif part.get_content_maintype() == "multipart":
            self._take_torn(part)
        else:
            self._take_file(part)

    def _take_torn(self, part: Message) -> None:
        """Take parts that cannot be told apart as the text they are, and tell that somebody has to look."""
        torn = part.get_payload()
        if isinstance(torn, str) and torn.strip():
            self._texts.append(self._reader.plain(torn.encode("utf-8", "surrogateescape"), ""))
            self.unread.append(REST)

    def _text(self, part: Message) -> str:
        if id(part) not in self._read:
            content = part.get_payload(decode=True)
            if _subtype(part) == "html" and isinstance(content, bytes):
                self._pages.append(content)
            self._read[id(part)] = _read_by(self._reader, part)
        return self._read[id(part)]

    def _glance(self, part: Message) -> str:
        """Return what stands in the texts of a part, to hold it beside another. Each is looked into once, however many
        lie within each other."""
        texts = [one for one in part.walk() if _is_text(one)]
        pages = [one for one in texts if _subtype(one) == "html"]
        for one in pages or texts:
            if id(one) not in self._glanced:
                self._glanced[id(one)] = _read_by(self._aside, one)
        return "\n".join(self._glanced[id(one)] for one in pages or texts)

    def _take_best(self, part: Message, depth: int) -> None:
        """Take of texts that say the same the plain one; of those that do not, what is needed for all that they say; of
        the others only the files."""
        inside = list(_inside(part))
        plain = next(
            (one for one in inside if _is_text(one) and _subtype(one) == "plain" and self._glance(one)), None
        )
        page = next((one for one in reversed(inside) if one is not plain and _has_text(one)), None)
        taken = [one for one in (plain, page) if one is not None]
        if plain is not None and page is not None:
            needed = all_of(self._glance(plain), self._glance(page))
            taken = [one for one, wanted in zip(taken, needed, strict=True) if wanted]
        for one in inside:
            if one in taken:
                self.take(one, depth + 1)
            elif not _is_text(one):
                before = len(self._texts)
                self.take(one, depth + 1)
                del self._texts[before:]
            elif isinstance(content := one.get_payload(decode=True), bytes):
                self._pages.append(content)

    def _take_file(self, part: Message) -> None:
        kind = part.get_content_type()
        number = len(self.files) + len(self.unread) + 1
        name = _file_name(part) or f"{number}.{_NAMES.get(kind, _subtype(part))}"
        encoding = str(part.get("content-transfer-encoding", "")).strip().lower()
        content = b"" if part.is_multipart() else part.get_payload(decode=True)
        if (
            kind == _PACKED
            or part.is_multipart()
            or encoding not in _ENCODINGS
            or not isinstance(content, bytes)
        ):
            self.unread.append(name)
        elif (cid := _small_cid(part, content)) and part.get_content_disposition() != "inline":
            self._small.append((cid, MailFile(name, content)))
        elif cid:
            # A picture that says itself that it stands in the text.
            return
        else:
            self.files.append(MailFile(name, content))


def _read_by(reader: MailTexts, part: Message) -> str:
    content = part.get_payload(decode=True)
    read = reader.page if _subtype(part) == "html" else reader.plain
    charset = str(part.get_param("charset", "") or "")
    return read(content, charset) if isinstance(content, bytes) else ""


def _inside(part: Message) -> Iterator[Message]:
    for one in part.get_payload():
        if isinstance(one, Message):
            yield one


def _is_text(part: Message) -> bool:
    return (
        part.get_content_type() in ("text/plain", "text/html")
        and not part.is_multipart()
        and part.get_content_disposition() != "attachment"
        and not _file_name(part)
    )


def _has_text(part: Message) -> bool:
    return _is_text(part) or (part.is_multipart() and any(_is_text(one) for one in part.walk()))


def _subtype(part: Message) -> str:
    return re.sub(r"[^a-z0-9]", "", part.get_content_subtype())[:10] or "bin"


def _file_name(part: Message) -> str:
    try:
        found = part.get_filename()
    except (ValueError, LookupError, TypeError, UnicodeError):
        return ""
    # Some programs write encoded words where the name stands.
    return on_one_line(Headers([("name", found)]).text("name"))[:250] if found else ""


def _small_cid(part: Message, content: bytes) -> str:
    """Return by what a text points at a small picture; empty for what is no such thing."""
    if (
        part.get_content_maintype() != "image"
        or len(content) >= DECORATION
        or part.get_content_disposition() == "attachment"
    ):
        return ""
    return "cid:" + on_one_line(str(part.get("content-id", ""))).strip("<> ") if "content-id" in part else ""


def _report(message: Message) -> str:
    return str(message.get_param("report-type", "") or "").lower()
