"""E-mails of a mailbox become dossiers, each once; what no person wrote makes none. The mailbox is a real one."""

from __future__ import annotations

import itertools
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from gehoor.adapters.mail.imap import ImapMailbox, Security
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.dossiers.viewing import look
from gehoor.services.intake.mail_fetching import Came, MailDesk, Outcome, fetch_mail
from gehoor.services.ports.mailbox import MailboxConnection, MailboxError, Pile
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import ORGANISATION, de_linde, publish_change
from tests.support.imap_server import HOST, PASSWORD, MailServer
from tests.support.mails.machines import OWN, automatic, bounces, own
from tests.support.mails.people import PDF, mistaken, told
from tests.support.mails.stories import STORIES
from tests.support.mails.writing import Written, attached, mail, mixed, of, part

WHEN = "2026-05-13 10:00"
BELL = STORIES[0]
PLAIN = next(one for one in told() if one.name == "bel: as it is, in UTF-8")
LETTER = next(one for one in told() if one.name == "soep: with a letter")
NOBODY = next(one for one in mistaken() if one.name == "from nobody")
MACHINES = [*automatic(), *bounces(), *(one for one in own() if one.kind is not PLAIN.kind)]
_names = (f"box{number}" for number in itertools.count())


@pytest.fixture
def runtime() -> Runtime:
    return de_linde(names=("beukenhof",))


@pytest.fixture
def name() -> str:
    """A mailbox that nobody used yet."""
    return next(_names)


def desk(runtime: Runtime, form: str = "dossier", when: str = WHEN) -> MailDesk:
    now: datetime = at(when)
    with reading(runtime.store) as register:
        agreement = runtime.library.in_force(register, ORGANISATION, "beukenhof", now)
    return MailDesk(runtime, agreement, form, (OWN,), lambda: now)


def box(server: MailServer, name: str, password: str = PASSWORD) -> ImapMailbox:
    return ImapMailbox(HOST, server.port, name, password, security=Security.NONE)


def fetch(runtime: Runtime, server: MailServer, name: str, form: str = "dossier") -> list[Outcome]:
    with box(server, name).connection() as mailbox:
        return list(fetch_mail(desk(runtime, form), mailbox))


def came(found: Sequence[Outcome]) -> Counter[str]:
    return Counter(one.came.value for one in found)


def opened(runtime: Runtime) -> list[str]:
    """Return the dossiers that there are."""
    with runtime.store.transaction() as tables:
        return sorted(one["dossier"] for one in tables.select("events") if one["sequence"] == 1)


def only(runtime: Runtime) -> dict[str, object]:
    (dossier,) = opened(runtime)
    return dict(look(runtime, dossier, at(WHEN)).dossier.values)


