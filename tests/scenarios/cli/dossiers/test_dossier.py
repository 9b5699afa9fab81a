"""``gehoor dossier``: everything about a dossier, each date and duty with its reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gehoor.bootstrap.register import open_runtime
from gehoor.services.accounts.accounts import add_account
from gehoor.services.ports.records import Account
from tests.support.cli_run import run
from tests.support.passwords import QuickHasher

NOW = ("--now", "2026-03-05T10:00")


def test_in_words(number: str) -> None:
    run("sweep", *NOW)
    shown = run("dossier", number, *NOW)
    assert shown.code == 0
    text = shown.out.splitlines()
    assert text[0] == f"{number}  WZC Beukenhof, Woonzorggroep De Linde vzw"
    assert "  Het verhaal: Moeder wachtte een uur op hulp." in text
    assert "  Registratie volledig maken: te laat, uiterlijk woensdag 4 maart 2026" in text
    assert "    Klacht ontvangen op maandag 2 maart 2026; die dag telt niet mee." in text
    assert "    2 werkdagen later is het woensdag 4 maart 2026." in text
    assert any(
        line.startswith("    Bron: Klachtenreglement De Linde, art. 3; rules/de-linde/termijnen.yaml:")
        for line in text
    )
    assert "Nodig voor \u201cOnderzoek afgerond\u201d" in text
    assert any(
        line.startswith("  Ernst: Een onderzoek bekijkt de feiten") and "plichten.yaml:" in line
        for line in text
    )
    assert "  Nazorg: begint bij \u201cAntwoord verstuurd\u201d" in text
    missed = "  donderdag 5 maart 2026 om 10.00 uur, gehoor: Te laat: Registratie volledig maken"
    assert text[text.index(missed) + 1] == "    Gemeld aan: Kwaliteitsco\u00f6rdinator"


def test_as_data(number: str) -> None:
    shown = run("dossier", number, *NOW, "--format", "json").json()
    assert list(shown) == [
        "dossier", "number", "organisation", "department", "agreement", "version", "at", "closed", "values",
        "derived", "assigned", "flags", "phases",
        "milestones", "terms", "duties", "approvals", "warnings", "events", "messages",
    ]  # fmt: skip
    terms = {term["term"]: term for term in shown["terms"]}
    assert (terms["registratie"]["due"], terms["registratie"]["status"]) == ("2026-03-04", "late")
    assert [step["kind"] for step in terms["registratie"]["derivation"]] == ["start", "count", "result"]
    assert (terms["nazorg"]["due"], terms["nazorg"]["derivation"]) == (None, [])
    milestones = {item["milestone"]: item for item in shown["milestones"]}
    assert milestones["ontvangst"]["at"] == "2026-03-02"
    subject, reason = milestones["geregistreerd"]["missing"]
    assert subject == {"field": "onderwerp", "label": "Onderwerp", "reason": None}
    assert (reason["field"], reason["reason"]["rule"]) == (
        "registratie_te_laat_reden",
        "late-registratie-vraagt-reden",
    )
    assert milestones["afgesloten"]["blocks"][0]["rule"] == "klacht-krijgt-antwoord"
    assert run("dossier", shown["dossier"], *NOW, "--format", "json").json() == shown


@pytest.fixture
def staff(number: str, store: Path) -> None:
    """Els coordinates where the dossier is, Ria answers the door there, and Karel works elsewhere."""
    runtime = open_runtime(store)
    for name, role in [
        ("els", "beukenhof:kwaliteitscoordinator"), ("ria", "beukenhof:onthaal"), ("karel", "thuis:onthaal"),
    ]:  # fmt: skip
        account = Account(name, name.title(), f"{name}@delinde.example", "", (f"de-linde/{role}",))
        add_account(runtime, QuickHasher(), account, "lindebloesem")
    runtime.store.close()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("niemand", '"niemand" kennen wij niet'),
        ("karel", 'Voor "karel" bestaat het dossier'),
        ("els", 'Het account "els" is afgesloten.'),
    ],
)
@pytest.mark.parametrize("more", [(), ("--readers",), ("--fill", "-")])
def test_who_may_not_know_of_a_dossier_gets_nothing_of_it_under_their_name(
    number: str, store: Path, staff: None, name: str, said: str, more: tuple[str, ...]
) -> None:
    if name == "els":
        assert run("user", "off", "els", "--store", store).code == 0
    refused = run("dossier", number, *more, "--actor", name, *NOW, text="{}")
    assert (refused.code, refused.out) == (1, "")
    assert said in refused.err
    readers = run("dossier", number, "--readers", *NOW, "--format", "json").out
    assert name not in readers, "who got nothing has not read it either"


def test_an_account_reads_who_looked_only_where_that_is_theirs(number: str, staff: None) -> None:
    refused = run("dossier", number, "--readers", "--actor", "ria", *NOW)
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith('Dit is niet aan "ria". De afspraken houden het voor: ')
    assert run("dossier", number, "--readers", "--actor", "els", *NOW).code == 0


@pytest.mark.parametrize("nobody", ["", " "])
def test_who_is_nobody_is_not_whoever_runs_the_server(store: Path, number: str, nobody: str) -> None:
    ran = run("dossier", number, "--actor", nobody, *NOW)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "Fout bij --actor: hier staat niets; vul het in, of laat het weg.\n"


def test_an_account_fills_in_what_it_may_and_nothing_else(number: str, staff: None) -> None:
    answers = json.dumps({"onderwerp": "Lang wachten"})
    assert run("dossier", number, "--fill", "-", "--actor", "els", *NOW, text=answers).code == 0
    refused = run(
        "dossier",
        number,
        "--fill",
        "-",
        "--actor",
        "ria",
        *NOW,
        text=json.dumps({"anonimiseren_tegenhouden": "ja"}),
    )
    assert refused.code == 1


def test_filling_in(number: str, staff: None, tmp_path: Path) -> None:
    file = tmp_path / "in.json"
    file.write_text(json.dumps({"onderwerp": "Lang wachten", "registratiedatum": "2026-03-04"}))
    filled = run("dossier", number, "--fill", file, "--actor", "els", *NOW, "--format", "json").json()
    assert filled["values"]["onderwerp"] == "Lang wachten"
    assert (filled["events"][-1]["actor"], filled["events"][-1]["kind"]) == ("els", "answered")
    assert {term["term"]: term["status"] for term in filled["terms"]}["registratie"] == "on-time"


def test_what_is_not_asked_in_this_dossier_is_told_and_not_kept(number: str) -> None:
    answers = json.dumps({"onderwerp": "Lang wachten", "anoniem": "ja", "klager_voornaam": "Mia"})
    ran = run("dossier", number, "--fill", "-", *NOW, text=answers)
    assert ran.code == 0
    assert "niet bewaard, want dit wordt in dit dossier nu niet gevraagd" in ran.err
    values = run("dossier", number, *NOW, "--format", "json").json()["values"]
    assert values["onderwerp"] == "Lang wachten"
    assert "klager_voornaam" not in values


def test_a_moment_to_come_is_filled_in_when_that_is_asked_for_only(number: str) -> None:
    words = ("dossier", number, "--fill", "-", "--now", "2999-01-01")
    answers = json.dumps({"onderwerp": "Lang wachten"})
    refused = run(*words, text=answers)
    assert refused.code == 2
    assert "--future" in refused.err
    assert run("dossier", number, *NOW, "--format", "json").json()["version"] == 1


def test_what_cannot_be_filled_in_yet(number: str) -> None:
    words = ("dossier", number, "--fill", "-", *NOW)
    answers = json.dumps({"antwoord_datum": "2026-03-04", "zomaar": 1})
    refused = run(*words, "--format", "json", text=answers)
    assert refused.code == 1
    by_field: dict[str, list[str]] = {}
    for item in refused.json()["refused"]:
        by_field.setdefault(item["field"], []).append(item["message"])
    assert by_field["zomaar"] == ["Dit veld hoort niet bij dit formulier."]
    assert any(
        "is nog niet open: eerst \u201cRegistratie volledig\u201d" in text
        for text in by_field["antwoord_datum"]
    )
    said = run(*words, text=answers)
    assert (said.code, said.out) == (1, "")
    assert "Antwoord verstuurd op (antwoord_datum): " in said.err
    assert run("dossier", number, *NOW, "--format", "json").json()["version"] == 1
    assert run("dossier", number, "--fill", "-", *NOW, text="{").code == 1


def test_a_register_that_was_tampered_with(number: str, store: Path) -> None:
    runtime = open_runtime(store)
    with runtime.store.transaction() as tables:
        (event,) = tables.select("events")
        tables.put("events", f"{event['dossier']}/000001", {**event, "actor": "iemand anders"})
    runtime.store.close()
    shown = run("dossier", number)
    assert (shown.code, shown.out) == (1, "")
    assert shown.err.startswith("Wat in het register staat, is niet meer wat er geschreven werd")
