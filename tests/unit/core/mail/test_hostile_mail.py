"""Whatever somebody sends is read, or refused in so many words; none of it takes long."""

from __future__ import annotations

import random

import pytest

from gehoor.core.mail.eml import read_eml
from gehoor.core.mail.html_text import MOST_STEPS, read_html, text_of_html
from gehoor.core.mail.model import LARGEST_MAIL, UnreadableMailError
from gehoor.core.mail.texts import REST
from tests.support.mails.machines import bounces
from tests.support.mails.people import mistaken, told

ABOVE = b"From: a@b.example\r\nSubject: x\r\n"
_DEEP = b"".join(
    b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (one, one) for one in range(50)
)
_SHALLOW = b"".join(
    b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (one, one) for one in range(12)
)
TANGLED = {
    "parts within parts": ABOVE + _DEEP + b"\r\nx",
    "long within parts": ABOVE + _SHALLOW + b"\r\nx" * 500_000,
    "e-mails within e-mails": ABOVE + b"Content-Type: message/rfc822\r\n\r\n" * 100,
    "parts without end": ABOVE
    + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    + b"--b\r\n\r\n" * 10_000,
    "many parts": ABOVE + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 1000,
    "a long kind": ABOVE + b"Content-Type: text/plain; " + b"a*0=b;" * 10_000 + b"\r\n\r\nx",
    "a long kind in many lines": ABOVE
    + b"Content-Type: text/plain;\r\n"
    + b" a*0=b;\r\n" * 10_000
    + b"\r\nx",
    "nothing but lines": ABOVE + b"\r\n" + b"\n" * 2_000_000,
    "lines without end": ABOVE + b"X: y\r\n" * 200_000 + b"\r\nx",
}


@pytest.mark.parametrize("content", TANGLED.values(), ids=TANGLED)
def test_what_was_made_to_be_hard_to_read_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableMailError, match="mail-tangled"):
        read_eml(content)


def test_what_no_server_would_take_is_not_looked_at() -> None:
    with pytest.raises(UnreadableMailError, match="mail-too-large"):
        read_eml(bytes(LARGEST_MAIL + 1))


@pytest.mark.parametrize(
    "content", [b"", b"\r\n\r\nDag", b"PK\x03\x04\x00", b"%PDF-1.4\n", b"Beste,\n\nWaar is mijn ring?"]
)
def test_what_is_no_email_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableMailError, match="mail-no-mail"):
        read_eml(content)


@pytest.mark.parametrize(
    "line", ["(" * 4000, '"' * 4000, "=?utf-8?q?" * 400, "<" * 4000, "a@" * 2000, "\udcff" * 4000]
)
def test_a_sender_that_is_none_keeps_nobody_from_reading_the_rest(line: str) -> None:
    found = read_eml(b"From: " + line.encode("utf-8", "surrogateescape") + b"\r\nSubject: x\r\n\r\nDag")
    assert (found.sender_address, found.text) == ("", "Dag")


def test_whatever_is_broken_in_an_email_it_is_read_or_refused() -> None:
    chance = random.Random(7)
    for one in [*told(), *mistaken(), *bounces()]:
        for _ in range(4):
            place = chance.randrange(len(one.content))
            broken = bytearray(one.content)
            broken[place : place + chance.randrange(40)] = chance.randbytes(chance.randrange(12))
            try:
                read_eml(bytes(broken))
            except UnreadableMailError as error:
                assert error.code.startswith("mail-")  # noqa: PT017 - either is right


@pytest.mark.parametrize(
    "piece",
    [
        "<a ",
        "<!--",
        "<a b='",
        "<a/",
        "</",
        "<",
        "&",
        "<script>",
        "<![CDATA[",
        "<?",
        "<svg>",
        "<p>",
        "< ",
        "&xxx",
    ],
)
def test_a_page_that_was_made_to_be_hard_to_read_is_read_all_the_same(piece: str) -> None:
    assert len(text_of_html(piece * 200_000)) <= len(piece) * 200_000


def test_no_more_tags_are_read_than_anybody_writes() -> None:
    told = read_html("<b>x" * (MOST_STEPS + 1))
    assert (len(told.text), told.whole) == (MOST_STEPS - 1, False)


def test_many_parts_together_are_read_as_far_as_one() -> None:
    page = b"Content-Type: text/html\r\n\r\n" + b"<p>" * 60_000 + b"\r\n"
    parts = b"".join(b"--b\r\n" + page for _ in range(12))
    found = read_eml(ABOVE + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + parts + b"--b--\r\n")
    assert found.unread == (REST,)