class TestOfPeople:
    def test_an_email_becomes_a_dossier(self, runtime: Runtime, server: MailServer, name: str) -> None:
        server.put(name, [PLAIN.content])
        (outcome,) = fetch(runtime, server, name)
        assert (outcome.came, outcome.number) == (Came.REGISTERED, "BEU-2026-0001")
        values = only(runtime)
        assert values["uiteenzetting"] == BELL.text
        assert (values["klager_naam"], values["klager_email"]) == (BELL.person.name, BELL.person.address)
        assert (values["drager"], values["ontvangstdatum"]) == (["email"], "2026-05-12")

    def test_it_waits_no_more_and_is_kept(self, runtime: Runtime, server: MailServer, name: str) -> None:
        server.put(name, [PLAIN.content])
        fetch(runtime, server, name)
        assert server.subjects(name) == []
        assert server.subjects(name, "Gehoor verwerkt") == [BELL.subject]

    def test_the_same_email_twice_is_one_dossier(
        self, runtime: Runtime, server: MailServer, name: str
    ) -> None:
        other_way = PLAIN.content.replace(b"mx1.provider", b"mx2.provider")
        server.put(name, [PLAIN.content, other_way])
        assert came(fetch(runtime, server, name)) == {"registered": 1, "known": 1}
        assert len(opened(runtime)) == 1

    def test_another_email_with_the_number_of_the_first_is_not_kept_away(
        self, runtime: Runtime, server: MailServer, name: str
    ) -> None:
        server.put(name, [PLAIN.content, PLAIN.content.replace(b"pyjama", b"kamerjas")])
        assert came(fetch(runtime, server, name)) == {"registered": 2}

    def test_its_files_are_in_the_dossier(self, runtime: Runtime, server: MailServer, name: str) -> None:
        server.put(name, [LETTER.content])
        fetch(runtime, server, name)
        files = only(runtime)["bijlagen"]
        assert isinstance(files, list)
        assert [one["name"] for one in files] == ["Brief dokter.pdf"]

    def test_a_file_that_cannot_be_kept_is_told_and_the_email_is_to_be_looked_at(
        self, runtime: Runtime, server: MailServer, name: str
    ) -> None:
        kind, body = mixed(
            [part("text/plain", b"Zie bijlage"), attached("zet-op.exe", b"MZ"), attached("a.pdf", PDF)]
        )
        server.put(name, [mail({**of(BELL), "Subject": "Met een programma"}, body, Content_Type=kind)])
        (outcome,) = fetch(runtime, server, name)
        assert (outcome.came, outcome.left_files) == (Came.REGISTERED, ("zet-op.exe",))
        assert server.subjects(name, "Gehoor nakijken") == ["Met een programma"]

    def test_who_gives_no_name_is_called_by_their_address(
        self, runtime: Runtime, server: MailServer, name: str
    ) -> None:
        server.put(name, [next(one for one in mistaken() if one.name == "from an address only").content])
        fetch(runtime, server, name)
        assert only(runtime)["klager_naam"] == "hilde.vdb@telenet.example"

    def test_what_cannot_be_registered_stays(self, runtime: Runtime, server: MailServer, name: str) -> None:
        nobody = next(one for one in mistaken() if one.name == "from nobody")
        server.put(name, [nobody.content])
        (outcome,) = fetch(runtime, server, name)
        assert outcome.came is Came.REFUSED
        assert {one.field for one in outcome.objections} == {"klager_naam"}
        assert len(server.subjects(name)) == 1
        assert opened(runtime) == []

    def test_what_cannot_be_read_stays_and_the_others_come_in(
        self, runtime: Runtime, server: MailServer, name: str
    ) -> None:
        tangled = b"Subject: Knoop\r\nContent-Type: text/plain; " + b"a=b;" * 9000 + b"\r\n\r\nx"
        server.put(name, [tangled, PLAIN.content])
        assert came(fetch(runtime, server, name)) == {"unreadable": 1, "registered": 1}
        assert server.subjects(name) == ["Knoop"]

    def test_what_stays_is_not_fetched_over_and_over_and_keeps_no_new_one_waiting(
        self, runtime: Runtime, server: MailServer, name: str
    ) -> None:
        server.put(name, [NOBODY.content])
        fetch(runtime, server, name)
        server.put(name, [PLAIN.content])
        with box(server, name).connection() as mailbox:
            counted = _Counting(mailbox)
            found = list(fetch_mail(desk(runtime), counted))
        assert [one.came for one in found] == [Came.REGISTERED, Came.WAITING]
        assert counted.read_so_far == 1
        assert "klager_naam" in found[1].reason
        assert len(server.subjects(name)) == 1

    def test_somebody_can_have_it_tried_again(self, runtime: Runtime, server: MailServer, name: str) -> None:
        server.put(name, [NOBODY.content])
        fetch(runtime, server, name)
        with box(server, name).connection() as mailbox:
            again = list(fetch_mail(replace(desk(runtime), again=True), mailbox))
        assert came(again) == {"refused": 1}
        assert came(fetch(runtime, server, name)) == {"waiting": 1}

    def test_other_agreements_look_at_it_again(self, runtime: Runtime, server: MailServer, name: str) -> None:
        server.put(name, [NOBODY.content])
        fetch(runtime, server, name)
        publish_change(runtime, _optional, "2026-05-12 12:00")
        assert came(fetch(runtime, server, name)) != {"waiting": 1}
        assert came(fetch(runtime, server, name, "melden")) != {"waiting": 1}

    def test_the_numbers_of_another_mailbox_are_of_other_emails(
        self, runtime: Runtime, server: MailServer, name: str
    ) -> None:
        server.put(name, [NOBODY.content])
        fetch(runtime, server, name)
        other = next(_names)
        server.put(other, [PLAIN.content])
        assert came(fetch(runtime, server, other)) == {"registered": 1}

    def test_nothing_of_what_is_in_it_is_kept(self, runtime: Runtime, server: MailServer, name: str) -> None:
        server.put(name, [NOBODY.content])
        fetch(runtime, server, name)
        with runtime.store.transaction() as tables:
            kept = str(list(tables.select("settings")))
        assert "klager_naam:required" in kept
        assert BELL.subject not in kept
        assert name not in kept

    def test_a_form_of_the_organisation_can_take_it_in(
        self, runtime: Runtime, server: MailServer, name: str
    ) -> None:
        server.put(name, [PLAIN.content])
        assert came(fetch(runtime, server, name, "melden")) == {"registered": 1}
        assert only(runtime)["klager_email"] == BELL.person.address

    def test_what_all_people_wrote_comes_in(self, runtime: Runtime, server: MailServer, name: str) -> None:
        everyone = [*told()]
        server.put(name, [one.content for one in everyone])
        found = fetch(runtime, server, name)
        counted = came(found)
        assert counted["registered"] + counted["known"] == len(everyone)
        assert len(opened(runtime)) == counted["registered"]


