"""The lines above an e-mail: who sent it, when, about what. Read as far as they can be, bounded, never trusted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.errors import MessageError
from email.header import decode_header
from email.utils import parseaddr, parsedate_to_datetime
from typing import Final

from gehoor.core.mail.charsets import as_text, on_one_line

_LONGEST: Final = 4000
"""How many signs of a line are looked at: reading some lines takes time by the square of their length."""
_MOST: Final = 200
_LONGEST_NAME: Final = 120
_LONGEST_SUBJECT: Final = 250
_ADDRESS: Final = re.compile(r"[^\s@<>\"(),:;\[\]\\]{1,64}@[^\s@<>\"(),:;\[\]\\]{1,189}")
_ROBOTS: Final = re.compile(
    r"(do[-_.]?not[-_.]?reply|no[-_.]?reply|niet[-_.]?(be)?antwoorden|geen[-_.]?antwoord|ne[-_.]?pas[-_.]?repondre)"
)
_EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)


class Headers:
    """The lines above an e-mail, by name."""

    def __init__(self, lines: Iterable[tuple[str, str]]) -> None:
        self._lines: dict[str, list[str]] = {}
        for number, (name, value) in enumerate(lines):
            if number == _MOST:
                break
            self._lines.setdefault(name.lower(), []).append(str(value)[:_LONGEST])

    def __contains__(self, name: str) -> bool:
        return name in self._lines

    def raw(self, name: str) -> str:
        """Return the first line of this name, in small letters and without what is said between brackets."""
        return re.sub(r"\([^()]*\)", " ", on_one_line(self._first(name))).strip().lower()

    def text(self, name: str) -> str:
        """Return the first line of this name as people read it."""
        return on_one_line("".join(_decoded(self._first(name))))

    @property
    def subject(self) -> str:
        """What it is about."""
        return self.text("subject")[:_LONGEST_SUBJECT].strip()

    @property
    def sender(self) -> tuple[str, str]:
        """The name and the address of who wrote it; each empty when there is none that can be used. Where a website
        sent what somebody filled in, that is who answers go to."""
        written = self._person("from") if self._first("from").strip() else self._person("sender")
        answered = self._person("reply-to")
        return answered if answered[1] and (not written[1] or is_robot(written[1])) else written

    def _person(self, line_name: str) -> tuple[str, str]:
        line = self._first(line_name)
        try:
            name, address = parseaddr(" ".join(line.split()))
        except (RecursionError, ValueError, IndexError):
            return "", ""
        shown = on_one_line("".join(_decoded(name))).strip("\"' ")[:_LONGEST_NAME].strip()
        address = usable_address(address)
        return ("" if shown.lower() == address.lower() or "@" in shown else shown), address

    @property
    def sent_at(self) -> datetime | None:
        """When it was sent, by whoever sent it."""
        return instant_in(self._first("date"))

    @property
    def received_at(self) -> datetime | None:
        """When the last server got it that says so."""
        return instant_in(self._first("received").rpartition(";")[2])

    def named(self) -> Mapping[str, list[str]]:
        """Return all lines, by name in small letters."""
        return self._lines

    def _first(self, name: str) -> str:
        return self._lines.get(name, [""])[0]


def is_robot(address: str) -> bool:
    """Say whether an address tells that nobody reads what is written to it."""
    return _ROBOTS.fullmatch(address.partition("@")[0].lower()) is not None


def usable_address(given: str) -> str:
    """Return an address that can be written to; empty when this is none."""
    plain = on_one_line("".join(_decoded(given)))
    return plain if _ADDRESS.fullmatch(plain) and "." in plain.rpartition("@")[2] else ""


def instant_in(line: str) -> datetime | None:
    """Return the instant that a line tells, in UTC; None for none, and for one that no e-mail can be of."""
    try:
        found = parsedate_to_datetime(" ".join(line.split())[:100])
        # Without a zone it is said to be UTC, from somewhere unknown.
        moment = found.replace(tzinfo=UTC) if found.tzinfo is None else found
        if abs(moment.utcoffset() or timedelta()) > timedelta(hours=15):
            return None
        moment = moment.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return moment if moment >= _EARLIEST else None


def header_lines(block: str) -> Iterator[tuple[str, str]]:
    """Give the lines of a block of headers, those that go on in one."""
    name, value = "", ""
    for line in block[: _LONGEST * _MOST].splitlines():
        if line[:1] in (" ", "\t") and name:
            value = f"{value} {line.strip()}" if len(value) < _LONGEST else value
            continue
        if name:
            yield name, value
        name, _, value = line.partition(":")
        name, value = (name.strip(), value.strip()) if " " not in name.strip() else ("", "")
    if name:
        yield name, value


def _decoded(line: str) -> Iterator[str]:
    """Give the parts of a line: encoded words as what they say."""
    try:
        parts = decode_header(line)
    except (MessageError, ValueError, UnicodeError):
        parts = [(line, None)]
    for part, charset in parts:
        if isinstance(part, bytes):
            yield as_text(part, charset or "")
        else:
            # What is not ASCII and does not say what it is, came through as single bytes.
            yield as_text(part.encode("utf-8", "surrogateescape"), "")
