"""Reading an e-mail as Outlook keeps it: an ``.msg`` file, which is a small file system (MS-CFB) full of properties
(MS-OXMSG)."""

from __future__ import annotations

import io
import struct
from collections.abc import Collection, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Final

import olefile

from gehoor.core.mail.alternatives import all_of
from gehoor.core.mail.charsets import as_text, on_one_line
from gehoor.core.mail.headers import Headers, header_lines, usable_address
from gehoor.core.mail.kinds import kind_of
from gehoor.core.mail.model import LARGEST_MAIL, IncomingMail, MailFile, MailKind, UnreadableMailError
from gehoor.core.mail.texts import DECORATION, REST, MailTexts

BEGINS: Final = olefile.MAGIC
"""How each such file begins; so do other files of Office."""
_MOST_FILES: Final = 100
_PROPERTIES: Final = "__properties_version1.0"
_EPOCH: Final = datetime(1601, 1, 1, tzinfo=UTC)
_STRUCTURE: Final = (
    OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError,
    struct.error, RecursionError, MemoryError,
)  # fmt: skip
"""What goes wrong in a file that is broken."""

# Properties, as MS-OXPROPS names them.
_SUBJECT, _CLASS, _LINES, _BODY, _RTF, _HTML, _MESSAGE_ID = (
    0x0037,
    0x001A,
    0x007D,
    0x1000,
    0x1009,
    0x1013,
    0x1035,
)
_NAMES: Final = (0x0042, 0x0C1A)
_ADDRESSES: Final = (0x5D02, 0x5D01, 0x0065, 0x0C1F)
_SENT, _DELIVERED, _CODE_PAGES = 0x0039, 0x0E06, (0x3FDE, 0x3FFD)
_LONG_NAME, _SHORT_NAME, _DATA, _CONTENT_ID, _SHOWN_NAME = 0x3707, 0x3704, 0x3701, 0x3712, 0x3001
_HIDDEN: Final = 0x7FFE
_TEXT, _BYTES_TEXT, _BINARY, _TIME, _NUMBER, _TRUTH = 0x001F, 0x001E, 0x0102, 0x0040, 0x0003, 0x000B


def read_msg(content: bytes, own: Collection[str] = ()) -> IncomingMail:
    """Read an e-mail. ``own``: the addresses that our own messages come from. Raises ``UnreadableMailError``."""
    if len(content) > LARGEST_MAIL:
        raise UnreadableMailError("mail-too-large")
    try:
        if _claims_more(content):
            raise UnreadableMailError("mail-tangled")
        with closing(olefile.OleFileIO(io.BytesIO(content))) as kept:
            if kept.root.size > len(content):
                raise UnreadableMailError("mail-tangled")
            return _read(_Folder(_Kept(kept, 2 * len(content)), (), 32), own)
    except _STRUCTURE as error:
        raise UnreadableMailError("mail-no-mail") from error


def _claims_more(content: bytes) -> bool:
    """Say whether a file says that the tables it begins with are longer than it is: they could go round in circles."""
    (shift,) = struct.unpack_from("<H", content, 30)
    tables = sum(struct.unpack_from("<I", content, place)[0] for place in (44, 64, 72))
    return shift not in (9, 12) or tables << shift > len(content)


class _Kept:
    """The streams of a file. What they hold together is not much more than the file: each says itself how long it is,
    and may go round in circles for so long. ``left``: how many bytes may still be read."""

    def __init__(self, kept: olefile.OleFileIO, left: int) -> None:
        self._kept, self._left = kept, left

    def names(self) -> list[list[str]]:
        """Return the paths of all streams."""
        return list(self._kept.listdir())

    def read(self, path: str) -> bytes | None:
        """Return what a stream holds; None for none. Raises ``ValueError`` for more than can be."""
        if not self._kept.exists(path):
            return None
        self._left -= int(self._kept.get_size(path))
        if self._left < 0:
            raise ValueError("streams are longer than their file")
        with self._kept.openstream(path) as stream:
            return bytes(stream.read())


