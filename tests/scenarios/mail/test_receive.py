"""``gehoor receive``: what it says, how it ends, and that it may be killed."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from tests.support.cli_run import Ran, publish_all, run, start
from tests.support.imap_server import HOST, PASSWORD, MailServer
from tests.support.mails.machines import automatic, bounces
from tests.support.mails.people import mistaken, told
from tests.support.mails.stories import STORIES
from tests.support.mails.writing import attached, mail, mixed, of, part
from tests.support.patience import PATIENCE

NOW = "2026-05-13T10:00"
PLAIN = [one for one in told() if one.name.endswith("as it is, in UTF-8")]
_names = (f"command{number}" for number in itertools.count())


@pytest.fixture
def name() -> str:
    return next(_names)


@pytest.fixture
def register(tmp_path: Path) -> Path:
    return publish_all(tmp_path / "register.db")


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, server: MailServer, name: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text(f"{PASSWORD}\n")
    monkeypatch.setenv("GEHOOR_IMAP", f"imap://{name}@{HOST}:{server.port}")
    monkeypatch.setenv("GEHOOR_IMAP_PASSWORD_FILE", str(secret))
    monkeypatch.setenv("GEHOOR_MAIL_FROM", "gehoor@delinde.example")


def receive(register: Path, *more: str) -> Ran:
    return run("receive", "de-linde", "beukenhof", *more, "--store", register, "--now", NOW)


def test_it_says_what_came_of_them(register: Path, server: MailServer, name: str) -> None:
    server.put(
        name,
        [
            PLAIN[0].content,
            *(one.content for one in itertools.islice(automatic(), 2)),
            next(bounces()).content,
        ],
    )
    ran = receive(register)
    assert ran.code == 0, ran.err
    assert ran.out == (
        f"BEU-2026-0001  {STORIES[0].subject}\n"
        "1 dossier geopend; opzij gelegd: 2 automatische antwoorden, 1 bericht van een mailserver.\n"
    )


def test_what_stays_is_told_and_ends_otherwise(register: Path, server: MailServer, name: str) -> None:
    nobody = next(one for one in mistaken() if one.name == "from nobody")
    server.put(name, [nobody.content])
    ran = receive(register)
    assert ran.code == 1
    assert f"Blijft in de postbus: {STORIES[0].subject}" in ran.err
    assert "Naam: Vul" in ran.err
    assert "in de postbus gebleven: 1" in ran.out
    once_more = receive(register)
    assert (once_more.code, once_more.err) == (1, "")
    assert "in de postbus gebleven: 1, waarvan 1 al eerder (opnieuw: --again)" in once_more.out
    assert "Naam: Vul" in receive(register, "--again").err


def test_a_file_that_is_not_kept_is_told(register: Path, server: MailServer, name: str) -> None:
    kind, body = mixed([part("text/plain", b"Zie bijlage"), attached("zet-op.exe", b"MZ")])
    server.put(name, [mail(of(STORIES[0]), body, Content_Type=kind)])
    assert 'BEU-2026-0001  niet bewaard, zie de map "Gehoor nakijken": zet-op.exe' in receive(register).err


def test_programs_get_a_line_for_each(register: Path, server: MailServer, name: str) -> None:
    server.put(name, [PLAIN[0].content])
    assert receive(register, "--format", "json").json()["came"] == "registered"


def test_a_form_that_is_not_there_is_told(register: Path) -> None:
    ran = receive(register, "meldne")
    assert ran.code == 2
    assert "melden" in ran.err


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("GEHOOR_IMAP", "", "GEHOOR_IMAP ontbreekt"),
        ("GEHOOR_IMAP", "pop3://x@y", "GEHOOR_IMAP kan niet"),
        ("GEHOOR_IMAP", "imaps://y", "GEHOOR_IMAP kan niet"),
        ("GEHOOR_IMAP", "imaps://x:geheim@y", "Zet het wachtwoord niet in GEHOOR_IMAP"),
        ("GEHOOR_IMAP_PASSWORD_FILE", "", "GEHOOR_IMAP_PASSWORD_FILE ontbreekt"),
        ("GEHOOR_IMAP_PASSWORD_FILE", "/nergens", "kan niet gelezen worden"),
    ],
)
def test_settings_that_cannot_be_used_are_told(
    register: Path, monkeypatch: pytest.MonkeyPatch, setting: str, value: str, said: str
) -> None:
    monkeypatch.setenv(setting, value)
    ran = receive(register)
    assert ran.code == 2
    assert said in ran.err
    assert "geheim" not in ran.err


def test_it_may_be_killed_at_any_moment(register: Path, server: MailServer, name: str) -> None:
    server.put(name, [one.content for one in PLAIN])
    for lines in (1, 3, 2):
        command = ("receive", "de-linde", "beukenhof", "--store", register, "--now", NOW)
        with start(*command) as running:
            assert running.stdout is not None
            for _ in range(lines):
                running.stdout.readline()
            running.kill()
            running.wait(PATIENCE)
    assert receive(register).code == 0
    assert server.subjects(name) == []
    assert len(server.subjects(name, "Gehoor verwerkt")) == len(PLAIN)
    last = run("dossier", f"BEU-2026-{len(PLAIN):04}", "--store", register, "--now", NOW)
    one_more = run("dossier", f"BEU-2026-{len(PLAIN) + 1:04}", "--store", register, "--now", NOW)
    assert (last.code, one_more.code) == (0, 1), (last.err, one_more.err)


@pytest.mark.parametrize(
    ("password", "said"), [(PASSWORD, "De postbus gaat open."), ("anders", "weigert de naam")]
)
def test_the_doctor_tries_the_mailbox(register: Path, tmp_path: Path, password: str, said: str) -> None:
    (tmp_path / "secret").write_text(password)
    assert said in run("doctor", "--mail", "--store", register).out
