"""What Outlook saves is read like what goes over the wire."""

from __future__ import annotations

import struct
from datetime import UTC, datetime

import pytest

from gehoor.core.mail.model import MailKind, UnreadableMailError
from gehoor.core.mail.reading import read_mail
from tests.support.mails.outlook import compound, saved
from tests.support.mails.people import PDF

SENT = datetime(2026, 5, 12, 7, 15, tzinfo=UTC)
WHO = {
    0x0042: "Hélène Dupré",
    0x5D02: "helene.dupre@voo.example",
    0x0037: "Trouwring",
    0x1000: "Dag,\r\n\r\nWaar is hij?\r\n",
}
LINES = (
    "From: =?utf-8?Q?H=C3=A9l=C3=A8ne?= <helene@voo.example>\r\nDate: Mon, 11 May 2026 09:15:00 +0200\r\n"
    "Received: from x by\r\n\ty; Tue, 12 May 2026 09:15:00 +0200\r\nMessage-ID: <a@voo.example>\r\n"
)


def test_who_sent_it_what_it_says_and_when() -> None:
    found = read_mail(saved(WHO, moments={0x0039: SENT, 0x0E06: SENT}))
    assert (found.sender_name, found.sender_address) == ("Hélène Dupré", "helene.dupre@voo.example")
    assert (found.subject, found.text) == ("Trouwring", "Dag,\n\nWaar is hij?")
    assert (found.kind, found.sent_at, found.received_at) == (MailKind.PERSON, SENT, SENT)


def test_what_the_servers_wrote_above_it_counts_first() -> None:
    found = read_mail(saved({**WHO, 0x007D: LINES}, moments={0x0039: SENT}))
    assert (found.sender_name, found.sender_address) == ("Hélène", "helene@voo.example")
    assert found.sent_at == datetime(2026, 5, 11, 7, 15, tzinfo=UTC)
    assert (found.received_at, found.message_id) == (SENT, "<a@voo.example>")


def test_texts_of_an_older_outlook() -> None:
    assert read_mail(saved(WHO, code_page=1252)).sender_name == "Hélène Dupré"


def test_an_address_within_the_organisation_is_none_to_write_to() -> None:
    found = read_mail(saved({**WHO, 0x5D02: "", 0x0065: "/O=LINDE/OU=EX/CN=RECIPIENTS/CN=HELENE"}))
    assert found.sender_address == ""


def test_a_page_is_read_where_there_is_no_text() -> None:
    found = read_mail(saved({**WHO, 0x1000: ""}, binaries={0x1013: "<p>Één<p>twee".encode()}))
    assert found.text == "Één\n\ntwee"


def test_files_come_along_and_an_email_within_is_told() -> None:
    found = read_mail(saved(WHO, files={"Brief.pdf": PDF * 200, "klein.txt": b"dag", "Doorgestuurd": None}))
    assert [(one.name, one.content) for one in found.files] == [
        ("Brief.pdf", PDF * 200),
        ("klein.txt", b"dag"),
    ]
    assert found.unread == ("Doorgestuurd",)


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("REPORT.IPM.Note.NDR", MailKind.BOUNCE),
        ("REPORT.IPM.Note.IPNRN", MailKind.AUTOMATIC),
        ("IPM.Note.Rules.OofTemplate.Microsoft", MailKind.AUTOMATIC),
        ("IPM.Note.SMIME.MultipartSigned", MailKind.PERSON),
    ],
)
def test_what_outlook_says_it_is(kind: str, told: MailKind) -> None:
    assert read_mail(saved({**WHO, 0x001A: kind})).kind is told


def test_what_is_no_email_is_refused() -> None:
    with pytest.raises(UnreadableMailError, match="mail-no-mail"):
        read_mail(compound({"WordDocument": b"x" * 5000}))
    with pytest.raises(UnreadableMailError, match="mail-no-mail"):
        read_mail(saved({**WHO, 0x001A: "IPF.Note"}))


def test_wherever_it_is_cut_off_it_is_read_or_refused() -> None:
    whole = saved(WHO, files={"Brief.pdf": PDF * 200})
    for length in range(0, len(whole), 101):
        _read_or_refused(whole[:length])


def test_whatever_is_broken_in_it_it_is_read_or_refused() -> None:
    whole = saved(WHO, files={"Brief.pdf": PDF})
    for place in range(0, len(whole), 37):
        _read_or_refused(whole[:place] + b"\xff\x00\x07" + whole[place + 3 :])


def _changed(place: int, value: int) -> bytes:
    """Return a file of which the table of its sectors goes round, with another number at a place."""
    content = bytearray(saved({**WHO, 0x1000: "Dag" * 2000}))
    (fat,) = struct.unpack_from("<I", content, 76)
    struct.pack_into("<I", content, 512 + 512 * fat + 4, 0)
    struct.pack_into("<I", content, place, value)
    return bytes(content)


def _size_of(name: str) -> int:
    """Return where stands how long a stream is."""
    content = saved({**WHO, 0x1000: "Dag" * 2000})
    return content.index(name.encode("utf-16-le")) + 120


@pytest.mark.parametrize(
    "place",
    [44, 64, 72, _size_of("Root Entry"), _size_of("__substg1.0_1000001F")],
    ids=lambda one: f"at {one}",
)
def test_what_says_it_is_longer_than_its_file_is_not_read_round_and_round(place: int) -> None:
    with pytest.raises(UnreadableMailError):
        read_mail(_changed(place, 0x7FFFFFFF))


def _read_or_refused(content: bytes) -> None:
    try:
        read_mail(content)
    except UnreadableMailError as error:
        assert error.code.startswith("mail-")  # noqa: PT017 - either is right


def test_a_text_that_is_only_a_stub_does_not_stand_for_the_page() -> None:
    stub = {**WHO, 0x1000: "Bekijk dit bericht in uw browser."}
    found = read_mail(saved(stub, binaries={0x1013: b"<p>Zij sloeg mijn moeder twee keer."}))
    assert "Zij sloeg mijn moeder twee keer." in found.text