class TestOfMachines:
    def test_none_of_them_makes_a_dossier(self, runtime: Runtime, server: MailServer, name: str) -> None:
        server.put(name, [one.content for one in MACHINES])
        found = fetch(runtime, server, name)
        assert opened(runtime) == []
        assert came(found) == Counter(one.kind.value for one in MACHINES)

    def test_they_are_put_aside_and_kept(self, runtime: Runtime, server: MailServer, name: str) -> None:
        server.put(name, [one.content for one in MACHINES])
        fetch(runtime, server, name)
        assert server.subjects(name) == []
        assert len(server.subjects(name, "Gehoor automatisch")) == len(MACHINES)

    def test_none_of_them_changes_a_dossier(self, runtime: Runtime, server: MailServer, name: str) -> None:
        server.put(name, [PLAIN.content])
        fetch(runtime, server, name)
        before = _events(runtime)
        server.put(name, [one.content for one in MACHINES])
        fetch(runtime, server, name)
        assert _events(runtime) == before


class TestStopping:
    """Somebody stops it, or the line breaks: no message is lost and none comes in twice."""

    @pytest.mark.parametrize("after", range(1, 12))
    def test_wherever_it_stops_all_come_in_once(
        self, runtime: Runtime, server: MailServer, name: str, after: int
    ) -> None:
        mails: list[Written] = [one for one in told() if one.name.endswith("as it is, in UTF-8")][:4]
        server.put(name, [one.content for one in (*mails, next(automatic()))])
        with suppress(MailboxError), box(server, name).connection() as mailbox:
            list(fetch_mail(desk(runtime), _Breaking(mailbox, after)))
        fetch(runtime, server, name)
        assert len(opened(runtime)) == len(mails)
        assert server.subjects(name) == []
        assert len(server.subjects(name, "Gehoor verwerkt")) == len(mails)

    def test_what_is_damaged_keeps_its_own_email_waiting_and_no_other(
        self, tmp_path: Path, server: MailServer, name: str
    ) -> None:
        file = tmp_path / "register.db"
        runtime = de_linde(TinyDBStore(file, SCHEMAS), ("beukenhof",))
        server.put(name, [PLAIN.content])
        fetch(runtime, server, name)
        (dossier,) = opened(runtime)
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("UPDATE events SET crc = crc + 1 WHERE dossier = ?", (dossier,))
            connection.commit()
        server.put(name, [PLAIN.content, LETTER.content])
        found = fetch(runtime, server, name)
        runtime.store.close()
        assert [(one.came.value, one.reason) for one in found] == [
            ("refused", "mail-dossier-damaged"), ("registered", ""),
        ]  # fmt: skip
        assert len(server.subjects(name)) == 1

    def test_who_wrote_an_email_has_no_code_that_nobody_told_them(
        self, runtime: Runtime, server: MailServer, name: str
    ) -> None:
        server.put(name, [PLAIN.content])
        fetch(runtime, server, name)
        (dossier,) = opened(runtime)
        assert not look(runtime, dossier, at(WHEN)).dossier.has_code

    def test_two_at_once_take_each_in_once(self, runtime: Runtime, server: MailServer, name: str) -> None:
        mails = [one for one in told() if one.name.endswith("as it is, in UTF-8")][:4]
        server.put(name, [one.content for one in mails])
        with box(server, name).connection() as first, box(server, name).connection() as second:
            both = itertools.zip_longest(fetch_mail(desk(runtime), first), fetch_mail(desk(runtime), second))
            found = [one for pair in both for one in pair if one]
        assert came(found)["registered"] == len(mails)
        assert len(opened(runtime)) == len(mails)
        assert server.subjects(name) == []