class _Folder:
    """The properties of an e-mail, or of a file with it. ``header``: what comes before those of a fixed length."""

    def __init__(self, kept: _Kept, path: tuple[str, ...], header: int) -> None:
        self.kept, self.path = kept, path
        self._fixed = dict(_fixed(self._stream(_PROPERTIES)[header:]))
        self._charset = next((f"cp{page}" for one in _CODE_PAGES if (page := self.number(one))), "")
        if self._charset == "cp65001":
            self._charset = "utf-8"

    def text(self, name: int) -> str:
        """Return a text; empty for none."""
        if found := self._stream(f"__substg1.0_{name:04X}{_TEXT:04X}"):
            return found.decode("utf-16-le", "replace")
        return as_text(self._stream(f"__substg1.0_{name:04X}{_BYTES_TEXT:04X}"), self._charset)

    def line(self, *names: int) -> str:
        """Return the first text that is there, in one line."""
        return next(filter(None, (on_one_line(self.text(name)) for name in names)), "")

    def data(self, name: int) -> bytes | None:
        """Return bytes; None for none."""
        return self.kept.read("/".join((*self.path, f"__substg1.0_{name:04X}{_BINARY:04X}")))

    def moment(self, name: int) -> datetime | None:
        """Return an instant; None for none."""
        found = self._fixed.get((name, _TIME))
        ticks = int.from_bytes(found, "little") if found else 0
        return _EPOCH + timedelta(microseconds=ticks // 10) if ticks else None

    def number(self, name: int) -> int:
        """Return a whole number; 0 for none."""
        found = self._fixed.get((name, _NUMBER))
        return int.from_bytes(found[:4], "little") if found else 0

    def is_true(self, name: int) -> bool:
        """Say whether something that is true or not, is."""
        return bool((self._fixed.get((name, _TRUTH)) or b"\0")[0])

    def _stream(self, name: str) -> bytes:
        return self.kept.read("/".join((*self.path, name))) or b""


def _fixed(content: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    for place in range(0, len(content) - 15, 16):
        kind, name = struct.unpack_from("<HH", content, place)
        yield (name, kind), content[place + 8 : place + 16]


def _read(folder: _Folder, own: Collection[str]) -> IncomingMail:
    kind = folder.line(_CLASS)
    if not kind.upper().startswith(("IPM.", "REPORT.")):
        raise UnreadableMailError("mail-no-mail")
    headers = Headers(header_lines(folder.text(_LINES)))
    name, address = headers.sender
    files, unread = _files(folder)
    reader = MailTexts()
    text = _text(folder, reader)
    if not text and folder.data(_RTF):
        unread.append("bericht.rtf")
    files.extend(reader.files)
    if not reader.whole:
        unread.append(REST)
    return IncomingMail(
        kind=_kind(kind.upper(), headers, own),
        sender_name=name or _shown_name(folder),
        sender_address=address or _address(folder),
        subject=folder.line(_SUBJECT)[:250],
        text=text,
        sent_at=headers.sent_at or folder.moment(_SENT),
        received_at=headers.received_at or folder.moment(_DELIVERED),
        message_id=headers.raw("message-id")[:250] or folder.line(_MESSAGE_ID)[:250],
        files=tuple(files),
        unread=tuple(unread),
    )


def _kind(message_class: str, headers: Headers, own: Collection[str]) -> MailKind:
    if message_class.startswith("REPORT."):
        return MailKind.BOUNCE if message_class.endswith(".NDR") else MailKind.AUTOMATIC
    if "OOFTEMPLATE" in message_class:
        return MailKind.AUTOMATIC
    of_whole = headers.raw("content-type")
    report = of_whole.partition("report-type=")[2].strip('"').partition(";")[0].strip('"')
    return kind_of(headers, of_whole.partition(";")[0].strip(), report, own)


def _address(folder: _Folder) -> str:
    return next(filter(None, (usable_address(folder.line(name)) for name in _ADDRESSES)), "")


def _shown_name(folder: _Folder) -> str:
    return next(
        (name[:120] for one in _NAMES if (name := folder.line(one).strip("\"' ")) and "@" not in name), ""
    )


def _text(folder: _Folder, reader: MailTexts) -> str:
    plain, page = folder.text(_BODY), _page(folder)
    needed = all_of(plain, MailTexts().of_page(page)) if plain.strip() and page.strip() else (True, True)
    read = [
        of(text)
        for wanted, of, text in zip(needed, (reader.of_text, reader.of_page), (plain, page), strict=True)
        if wanted and text
    ]
    return "\n\n".join(filter(None, read))


def _page(folder: _Folder) -> str:
    page = folder.data(_HTML)
    return folder.text(_HTML) if page is None else as_text(page, "utf-8")


def _stands_in_text(file: _Folder, page: str) -> bool:
    """Say whether a picture is part of the text: it is hidden among the files, or the text points at it."""
    cid = file.line(_CONTENT_ID)
    return bool(cid) and (file.is_true(_HIDDEN) or f"cid:{cid}" in page)


def _files(folder: _Folder) -> tuple[list[MailFile], list[str]]:
    files: list[MailFile] = []
    unread: list[str] = []
    page = _page(folder)
    roots = sorted({path[0] for path in folder.kept.names() if path[0].startswith("__attach_version1.0_")})
    for number, root in enumerate(roots[:_MOST_FILES], 1):
        one = _Folder(folder.kept, (root,), 8)
        name = one.line(_LONG_NAME, _SHORT_NAME, _SHOWN_NAME)[:250] or f"{number}.bin"
        content = one.data(_DATA)
        if content is None:
            # An e-mail within this one, or something that is kept elsewhere.
            unread.append(name)
        elif not (len(content) < DECORATION and _stands_in_text(one, page)):
            files.append(MailFile(name, content))
    if len(roots) > _MOST_FILES:
        unread.append(f"{len(roots) - _MOST_FILES} x")
    return files, unread
