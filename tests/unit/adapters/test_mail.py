"""Mail goes out once, or says briefly why not; as a file or through a server."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from gehoor.adapters.mail.file import FileMailer
from gehoor.adapters.mail.smtp import SmtpMailer
from gehoor.bootstrap import SetupError
from gehoor.bootstrap.mail import mailer
from gehoor.services.ports.outside import MailError, MailServerError, PartlySentError
from gehoor.services.ports.records import Message
from tests.support.patience import PATIENCE
from tests.support.smtp_sink import END, GREETING, SILENCE, listening

MESSAGE = Message(
    key="d1/late/registratie/1",
    dossier="d1",
    organisation="o",
    department="a",
    role="r",
    recipients=("els@voorbeeld.example", "koen@voorbeeld.example"),
    subject="Dossier BEU-2026-0001 is te laat: registratie volledig maken op de afdeling",
    text="Beste Els,\n\nDe registratie had één dag geleden klaar moeten zijn.\n.\n",
    created_at="2026-03-05T00:00:00.000000Z",
)
SENDER = "Gehoor <gehoor@delinde.example>"


def smtp(port: int, **options: str) -> SmtpMailer:
    return SmtpMailer(host="127.0.0.1", port=port, sender=SENDER, timeout=PATIENCE, **options)


def send(post: SmtpMailer, *messages: Message) -> None:
    with post.connection() as connection:
        for message in messages:
            connection.send(message)


def read(text: str | bytes) -> EmailMessage:
    content = text.encode() if isinstance(text, str) else text
    return email.message_from_bytes(content, policy=email.policy.default)


def test_a_message_arrives_as_it_was_written() -> None:
    with listening() as sink:
        send(smtp(sink.port), MESSAGE)
    mail = read(sink.messages[0])
    assert mail["To"] == ", ".join(MESSAGE.recipients)
    assert mail["From"] == SENDER
    assert mail["Subject"].strip() == MESSAGE.subject
    assert mail["Date"].datetime.isoformat() == "2026-03-05T00:00:00+00:00"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "één dag geleden" in mail.get_content()
    assert [line.casefold() for line in sink.commands if line.casefold().startswith("rcpt")] == [
        f"rcpt to:<{address}>" for address in MESSAGE.recipients
    ]


def test_the_message_id_stays_the_same_and_is_nobody_elses() -> None:
    with listening() as sink:
        for message in (MESSAGE, replace(MESSAGE, attempts=3), replace(MESSAGE, key="d2/late/registratie/1")):
            send(smtp(sink.port), message)
    first, again, other = (read(message)["Message-ID"] for message in sink.messages)
    assert first == again != other
    assert first.endswith("@delinde.example>")
    assert "d1" not in first.partition("@")[0]


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ({"RCPT": "550 no such user"}, "weigert elk adres (550)"),
        ({"MAIL": "451 later"}, "weigert het bericht (451)"),
        ({END: "554 spam"}, "weigert het bericht (554)"),
        ({END: ""}, "brak het verzenden af"),
        ({"DATA": ""}, "brak het verzenden af"),
        ({f"rcpt TO:<{MESSAGE.recipients[0]}>": "450 greylisted"}, "weigert een adres (450)"),
    ],
    ids=["recipients", "sender", "content", "dies after data", "dies before data", "greylisting"],
)
def test_what_goes_wrong_is_said_briefly(script: dict[str, str], said: str) -> None:
    with listening(script) as sink, pytest.raises(MailError) as caught:
        send(smtp(sink.port), MESSAGE)
    assert said in str(caught.value)
    assert len(str(caught.value)) < 80


@pytest.mark.parametrize("answer", ["550 gone", "452 mailbox full"])
def test_who_is_left_when_some_have_it(answer: str) -> None:
    with (
        listening({f"rcpt TO:<{MESSAGE.recipients[0]}>": answer}) as sink,
        pytest.raises(PartlySentError) as caught,
    ):
        send(smtp(sink.port), MESSAGE)
    assert len(sink.messages) == 1
    assert caught.value.left == MESSAGE.recipients[:1]


@pytest.mark.parametrize("word", ["MAIL", "RCPT", "DATA", END])
def test_a_server_that_is_too_busy_is_gone_for_every_message(word: str) -> None:
    with listening({word: "421 too busy"}) as sink, pytest.raises(MailServerError):
        send(smtp(sink.port), MESSAGE)


def test_a_server_that_took_the_message_and_hangs_up_has_it() -> None:
    with listening({"QUIT": ""}) as sink:
        send(smtp(sink.port), MESSAGE)
    assert len(sink.messages) == 1


THREE = [replace(MESSAGE, key=f"d{number}/late/registratie/1") for number in range(3)]


def test_many_messages_go_over_one_connection() -> None:
    with listening() as sink:
        send(smtp(sink.port), *THREE)
    assert (len(sink.messages), sink.connections) == (3, 1)


def test_nobody_is_called_before_there_is_something_to_send() -> None:
    with listening() as sink:
        send(smtp(sink.port))
    assert sink.connections == 0


def test_a_server_that_hangs_up_after_each_message_is_called_again() -> None:
    with listening(most=1) as sink:
        send(smtp(sink.port), *THREE)
    assert (len(sink.messages), sink.connections) == (3, 3)


@pytest.mark.parametrize("script", [{"RCPT": "550 no such user"}, {END: "554 spam"}, {END: ""}])
def test_a_message_that_is_refused_or_cut_off_does_not_keep_the_others(script: dict[str, str]) -> None:
    with listening(script) as sink, smtp(sink.port).connection() as connection:
        with pytest.raises(MailError):
            connection.send(THREE[0])
        sink.script = {}
        connection.send(THREE[1])
    assert [read(message)["Subject"].strip() for message in sink.messages] == [MESSAGE.subject]


@pytest.mark.parametrize(
    "script", [{GREETING: SILENCE}, {"EHLO": SILENCE}, {"MAIL": SILENCE}, {GREETING: "421 busy"}], ids=str
)
def test_a_server_that_is_silent_or_busy_is_gone_for_every_message(script: dict[str, str]) -> None:
    with listening(script) as sink:
        post = SmtpMailer(host="127.0.0.1", port=sink.port, sender=SENDER, timeout=0.05)
        with pytest.raises(MailServerError):
            send(post, MESSAGE)
    assert sink.messages == []


def test_no_server_at_all() -> None:
    with listening() as sink:
        port = sink.port
    with pytest.raises(MailError, match="niet te bereiken"):
        send(smtp(port), MESSAGE)


def test_starttls_that_is_offered_is_used() -> None:
    with listening({"EHLO": "250-sink\r\n250 STARTTLS", "STARTTLS": "454 not now"}) as sink:
        with pytest.raises(MailError):
            send(smtp(sink.port), MESSAGE)
        assert "STARTTLS" in sink.commands
    assert sink.messages == []


def test_a_password_that_is_refused_is_not_told() -> None:
    with (
        listening({"EHLO": "250-sink\r\n250 AUTH PLAIN", "AUTH": "535 no"}) as sink,
        pytest.raises(MailError) as caught,
    ):
        send(smtp(sink.port, user="els", password="geheim"), MESSAGE)
    assert "535" in str(caught.value)
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("address", ["els@voorbeeld.example\nBcc: x@y.example", "", "één@voorbeeld.example"])
def test_an_address_that_cannot_be_used_is_a_mail_error(address: str) -> None:
    with listening() as sink, pytest.raises(MailError) as caught:
        send(smtp(sink.port), replace(MESSAGE, recipients=(address,)))
    assert len(str(caught.value)) < 80
    assert sink.messages == []


def test_files_one_for_each_message(tmp_path: Path) -> None:
    box = FileMailer(tmp_path / "outbox", SENDER)
    for message in (MESSAGE, MESSAGE, replace(MESSAGE, key="../../x")):
        box.send(message)
    files = sorted((tmp_path / "outbox").iterdir())
    assert [file.suffix for file in files] == [".eml", ".eml"]
    assert all(file.stat().st_mode & 0o077 == 0 for file in files)
    assert {read(file.read_bytes())["Subject"].strip() for file in files} == {MESSAGE.subject}


def test_a_folder_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "outbox").touch()
    with pytest.raises(MailError, match="map voor mail"):
        FileMailer(tmp_path / "outbox", SENDER).send(MESSAGE)


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(MailError):
        FileMailer(tmp_path, SENDER).send(MESSAGE)
    assert list(tmp_path.iterdir()) == []


def test_settings_choose_the_mailer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GEHOOR_SMTP", raising=False)
    monkeypatch.delenv("GEHOOR_MAIL_FROM", raising=False)
    assert isinstance(mailer(tmp_path / "r.db"), FileMailer)
    monkeypatch.setenv("GEHOOR_SMTP", "smtp://els:p%40s@localhost:2525")
    with pytest.raises(SetupError, match="GEHOOR_MAIL_FROM"):
        mailer(tmp_path / "r.db")
    monkeypatch.setenv("GEHOOR_MAIL_FROM", "gehoor@delinde.example")
    assert isinstance(mailer(tmp_path / "r.db"), SmtpMailer)


@pytest.mark.parametrize(
    "text", ["localhost", "http://x", "smtp://", "smtp://x:port", "smtp://x:99999", "smtp://[x"]
)
def test_settings_that_cannot_be_used(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEHOOR_SMTP", text)
    with pytest.raises(SetupError, match="GEHOOR_SMTP kan niet"):
        mailer(tmp_path / "r.db")
