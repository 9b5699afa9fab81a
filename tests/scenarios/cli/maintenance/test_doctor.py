"""``gehoor doctor`` and the start of a website: what is unsafe is said, with what to do, and refused."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from gehoor import bootstrap
from gehoor.adapters.mail import smtp
from gehoor.bootstrap import SetupError
from gehoor.bootstrap.doctor import clock, storage
from gehoor.bootstrap.doctor.check import ACCEPT, Level, Surroundings
from gehoor.bootstrap.doctor.looking import look, refuse_unsafe
from gehoor.bootstrap.doctor.registry import CHECKS
from gehoor.bootstrap.doctor.storage import file_system
from gehoor.bootstrap.register import open_runtime
from gehoor.bootstrap.register_files.marks import mark
from gehoor.bootstrap.web import web_app
from gehoor.core.dossier.events import instant_text
from gehoor.services.ports.records import Message, SecondStep
from gehoor.services.ports.store import Document
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import writing
from gehoor.services.register.runtime import Runtime
from tests.support.cli_run import publish_all, run
from tests.support.places import CHECKOUT
from tests.support.smtp_sink import listening

NOW = datetime(2030, 3, 4, 9, tzinfo=UTC)
SAFE: Mapping[str, str] = MappingProxyType(
    {
        "GEHOOR_URL": "https://klachten.example.org", "GEHOOR_PROXIES": "1", "GEHOOR_SMTP": "smtp://post.example.org",
        "GEHOOR_MAIL_FROM": "klachten@example.org",
    }
)  # fmt: skip


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    file = publish_all(tmp_path_factory.mktemp("published") / "register.db")
    return file.read_bytes()


@pytest.fixture
def store(tmp_path: Path, published: bytes) -> Path:
    """A register in a folder of its own, that everything is well with."""
    folder = tmp_path / "gehoor"
    folder.mkdir(mode=0o700)
    file = folder / "register.db"
    file.write_bytes(published)
    file.chmod(0o600)
    for task in ("sweep", "send", "backup"):
        mark(file, task, NOW)
    return file


@pytest.fixture
def runtime(store: Path) -> Iterator[Runtime]:
    opened = open_runtime(store)
    yield opened
    opened.store.close()


@pytest.fixture
def at(store: Path, runtime: Runtime, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Surroundings:
    """Surroundings in which all is as it should be."""
    for name, value in SAFE.items():
        monkeypatch.setenv(name, value)
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/sda1 / ext4 rw 0 0\n", encoding="utf-8")
    return Surroundings(store, {**SAFE}, NOW, True, "127.0.0.1", runtime, mounts=mounts)


def levels(at: Surroundings) -> dict[str, list[Level]]:
    """What each check that says anything says; not what depends on this computer."""
    here = {"sqlite", "ntp"}
    found = {check.name: [one.level for one in said] for check, said in look(at) if check.name not in here}
    return {name: said for name, said in found.items() if said}


def changed(at: Surroundings, **what: Any) -> Surroundings:
    return Surroundings(**{**{name: getattr(at, name) for name in at.__dataclass_fields__}, **what})


def test_where_all_is_well_nothing_is_said(at: Surroundings) -> None:
    assert levels(at) == {}
    refuse_unsafe(at)


def settings(
    at: Surroundings, monkeypatch: pytest.MonkeyPatch, values: Mapping[str, str | None]
) -> Surroundings:
    environ = {**at.environ}
    for name, value in values.items():
        if value is None:
            environ.pop(name, None)
            monkeypatch.delenv(name, raising=False)
        else:
            environ[name] = value
            monkeypatch.setenv(name, value)
    return changed(at, environ=environ)


@pytest.mark.parametrize(
    ("values", "https", "said"),
    [
        ({"GEHOOR_PROXIES": None}, True, {"proxy": [Level.WARNING]}),
        ({"GEHOOR_PROXIES": "0"}, True, {}),
        ({"GEHOOR_SWEEP_WITHIN": "x"}, True, {"instellingen": [Level.REFUSED]}),
        ({"GEHOOR_DRAIN": "x"}, True, {"instellingen": [Level.REFUSED]}),
        ({"GEHOOR_LOG": "x"}, True, {"instellingen": [Level.REFUSED]}),
        ({"GEHOOR_LOG": "x", "GEHOOR_DRAIN": "x"}, True, {"instellingen": [Level.REFUSED, Level.REFUSED]}),
        ({"GEHOOR_LIKENESS_MODEL": "/nergens"}, True, {"instellingen": [Level.REFUSED]}),
        ({"GEHOOR_API_REPEAT": "0"}, True, {"instellingen": [Level.REFUSED]}),
        ({"GEHOOR_WEBHOOK_PRIVATE": "maybe"}, True, {"instellingen": [Level.REFUSED]}),
        ({"GEHOOR_WEBHOOK_HTTP": "maybe"}, True, {"instellingen": [Level.REFUSED]}),
        ({"GEHOOR_PROXY": "1"}, True, {"instellingen": [Level.WARNING]}),
        ({"gehoor_url": "https://a.example"}, True, {"instellingen": [Level.WARNING]}),
        ({"GEHOOR_TEST_STORE": "x", "GEHOOR_BENCH_SIZE": "1", "GEHOOR_HYPOTHESIS": "ci"}, True, {}),
        ({"GEHOOR_PROXIES": "6"}, True, {"proxy": [Level.REFUSED]}),
        ({"GEHOOR_PROXIES": "1"}, False, {"proxy": [Level.WARNING]}),
        ({"GEHOOR_PROXIES": None}, False, {}),
        ({"GEHOOR_URL": None}, True, {"https": [Level.WARNING]}),
        ({"GEHOOR_URL": "klachten.example.org"}, True, {"https": [Level.REFUSED]}),
        ({"GEHOOR_URL": "http://[", "GEHOOR_PROXIES": "0"}, False, {"https": [Level.REFUSED]}),
        ({"GEHOOR_URL": "http://klachten.example.org"}, True, {"https": [Level.WARNING]}),
        ({"GEHOOR_URL": "http://localhost:8000"}, True, {}),
        ({"GEHOOR_URL": "HTTPS://klachten.example.org/"}, True, {}),
        ({"GEHOOR_URL": "https://[2001:db8::1]:8443"}, True, {}),
        ({"GEHOOR_URL": "ftp://klachten.example.org"}, True, {"https": [Level.REFUSED]}),
        ({"GEHOOR_URL": "https://wie:geheim@klachten.example.org"}, True, {"https": [Level.REFUSED]}),
        ({"GEHOOR_URL": "https://example.org/klachten"}, True, {"https": [Level.REFUSED]}),
        ({"GEHOOR_URL": "https://klachten.example.org?x=1"}, True, {"https": [Level.REFUSED]}),
        ({"GEHOOR_URL": "https://klachten.example.org#x"}, True, {"https": [Level.REFUSED]}),
        ({"GEHOOR_URL": "https://klachten example.org"}, True, {"https": [Level.REFUSED]}),
        ({"GEHOOR_URL": "https://klachten.example.org:99999"}, True, {"https": [Level.REFUSED]}),
        ({"GEHOOR_URL": "https://kla\nchten.example.org"}, True, {"https": [Level.REFUSED]}),
        ({"GEHOOR_HTTPS": "0"}, True, {"https": [Level.REFUSED]}),
        ({"GEHOOR_HTTPS": "ja"}, True, {"https": [Level.REFUSED]}),
        ({"GEHOOR_SMTP": None}, True, {"post": [Level.WARNING]}),
        ({"GEHOOR_SMTP": "post.example.org"}, True, {"post": [Level.REFUSED]}),
        ({"GEHOOR_MAIL_FROM": None}, True, {"post": [Level.REFUSED]}),
        ({"GEHOOR_MAIL_FROM": "Klachtendienst De Linde <klachten@example.org>"}, True, {}),
        ({"GEHOOR_MAIL_FROM": "a"}, True, {"post": [Level.REFUSED]}),
        ({"GEHOOR_MAIL_FROM": "a@example.org, b@example.org"}, True, {"post": [Level.REFUSED]}),
        ({"GEHOOR_MAIL_FROM": "a@example.org\nBcc: b@example.org"}, True, {"post": [Level.REFUSED]}),
        ({"GEHOOR_SMTP": None, "GEHOOR_MAIL_FROM": "a"}, True, {"post": [Level.REFUSED]}),
        ({"GEHOOR_IMAP": "imaps://klachten@post.example.org"}, True, {"post": [Level.REFUSED]}),
        ({"GEHOOR_IMAP_PASSWORD_FILE": "/nowhere"}, True, {"geheimen": [Level.REFUSED]}),
        (
            {"GEHOOR_OIDC_ISSUER": "https://login.example.org"},
            True,
            {"geheimen": [Level.WARNING], "instellingen": [Level.REFUSED]},
        ),
        (
            {"GEHOOR_OIDC_ISSUER": "https://login.example.org", "GEHOOR_OIDC_CLIENT": "gehoor"},
            True,
            {"geheimen": [Level.WARNING]},
        ),
        ({"GEHOOR_OIDC_SECRET_FILE": "/nowhere"}, True, {"geheimen": [Level.REFUSED]}),
    ],
)
def test_settings(
    at: Surroundings,
    monkeypatch: pytest.MonkeyPatch,
    values: dict[str, str | None],
    https: bool,
    said: dict[str, list[Level]],
) -> None:
    assert levels(changed(settings(at, monkeypatch, values), https=https)) == said


def test_trusted_proxies_are_passed_by_where_others_can_reach_it(at: Surroundings) -> None:
    open_to_all = changed(at, host="0.0.0.0")
    assert levels(open_to_all) == {"proxy": [Level.REFUSED]}
    with pytest.raises(SetupError, match=r"kiest dan zelf zijn adres.*GEHOOR_ACCEPT=proxy"):
        refuse_unsafe(open_to_all)


def test_who_knows_better_accepts_it(at: Surroundings, monkeypatch: pytest.MonkeyPatch) -> None:
    unsafe = changed(at, host="0.0.0.0")
    accepted = settings(unsafe, monkeypatch, {ACCEPT: "ruimte, proxy"})
    assert levels(accepted) == {"proxy": [Level.ACCEPTED]}
    refuse_unsafe(accepted)
    with pytest.raises(SetupError, match="noemt wat er niet is: prxy"):
        refuse_unsafe(settings(unsafe, monkeypatch, {ACCEPT: "prxy"}))


@pytest.mark.parametrize(
    ("mode", "said"),
    [(0o600, []), (0o640, [Level.WARNING]), (0o644, [Level.REFUSED]), (0o602, [Level.REFUSED])],
)
@pytest.mark.parametrize("end", ["", ".key"])
def test_who_else_can_read_it(at: Surroundings, mode: int, said: list[Level], end: str) -> None:
    file = at.store.with_name(f"{at.store.name}{end}")
    file.touch()
    file.chmod(mode)
    assert levels(at).get("rechten", []) == said


def test_who_else_can_replace_it(at: Surroundings) -> None:
    at.store.parent.chmod(0o777)
    assert levels(at) == {"rechten": [Level.REFUSED]}
    at.store.parent.chmod(0o700)
    (at.store.parent / "outbox").mkdir(mode=0o755)
    assert levels(at) == {"rechten": [Level.WARNING]}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_a_file_beside_it_that_is_of_somebody_else(at: Surroundings) -> None:
    marker = at.store.with_name(f"{at.store.name}.sweep")
    os.chown(marker, 4321, -1)
    [said] = [one for check, found in look(at) if check.name == "rechten" for one in found]
    assert said.level is Level.WARNING
    assert said.remedy.startswith("Doe: chown ")
    assert said.remedy.endswith(f" {marker}")


@pytest.mark.parametrize("setting", ["GEHOOR_OIDC_SECRET_FILE", "GEHOOR_IMAP_PASSWORD_FILE"])
def test_a_secret_that_anyone_can_read(
    at: Surroundings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, setting: str
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("s3cret", encoding="utf-8")
    secret.chmod(0o600)
    wanted = settings(at, monkeypatch, {setting: str(secret)})
    assert levels(wanted) == {}
    secret.chmod(0o644)
    assert levels(wanted) == {"geheimen": [Level.REFUSED]}


@pytest.mark.parametrize(
    ("key", "safe"), [("0123456789abcdef" * 4, True), ("geheim", False), ("x" * 64, False)]
)
def test_a_key_that_can_be_guessed(at: Surroundings, runtime: Runtime, key: str, safe: bool) -> None:
    with writing(runtime.store) as register:
        register.save_setting("secret-key", key)
    assert levels(at) == ({} if safe else {"geheimen": [Level.REFUSED]})


def test_the_key_of_the_second_step_is_missed_before_another_is_made(
    at: Surroundings, runtime: Runtime
) -> None:
    with writing(runtime.store) as register:
        register.save_second_step(SecondStep("els", "sealed", "2030-03-01T09:00:00.000000Z", confirmed=True))
    with pytest.raises(SetupError, match="De sleutel van de tweede stap ontbreekt"):
        refuse_unsafe(at)


@pytest.mark.parametrize(("hours", "said"), [(0, {}), (-1, {}), (1, {"klok": [Level.REFUSED]})])
def test_a_clock_that_is_behind_what_was_written(
    at: Surroundings, hours: int, said: dict[str, list[Level]]
) -> None:
    moment = (NOW + timedelta(hours=hours)).timestamp()
    os.utime(at.store, (moment, moment))
    for other in ("-wal", "-shm"):
        at.store.with_name(f"{at.store.name}{other}").unlink(missing_ok=True)
    assert levels(at) == said


def test_a_clock_that_is_behind_the_last_event(at: Surroundings, runtime: Runtime, tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text('{"uiteenzetting": "De soep was koud.", "anoniem": "ja"}', encoding="utf-8")
    later = "2030-03-04T15:00+00:00"
    ran = run(
        "submit", "de-linde", "beukenhof", "melden", answers, "--store", at.store, "--now", later, "--future"
    )
    assert ran.code == 0, ran.err
    run("reindex", "--store", at.store)
    assert levels(at)["klok"] == [Level.WARNING]
    # What doctor calls unsafe and what a website refuses are the same.
    refuse_unsafe(at)
    refuse_unsafe(changed(at, thorough=False))


def test_a_clock_that_was_never_set(at: Surroundings) -> None:
    assert Level.REFUSED in levels(changed(at, now=datetime(1970, 1, 1, 0, 5, tzinfo=UTC)))["klok"]


def test_whether_something_keeps_the_clock(at: Surroundings, tmp_path: Path) -> None:
    assert list(clock.clock_keeper(at, tmp_path)) == [], "where there is no systemd, nobody can tell"
    (tmp_path / "run/systemd/system").mkdir(parents=True)
    assert [one.level for one in clock.clock_keeper(at, tmp_path)] == [Level.WARNING]
    (tmp_path / "run/chrony").mkdir()
    (tmp_path / "run/chrony/chronyd.pid").touch()
    assert list(clock.clock_keeper(at, tmp_path)) == []


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("ext4", {}),
        ("nfs4", Level.REFUSED),
        ("cifs", Level.REFUSED),
        ("9p", Level.REFUSED),
        ("tmpfs", Level.WARNING),
    ],
)
def test_a_disk_of_another_computer(at: Surroundings, kind: str, said: Any) -> None:
    at.mounts.write_text(
        f"/dev/sda1 / ext4 rw 0 0\nserver:/x {at.store.parent} {kind} rw 0 0\n", encoding="utf-8"
    )
    assert levels(at) == ({"netwerkschijf": [said]} if said else {})


def test_the_nearest_mount_counts_and_the_last_over_it(tmp_path: Path) -> None:
    mounts, file = tmp_path / "mounts", Path("/srv/met spatie/gehoor/register.db")
    mounts.write_text(
        "a / ext4 rw 0 0\nb /srv nfs rw 0 0\nc /srv/met\\040spatie ext4 rw 0 0\nd /srv/met nfs rw 0 0\n",
        encoding="utf-8",
    )
    assert file_system(file, mounts) == ("ext4", "/srv/met spatie")
    with mounts.open("a", encoding="utf-8") as more:
        more.write("e /srv/met\\040spatie cifs rw 0 0\n")
    assert file_system(file, mounts) == ("cifs", "/srv/met spatie")
    assert file_system(file, tmp_path / "none") == ("", "")


@pytest.mark.parametrize(
    ("megabytes", "said"), [(10, {"ruimte": [Level.REFUSED]}), (500, {"ruimte": [Level.WARNING]}), (5000, {})]
)
def test_a_disk_that_is_nearly_full(
    at: Surroundings, monkeypatch: pytest.MonkeyPatch, megabytes: int, said: dict[str, list[Level]]
) -> None:
    room = type("Usage", (), {"free": megabytes * 1_000_000})
    monkeypatch.setattr(storage.shutil, "disk_usage", lambda _: room)
    assert levels(at) == said


@pytest.mark.parametrize(("task", "name"), [("sweep", "ronde"), ("backup", "kopie")])
def test_what_has_to_happen_again_and_again(at: Surroundings, task: str, name: str) -> None:
    mark(at.store, task, NOW - timedelta(days=3))
    assert levels(at) == {name: [Level.WARNING]}
    at.store.with_name(f"{at.store.name}.{task}").unlink()
    assert levels(at) == {name: [Level.WARNING]}


@pytest.mark.parametrize(("task", "name"), [("sweep", "ronde"), ("backup", "kopie")])
def test_what_was_noted_while_the_clock_was_ahead_says_nothing(
    at: Surroundings, task: str, name: str
) -> None:
    mark(at.store, task, at.now + timedelta(days=30))
    assert levels(at) == {name: [Level.WARNING]}


def test_what_was_published_while_the_clock_was_ahead_holds_later(at: Surroundings, runtime: Runtime) -> None:
    with writing(runtime.store) as register:
        last = register.publications(*register.published_departments()[0])[-1]
        ahead = instant_text(at.now + timedelta(days=300))
        register.publish(replace(last, published_at=ahead, sequence=last.sequence + 1))
    assert levels(at) == {"afspraken": [Level.WARNING]}


def test_a_dossier_that_is_in_no_list(at: Surroundings, runtime: Runtime) -> None:
    opened: Document = {"dossier": "d", "sequence": 1, "kind": "opened", "actor": "ria", "data": {}}
    hashes = dict.fromkeys(("agreement", "previous", "hash"), "0" * 64)
    with runtime.store.transaction() as tables:
        tables.insert("events", "d/000001", {**opened, **hashes, "at": instant_text(at.now)})
    assert levels(at) == {"lijsten": [Level.WARNING]}


def test_messages_that_wait_too_long(at: Surroundings, runtime: Runtime) -> None:
    created = "2030-03-04T08:30:00.000000Z"
    message = Message("k", "d", "o", "a", "r", ("a@example.org",), "Te laat", "", created, next_at=created)
    with writing(runtime.store) as register:
        register.queue(message)
    assert levels(at) == {}
    assert levels(changed(at, now=NOW + timedelta(minutes=25))) == {}
    mark(at.store, "sweep", NOW + timedelta(hours=1))
    assert levels(changed(at, now=NOW + timedelta(hours=1))) == {"verzenden": [Level.WARNING]}


def test_damage_that_is_known(at: Surroundings) -> None:
    mark(at.store, "verify", NOW, "0")
    assert levels(at) == {}
    mark(at.store, "verify", NOW, "3")
    assert levels(at) == {"schade": [Level.WARNING]}


def test_the_mail_server_is_asked_when_somebody_wants_that(
    at: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listening() as sink:
        there = settings(at, monkeypatch, {"GEHOOR_SMTP": f"smtp://127.0.0.1:{sink.port}"})
        assert levels(changed(there, mail=True)) == {"post": [Level.NOTE]}
    assert levels(there) == {}
    assert levels(changed(there, mail=True)) == {"post": [Level.REFUSED]}


def test_a_mail_server_elsewhere_without_a_safe_connection_is_warned_about(
    at: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listening() as sink:
        there = settings(at, monkeypatch, {"GEHOOR_SMTP": f"smtp://127.0.0.1:{sink.port}"})
        monkeypatch.setattr(smtp, "_is_loopback", lambda _host: False)
        assert levels(changed(there, mail=True)) == {"post": [Level.NOTE, Level.WARNING]}


def test_the_command_ends_as_bad_as_it_is(
    at: Surroundings, monkeypatch: pytest.MonkeyPatch, store: Path
) -> None:
    monkeypatch.setattr(bootstrap, "now", lambda: NOW)
    for task in ("sweep", "send", "backup"):
        mark(store, task, NOW)
    ran = run("doctor", "--store", store, "--json")
    assert (ran.code, {one["check"] for one in ran.json()}) == (ran.code, {check.name for check in CHECKS})
    # Whether something keeps the clock right is for the computer to say.
    assert ran.code == int(any(one["found"] for one in ran.json() if one["check"] == "ntp"))
    monkeypatch.delenv("GEHOOR_SMTP")
    assert run("doctor", "--store", store).code == 1
    monkeypatch.setenv(ACCEPT, "post,ntp")
    accepted = run("doctor", "--store", store)
    assert (accepted.code, "aanvaard  post: GEHOOR_SMTP ontbreekt" in accepted.out) == (0, True)
    assert "U aanvaardde dit met GEHOOR_ACCEPT." in accepted.out
    monkeypatch.delenv(ACCEPT)
    store.chmod(0o644)
    refused = run("doctor", "--store", store)
    assert (refused.code, "ONVEILIG  rechten: Iedereen op deze computer kan" in refused.out) == (2, True)
    served = run("serve", "--store", store, "--port", "1")
    assert (served.code, f"Doe: chmod 600 {store}" in served.err) == (1, True)


@pytest.mark.parametrize("place", ["postgresql://gehoor:geheim@db/gehoor", "nergens/register.db"])
def test_a_place_that_is_no_register(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("doctor", "--store", place)
    assert (ran.code, "ONVEILIG  opslag: " in ran.out, "geheim" in ran.out) == (2, True, False)


def test_every_check_has_its_line_for_whoever_runs_it() -> None:
    text = (CHECKOUT / "docs" / "beheer.md").read_text("utf-8")
    table = text.partition("| naam | kijkt na | bij de start |")[2].partition("\n\n")[0]
    told = re.findall(r"^\| `([a-z]+)` \| (.+) \| (ja|) ?\|$", table, re.MULTILINE)
    assert told == [(one.name, one.looks_at, "ja" if one.at_start else "") for one in CHECKS]


@pytest.mark.parametrize("table", [schema.name for schema in SCHEMAS])
def test_whatever_is_damaged_in_the_register_a_website_starts(table: str, at: Surroundings) -> None:
    with closing(sqlite3.connect(at.store)) as connection:
        connection.execute(f'UPDATE "{table}" SET crc = crc + 1')
        connection.commit()
    refuse_unsafe(at)
    assert Level.REFUSED not in {level for said in levels(at).values() for level in said}
    assert at.runtime is not None
    page = web_app(at.runtime, secure_cookies=True).test_client().get("/medewerker/aanmelden")
    assert page.status_code == 200


def test_a_register_that_was_copied_is_told_of_at_both_until_it_is_gone(
    at: Surroundings, tmp_path: Path
) -> None:
    other = tmp_path / "elders" / "register.db"
    ran = run("store", "copy", str(at.store), str(other))
    assert "staat alles nog" in " ".join(ran.out.split())
    there = changed(at, place=other)
    assert [one.level for one in storage.left(at)] == [Level.WARNING]
    assert [one.level for one in storage.left(there)] == [Level.WARNING]
    run("store", "copy", str(other), str(at.store), "--replace")
    other.unlink()
    assert list(storage.left(at)) == []
