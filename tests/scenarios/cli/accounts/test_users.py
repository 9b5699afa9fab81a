"""``gehoor user``: people with roles that exist, and passwords that nobody else knows."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gehoor import bootstrap
from gehoor.bootstrap.demo import DEMO_PASSWORD
from gehoor.bootstrap.register import open_runtime
from gehoor.services.access.authorisation import Operator
from gehoor.services.accounts.accounts import sign_in_known, signed_in
from gehoor.services.accounts.confirmation import Asked, waiting
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.projection.projection import reading_projection
from gehoor.services.register.register import reading, writing
from tests.support.cli_run import Ran, run
from tests.support.clock import at
from tests.support.de_linde import fill, publish_change
from tests.support.places import ORGANISATIONS

ROLE = "de-linde/beukenhof:kwaliteitscoordinator"
WORD = "een goed woord"


def add(name: str = "els", *, role: str = ROLE, email: str = "els@x.example", password: str = WORD) -> Ran:
    words = (
        "user",
        "add",
        name,
        "--name",
        "Els  Verhaegen",
        "--email",
        email,
        "--role",
        role,
        "--password-stdin",
    )
    return run(*words, text=f"{password}\n")


def users() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run("user", "list", "--format", "json").json()["users"]
    return found


def test_someone_comes_and_goes(store: Path) -> None:
    assert run("user", "list").out == "Er is nog niemand. Voeg iemand toe met: gehoor user add\n"
    assert add("Els").out.startswith("els kan zich aanmelden.\n")
    assert users() == [
        {
            "name": "els",
            "full_name": "Els Verhaegen",
            "email": "els@x.example",
            "roles": [ROLE],
            "active": True,
            "client": False,
            "periods": [],
            "absences": [],
            "waiting": [],
        }
    ]
    assert run("user", "off", "ELS").code == 0
    assert users()[0]["active"] is False
    assert "(afgesloten)" in run("user", "list").out
    assert run("user", "password", "els", "--reopen", "--password-stdin", text="een ander woord\n").code == 0
    assert users()[0]["active"] is True


def test_a_role_for_which_there_is_nobody_is_named(store: Path) -> None:
    """The quality coordinator stands in for team and social service; the managers only for each other."""
    add(role="de-linde/*:kwaliteitscoordinator")
    empty = run("user", "list", "--format", "json").json()["empty_roles"]
    assert {one["role"] for one in empty} == {
        "dagelijks-verantwoordelijke", "algemeen-directeur", "leidinggevende-zorg",
    }  # fmt: skip
    assert "  de-linde/beukenhof:algemeen-directeur  Algemeen directeur" in run("user", "list").out
    add("jan", role="de-linde/*:algemeen-directeur", email="jan@x.example")
    assert run("user", "list", "--format", "json").json()["empty_roles"] == []
    assert "geen vervanger" not in run("user", "list").out


def test_someone_is_added_once(store: Path) -> None:
    add()
    again = add()
    assert again.code == 1
    assert again.err == "els bestaat al. Een nieuw wachtwoord geeft u met: gehoor user password els\n"


@pytest.mark.parametrize(
    ("role", "said"),
    [
        (
            "de-linde/beukenhof:kwaliteitscoordinaor",
            'de rol "kwaliteitscoordinaor" is niet gepubliceerd; bedoelde u',
        ),
        ("de-linde/beukhof:onthaal", 'de afdeling "beukhof" is niet gepubliceerd; bedoelde u "beukenhof"?'),
        (
            "delinde/beukenhof:onthaal",
            'de organisatie "delinde" is niet gepubliceerd; bedoelde u "de-linde"?',
        ),
        ("de-linde/*:koning", 'de rol "koning" is niet gepubliceerd; kies uit '),
        ("onthaal", '"onthaal" kan niet; schrijf organisatie/afdeling:rol'),
        ("", "hier staat niets; vul het in, of laat het weg"),
    ],
)
def test_a_role_that_nobody_agreed(store: Path, role: str, said: str) -> None:
    ran = add(role=role)
    assert ran.code == 2
    assert ran.err.startswith(f"Fout bij --role: {said}")
    assert users() == []


def test_a_role_in_every_department(store: Path) -> None:
    assert add(role="de-linde/*:onthaal").code == 0


@pytest.mark.parametrize("name", ["e", "Els Verhaegen", "../els", "\u00e9ls", ""])
def test_a_name_that_cannot_be_typed(store: Path, name: str) -> None:
    assert (add(name).code, users()) == (2, [])


@pytest.mark.parametrize("email", ["els", "els@", "a@b\nBcc: c@d", "Els <els@x.example>", ""])
def test_an_address_that_is_none(store: Path, email: str) -> None:
    ran = add(email=email)
    assert ran.code == 2
    assert ran.err.startswith("Fout bij --email: ")


@pytest.mark.parametrize("password", ["kort", "", DEMO_PASSWORD])
def test_a_password_that_others_guess(store: Path, password: str) -> None:
    assert (add(password=password).code, users()) == (1, [])


def is_one_time(store: Path, name: str) -> bool:
    runtime = open_runtime(store)
    with reading(runtime.store) as register:
        account = register.account(name)
    runtime.store.close()
    assert account is not None
    return account.one_time


def test_a_first_password_is_made_and_shown_once(store: Path) -> None:
    words = ("user", "add", "els", "--name", "Els", "--email", "els@x.example", "--role", ROLE)
    said = [ran.out.splitlines()[1] for ran in (run(*words), run("user", "password", "els"))]
    assert all(one.startswith("Wachtwoord, dat maar een keer dient: ") for one in said)
    assert said[0] != said[1]
    assert is_one_time(store, "els")


def test_a_password_that_was_given_is_for_the_first_time_too(store: Path) -> None:
    assert "kiest die persoon een eigen wachtwoord" in add().out
    assert is_one_time(store, "els")
    assert run("user", "password", "els", "--password-stdin", text="een ander woord\n").code == 0
    assert is_one_time(store, "els")


def test_who_was_closed_stays_so_until_somebody_says_otherwise(store: Path) -> None:
    add()
    run("user", "off", "els")
    for given in ((), ("--password-stdin",)):
        refused = run("user", "password", "els", *given, text="een ander woord\n")
        assert (refused.code, refused.out) == (1, "")
        assert "gehoor user password els --reopen" in refused.err
        assert users()[0]["active"] is False
    assert "mag zich weer aanmelden" in run("user", "password", "els", "--reopen").out
    assert users()[0]["active"] is True


def test_taking_away_a_second_step_that_is_not_there_signs_nobody_out(store: Path) -> None:
    add()
    runtime = open_runtime(store)
    token = sign_in_known(runtime, "els", bootstrap.now())
    assert token is not None
    runtime.store.close()
    assert run("user", "totp-off", "els").code == 1
    runtime = open_runtime(store)
    assert signed_in(runtime, token, bootstrap.now()) is not None
    runtime.store.close()


def test_an_absence_that_takes_the_place_of_another_says_so(store: Path) -> None:
    add()
    run("user", "away", "els", "--until", "2131-03-31")
    again = run("user", "away", "els", "--from", "2131-02-01", "--until", "2131-03-02")
    assert again.out.startswith("Dit komt in de plaats van: weg")
    assert "tot en met zaterdag 31 maart 2131" in again.out.splitlines()[0]
    assert run("user", "back", "els").out.startswith("els gaat niet weg.\n"), "it had not begun"


def test_who_is_not_away_does_not_come_back(store: Path) -> None:
    add()
    ran = run("user", "back", "els")
    assert (ran.code, ran.out, ran.err) == (1, "", "els is niet weg. Er is niets gewijzigd.\n")


def test_a_password_that_is_quickly_guessed_is_refused(store: Path) -> None:
    for password in ("els.verhaegen", "Welkom2026", "1234567890"):
        ran = add(password=password)
        assert ran.code == 1
        assert "snel geraden" in ran.err


def test_somebody_is_changed_in_place(store: Path) -> None:
    add()
    more = "de-linde/beukenhof:onthaal"
    words = ("--full-name", "Els  De Wit", "--email", "wit@x.example", "--role", more, "--no-role", ROLE)
    ran = run("user", "change", "Els", *words)
    assert ran.code == 0
    assert ran.out.splitlines()[:2] == [
        "els is gewijzigd.",
        "Voor deze rollen is er nu niemand meer, en ook geen vervanger:",
    ]
    assert any(line.startswith(f"  {ROLE}  ") for line in ran.out.splitlines())
    (els,) = users()
    found = {name: els[name] for name in ("full_name", "email", "roles", "active")}
    assert found == {"full_name": "Els De Wit", "email": "wit@x.example", "roles": [more], "active": True}


def test_a_role_for_a_while_is_listed_with_its_days(store: Path) -> None:
    add()
    words = ("--role", "de-linde/*:onthaal", "--from", "2031-03-01", "--until", "2031-03-31")
    assert run("user", "change", "els", *words).code == 0
    assert (
        "de-linde/*:onthaal vanaf zaterdag 1 maart 2031 tot en met maandag 31 maart 2031"
        in run("user", "list").out
    )
    assert users()[0]["roles"] == [ROLE]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--from", "2031-03-01"), "zeg met --role welke rol dan geldt"),
        (("--role", ROLE, "--from", "2031-03-02", "--until", "2031-03-01"), "komt voor 2031-03-02"),
        (("--role", ROLE, "--until", "morgen"), "is geen dag"),
    ],
)
def test_days_that_cannot_be_are_refused(store: Path, words: tuple[str, ...], sentence: str) -> None:
    add()
    ran = run("user", "change", "els", *words)
    assert (ran.code, sentence in ran.err) == (2, True)


def test_somebody_is_away_with_a_deputy_and_back(store: Path) -> None:
    add()
    add("ria", email="ria@x.example")
    ran = run("user", "away", "els", "--until", "2031-03-31", "--deputy", "RIA")
    assert ran.code == 0
    assert "tot en met maandag 31 maart 2031; ria neemt waar." in ran.out
    assert "tot en met maandag 31 maart 2031; ria neemt waar" in run("user", "list").out
    assert run("user", "back", "els").out.startswith("els is er weer.\n")
    assert "neemt waar" not in run("user", "list").out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--deputy", "els"), "noem iemand anders"),
        (("--deputy", "ver"), "werkt niet in elke afdeling"),
        (("--until", "2020-01-01"), "al voorbij"),
    ],
)
def test_an_absence_that_cannot_be_is_refused_at_its_option(
    store: Path, words: tuple[str, ...], sentence: str
) -> None:
    add()
    add("ver", role="de-linde/eikenrode:onthaal", email="ver@x.example")
    ran = run("user", "away", "els", *words)
    assert (ran.code, sentence in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "zeg ook wat er verandert"),
        (("--full-name", " "), "hier staat niets; vul het in, of laat het weg"),
        (("--email", "els"), '"els" is geen e-mailadres'),
        (("--no-role", "de-linde/beukenhof:onthaal"), "heeft de rol"),
        (("--role", "de-linde/beukenhof:tovenaar"), '"tovenaar" is niet gepubliceerd'),
        (("--same-person-as", "els"), "noem het andere account"),
        (("--same-person-as", "jan", "--own-person"), "dit gaat niet samen"),
    ],
)
def test_a_change_that_cannot_be(store: Path, words: tuple[str, ...], said: str) -> None:
    add()
    before = users()
    ran = run("user", "change", "els", *words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert users() == before


def test_two_accounts_of_one_person_are_linked_and_parted(store: Path) -> None:
    add()
    add("els2", email="els2@x.example")
    assert run("user", "change", "els2", "--same-person-as", "els").code == 0
    assert "  ook: els2" in run("user", "list").out.splitlines()
    assert run("user", "change", "els2", "--own-person").code == 0
    assert "ook:" not in run("user", "list").out
    ran = run("user", "change", "els2", "--same-person-as", "elsje")
    assert ran.code == 1
    assert '"elsje" kennen wij niet' in ran.err


def test_who_leaves_hands_over(store: Path, number: str) -> None:
    add()
    add("jan", role="de-linde/beukenhof:onthaal", email="jan@x.example")
    assert run("user", "off", "els", "--list").out == "els heeft niets open.\n"
    runtime = open_runtime(store)
    with reading_projection(runtime) as register:
        (summary,) = register.by_number(number)
    assign(runtime, Assigning(summary.id, "els", Operator("beheerder")), at("2026-03-03 09:00"))
    runtime.store.close()
    open_ = f"  {number}: behandelt dit dossier"
    assert run("user", "off", "els", "--list").out.splitlines() == ["els heeft nog open:", open_]
    assert users()[0]["active"] is True
    ran = run("user", "off", "els")
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[:3] == ["els kan zich niet meer aanmelden.", "els heeft nog open:", open_]
    assert any(line.startswith(f"  {ROLE}  ") for line in lines), "that role has nobody now"
    assert lines[-1] == "Draag over met: gehoor user off els --hand-over-to NAAM"
    ran = run("user", "off", "els", "--hand-over-to", "jan")
    assert (ran.code, ran.out.splitlines()[1]) == (0, "1 dossier en 0 velden overgedragen aan jan.")
    assert run("user", "off", "els", "--list").out == "els heeft niets open.\n"
    for words, said in ((("els", "--hand-over-to", "els"), "noem iemand anders"),
                        (("jan", "--hand-over-to", "els"), "els is zelf afgesloten")):  # fmt: skip
        ran = run("user", "off", *words)
        assert ran.code == 2
        assert said in ran.err
    assert users()[1]["active"] is True


def test_what_the_other_cannot_see_by_a_role_goes_back_to_the_department_and_is_named(
    store: Path, number: str
) -> None:
    add()
    add("jan", role="de-linde/beukenhof:onthaal", email="jan@x.example")
    runtime = open_runtime(store)
    with reading_projection(runtime) as register:
        (summary,) = register.by_number(number)
    assign(runtime, Assigning(summary.id, "els", Operator("beheerder")), at("2026-03-03 09:00"))
    fill(runtime, summary.id, "2026-03-03 09:30", actor="els", vertrouwelijkheid="beperkt")
    runtime.store.close()
    ran = run("user", "off", "els", "--hand-over-to", "jan")
    assert (ran.code, ran.out.splitlines()[1]) == (1, "0 dossiers en 0 velden overgedragen aan jan.")
    assert f"Niet overgedragen, {number}: Wie het overneemt, kan dit dossier" in ran.err
    assert run("user", "off", "els", "--list").out == "els heeft niets open.\n"


def test_the_log_of_an_account_says_what_was_done_and_no_address(store: Path) -> None:
    add()
    assert run("user", "change", "els", "--email", "geheim@x.example").code == 0
    found = run("user", "log", "els")
    lines = [line.partition("wie de server beheert")[2].strip() for line in found.out.splitlines()]
    assert lines == ["gewijzigd: adres", f"toegevoegd: +{ROLE}"]
    entries = run("user", "log", "els", "--format", "json").json()
    assert [one["deed"] for one in entries] == ["changed", "added"]
    assert "geheim" not in found.out
    assert run("user", "log", "wie").code == 1


def test_the_log_says_on_which_days_a_role_holds(store: Path) -> None:
    add()
    assert run("user", "change", "els", "--role", ROLE, "--until", "2030-12-31").code == 0
    assert " tot en met dinsdag 31 december 2030" in run("user", "log", "els").out.splitlines()[0]


def test_nobody_is_away_from_an_account_that_is_closed(store: Path) -> None:
    add()
    run("user", "off", "els")
    ran = run("user", "away", "els")
    assert (ran.code, "het is afgesloten" in ran.err) == (2, True)


MORE = "de-linde/beukenhof:algemeen-directeur"


def given_by_one(store: Path) -> None:
    """Els, to whom somebody who manages accounts alone gave a role and a password."""
    add()
    runtime = open_runtime(store)
    with writing(runtime.store) as register:
        account = register.account("els")
        assert account is not None
        asked = (
            waiting(Asked.ROLE, "piet", at("2026-05-12 10:00"), role=MORE, from_at="", until_at=""),
            waiting(Asked.PASSWORD, "piet", at("2026-05-12 10:00"), password_hash="geheim"),
        )
        register.save_account(replace(account, waiting=asked))
    runtime.store.close()


def test_what_one_person_gave_is_told_without_what_is_secret(store: Path) -> None:
    given_by_one(store)
    (els,) = users()
    assert [(one["what"], one["by"]) for one in els["waiting"]] == [("role", "piet"), ("password", "piet")]
    assert "geheim" not in run("user", "list", "--format", "json").out
    assert f"  wacht op bevestiging: rol {MORE} (gegeven door piet)\n" in run("user", "list").out


def test_whoever_runs_the_server_confirms_it(store: Path) -> None:
    given_by_one(store)
    ran = run("user", "confirm", "els")
    assert (ran.code, ran.out) == (0, f"Bij els is bevestigd:\n  rol {MORE}\n  een nieuw wachtwoord\n")
    assert (users()[0]["roles"], users()[0]["waiting"]) == ([ROLE, MORE], [])
    assert "bevestigd: +" in run("user", "log", "els").out
    assert run("user", "confirm", "els").out == "Bij els wacht er niets op bevestiging.\n"


def added_by_one(store: Path) -> None:
    """Register that Piet added Els on the page of accounts."""
    add()
    runtime = open_runtime(store)
    with writing(runtime.store) as register:
        (account,) = register.accounts()
        now = at("2026-05-12 12:00")
        asked = (
            waiting(Asked.ACCOUNT, "piet", now, password_hash=account.password_hash),
            waiting(Asked.ROLE, "piet", now, role=ROLE, from_at="", until_at=""),
        )
        register.save_account(replace(account, roles=(), active=False, password_hash="", waiting=asked))
    runtime.store.close()


def test_a_new_account_waits_for_the_command_and_is_then_in_use(store: Path) -> None:
    added_by_one(store)
    told = run("user", "list").out
    assert "  wacht op bevestiging: een nieuw account (gegeven door piet)\n" in told
    assert "(afgesloten)" not in told
    ran = run("user", "password", "els")
    assert (ran.code, "Doe eerst: gehoor user confirm els" in ran.err) == (1, True)
    ran = run("user", "confirm", "els")
    assert (ran.code, ran.out) == (0, f"Bij els is bevestigd:\n  een nieuw account\n  rol {ROLE}\n")
    (els,) = users()
    assert (els["active"], els["roles"], els["waiting"]) == (True, [ROLE], [])
    assert "bevestigd: nieuw account" in run("user", "log", "els").out


def test_a_name_with_signs_that_nobody_sees_is_refused(store: Path) -> None:
    add()
    for words in (
        ("add", "an", "--name", "A\u200bn", "--email", "an@x.example", "--role", ROLE),
        ("change", "els", "--full-name", "E\u202els"),
    ):
        ran = run("user", *words)
        assert (ran.code, "in deze naam staan tekens die niemand ziet" in ran.err) == (2, True)
    assert [one["full_name"] for one in users()] == [users()[0]["full_name"]]


def test_or_has_it_not_go_through(store: Path) -> None:
    given_by_one(store)
    assert run("user", "confirm", "els", "--refuse").out.startswith("Bij els gaat niet door:\n")
    assert (users()[0]["roles"], users()[0]["waiting"]) == ([ROLE], [])


@pytest.mark.parametrize("name", ["beheerder", "opdrachtregel", "melder", "gehoor", "medewerker"])
def test_no_account_has_a_name_by_which_others_stand_in_what_happened(store: Path, name: str) -> None:
    ran = add(name)
    assert (ran.code, users()) == (2, [])
    assert f'"{name}" staat voor Gehoor zelf of voor wie geen account heeft' in ran.err


def test_what_whoever_runs_the_server_did_is_told_as_theirs(store: Path) -> None:
    add()
    assert "  wie de server beheert  toegevoegd: " in run("user", "log", "els").out


@pytest.mark.parametrize("table", ["publications", "agreements"])
def test_what_is_damaged_of_another_department_keeps_nobody_from_a_role(table: str, store: Path) -> None:
    add()
    with closing(sqlite3.connect(store)) as connection:
        hurt = "de-linde/eikenrode/000001"
        if table == "agreements":
            with reading(open_runtime(store).store) as register:
                hurt = register.publications("de-linde", "eikenrode")[0].agreement
        changed = connection.execute(f'UPDATE "{table}" SET crc = crc + 1 WHERE key = ?', (hurt,))
        assert changed.rowcount == 1
        connection.commit()
    onthaal = "de-linde/beukenhof:onthaal"
    assert run("user", "change", "els", "--role", onthaal).code == 0
    assert run("user", "change", "els", "--no-role", onthaal, "--email", "els@y.example").code == 0
    refused = run("user", "change", "els", "--role", "de-linde/eikenrode:onthaal")
    assert (refused.code, "eikenrode zijn beschadigd" in refused.err) == (2, True)
    listed = run("publications")
    assert (listed.code, "de-linde/eikenrode is iets beschadigd" in listed.err) == (0, True)
    again = run("publish", "--workspace", ORGANISATIONS, "waterhof", "--by", "team")
    assert again.code == 0, again.err


def _called_otherwise(document: dict[str, Any]) -> None:
    document["roles"]["teamverantwoordelijke"]["name"] = "Teamleider"


def test_what_is_damaged_of_an_earlier_agreement_keeps_nobody_from_a_role(store: Path) -> None:
    add()
    runtime = open_runtime(store)
    with reading(runtime.store) as register:
        earlier = register.publications("de-linde", "beukenhof")[-1].agreement
    publish_change(runtime, _called_otherwise, "2026-05-01 09:00")
    runtime.store.close()
    with closing(sqlite3.connect(store)) as connection:
        changed = connection.execute("UPDATE agreements SET crc = crc + 1 WHERE key = ?", (earlier,))
        assert changed.rowcount == 1
        connection.commit()
    ran = run("user", "change", "els", "--role", "de-linde/beukenhof:teamverantwoordelijke")
    assert (ran.code, ran.err) == (0, "")
