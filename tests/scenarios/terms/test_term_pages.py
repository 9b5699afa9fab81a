"""How the pages and commands show terms that count from a day in a field, that begin by an answer, and of rows."""

from __future__ import annotations

from tests.support.cli_run import run
from tests.support.loading_cases import VALID
from tests.support.pages import page_faults
from tests.support.site import Site, Visitor, new_site
from tests.support.volledig import fill, opened, published

NOW = "2027-01-26 10:00"
ROWS = [
    {"wat": "Tweede tillift kopen voor de zuidvleugel", "beslist_op": "2027-01-11"},
    {"wat": "Bel in kamer 12 herstellen", "beslist_op": "2027-01-18"},
]


def seen() -> tuple[Site, Visitor, str]:
    runtime = published()
    dossier = opened(runtime, "2027-01-19 09:00", ontvangen_op="2027-01-08", beloofd_tegen="2027-02-03")
    fill(runtime, dossier, "2027-01-20 09:00", maatregelen=ROWS)
    fill(runtime, dossier, "2027-01-26 09:30", ernst=5)
    site = new_site(NOW, runtime)
    return site, site.staff("ann", "klein/noord:behandelaar"), dossier


def test_the_page_of_a_dossier_names_each_row_and_says_where_each_day_comes_from() -> None:
    _, visitor, dossier = seen()
    page = visitor.page(f"/medewerker/dossiers/{dossier}/overzicht")
    assert page_faults(page) == []
    said = page.text
    assert "Maatregel uitvoeren (Maatregel 1)" in said
    assert "Maatregel uitvoeren (Maatregel 2)" in said
    assert "Dag bij \u201cBeslist op\u201d op maandag 11 januari 2027; die dag telt niet mee." in said
    assert "Dag bij \u201cBeloofd tegen\u201d op woensdag 3 februari 2027.De vervaldag is" in said
    assert "Ingevuld dat \u201cErnst\u201d minstens 4 is op dinsdag 26 januari 2027 om 09.30 uur" in said


def test_before_anybody_filled_in_a_day_it_says_what_it_waits_for() -> None:
    runtime = published()
    dossier = opened(runtime, "2027-01-08 09:00")
    site = new_site("2027-01-08 10:00", runtime)
    said = site.staff("ann", "klein/noord:behandelaar").page(f"/medewerker/dossiers/{dossier}/overzicht").text
    assert "Begint na: Dag bij \u201cBeloofd tegen\u201d" in said
    assert "De directie verwittigen" not in said
    assert "Maatregel uitvoeren" not in said


def test_the_work_list_shows_the_row_that_is_most_urgent() -> None:
    site, visitor, dossier = seen()
    fill(site.runtime, dossier, NOW, antwoord_op="2027-01-20")
    assert "Maatregel uitvoeren (Maatregel 1)" in visitor.page("/medewerker/").text


def test_the_print_has_a_derivation_for_each() -> None:
    _, visitor, dossier = seen()
    said = visitor.page(f"/medewerker/dossiers/{dossier}/afdruk").text
    assert "Maatregel uitvoeren (Maatregel 2)" in said


def test_due_tells_what_an_example_calls_for_row_by_row() -> None:
    told = run(
        "due", "klein/noord", "Een ernstige klacht met twee maatregelen en een belofte", "--from", "2027-01-08",
        "--now", "2027-01-08T11:00", "--workspace", VALID / "volledig",
    ).out  # fmt: skip
    assert "Maatregel uitvoeren (Maatregel 2): uiterlijk dinsdag 26 januari 2027" in told
    assert "Doen wat wij beloofden: uiterlijk vrijdag 15 januari 2027" in told
    assert "De directie verwittigen: uiterlijk zaterdag 9 januari 2027" in told


def test_due_reckons_an_agreed_term_with_its_season() -> None:
    told = run(
        "due", "klein/noord", "verbetering", "--from", "2027-06-14", "--workspace", VALID / "volledig"
    ).out
    assert told.endswith("De vervaldag is dinsdag 14 september 2027.\n")