class TestTheMailbox:
    def test_a_wrong_password_is_told_without_it(self, server: MailServer, name: str) -> None:
        with pytest.raises(MailboxError, match="weigert de naam of het wachtwoord") as error:  # noqa: SIM117
            with box(server, name, "geheimzinnig").connection():
                pass
        assert "geheimzinnig" not in str(error.value)
        assert "geheimzinnig" not in repr(box(server, name, "geheimzinnig"))

    def test_a_server_that_is_not_there_is_told(self) -> None:
        with pytest.raises(MailboxError, match="niet te bereiken"):  # noqa: SIM117
            with ImapMailbox(HOST, 1, "x", "y", security=Security.NONE).connection():
                pass

    def test_without_encryption_nothing_is_said_to_another_computer(
        self, server: MailServer, name: str
    ) -> None:
        with pytest.raises(MailboxError, match="niet te bereiken"):  # noqa: SIM117
            with ImapMailbox(HOST, server.port, name, PASSWORD, security=Security.STARTTLS).connection():
                pass

    def test_reading_marks_nothing_as_read(self, server: MailServer, name: str) -> None:
        server.put(name, [PLAIN.content])
        with box(server, name).connection() as mailbox:
            (one,) = mailbox.waiting()
            assert mailbox.read(one) == PLAIN.content
        with server.signed_in(name) as client:
            client.select("INBOX")
            assert client.search(None, "UNSEEN")[1] == [b"1"]

    def test_an_email_that_is_gone_meanwhile_is_none(self, server: MailServer, name: str) -> None:
        server.put(name, [PLAIN.content])
        with box(server, name).connection() as mine, box(server, name).connection() as other:
            (one,) = mine.waiting()
            other.put(one, Pile.DONE)
            mine.put(one, Pile.DONE)
            assert mine.read(one) is None
        assert server.subjects(name, "Gehoor verwerkt") == [BELL.subject]


class TestSafely:
    """Over TLS, from the first byte or by STARTTLS, to a server that proves who it is."""

    @pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
    def test_a_server_that_is_known_is_talked_to(
        self,
        safe_server: MailServer,
        name: str,
        certificate: Path,
        monkeypatch: pytest.MonkeyPatch,
        security: Security,
    ) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        safe_server.put(name, [PLAIN.content])
        with _safe(safe_server, name, security).connection() as mailbox:
            (one,) = mailbox.waiting()
            mailbox.put(one, Pile.DONE)
        assert safe_server.subjects(name, "Gehoor verwerkt") == [BELL.subject]

    @pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
    def test_one_that_anybody_could_be_is_told_nothing(
        self, safe_server: MailServer, name: str, security: Security
    ) -> None:
        with pytest.raises(MailboxError, match="niet te bereiken"):  # noqa: SIM117
            with _safe(safe_server, name, security).connection():
                pass


def _safe(server: MailServer, name: str, security: Security) -> ImapMailbox:
    port = server.tls_port if security is Security.TLS else server.port
    return ImapMailbox(HOST, port, name, PASSWORD, security=security)


class _Counting:
    """A mailbox that counts how many e-mails were fetched whole."""

    def __init__(self, mailbox: MailboxConnection) -> None:
        self._mailbox, self.read_so_far = mailbox, 0
        self.known_as = mailbox.known_as

    def waiting(self) -> Sequence[str]:
        return self._mailbox.waiting()

    def read(self, name: str) -> bytes | None:
        self.read_so_far += 1
        return self._mailbox.read(name)

    def put(self, name: str, pile: Pile) -> None:
        self._mailbox.put(name, pile)


def _optional(document: dict[str, Any]) -> None:
    document["forms"]["dossier"]["properties"]["klager_naam"]["title"] = "Hoe heet u?"


class _Breaking:
    """A mailbox of which the line breaks after so many things that were asked."""

    def __init__(self, mailbox: MailboxConnection, after: int) -> None:
        self._mailbox, self._left = mailbox, after
        self.known_as = mailbox.known_as

    def waiting(self) -> Sequence[str]:
        return self._mailbox.waiting()

    def read(self, name: str) -> bytes | None:
        self._count()
        return self._mailbox.read(name)

    def put(self, name: str, pile: Pile) -> None:
        self._count()
        self._mailbox.put(name, pile)

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise MailboxError("de verbinding brak af")


def _events(runtime: Runtime) -> list[tuple[str, str]]:
    with runtime.store.transaction() as tables:
        return sorted((one["dossier"], one["hash"]) for one in tables.select("events"))
