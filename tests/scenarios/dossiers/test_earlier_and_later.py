"""A dossier tells of earlier and later ones that are like it: what came of them, and what was promised and is open."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.services.dossiers.viewing import look
from gehoor.services.jobs.sweep import sweep
from gehoor.services.ports.records import Account
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.related import Related, related
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, open_by_web, publish_change, staff
from tests.support.pages import page_faults
from tests.support.site import new_site

NOW = "2026-06-01 09:00"
COORDINATOR = "kwaliteitscoordinator"
TOLD = {
    "outcome": ["gegrondheid"],
    "promises": {
        "herstelmaatregelen": {
            "show": ["omschrijving", "streefdatum"],
            "done-when-filled": ["uitgevoerd_op", "overgedragen"],
        }
    },
}


def telling(document: dict[str, Any]) -> None:
    document["earlier-dossiers"] = TOLD
    # A promise can be written down at once: what comes before it is no matter here.
    del document["phases"]["correctie"]["opens-after"]


def told(runtime: Runtime, when: str, **answers: Any) -> str:
    return open_by_web(runtime, when, **{"uiteenzetting": f"Klacht van {when}", **answers}).dossier


def house() -> Runtime:
    runtime = de_linde(names=("beukenhof", "eikenrode"))
    publish_change(runtime, telling, "2026-02-01 09:00")
    publish_change(runtime, telling, "2026-02-01 09:00", "eikenrode")
    staff(runtime, "els", COORDINATOR, f"de-linde/beukenhof:{COORDINATOR}")
    return runtime


def account(runtime: Runtime, name: str) -> Account:
    with reading(runtime.store) as register:
        found = register.account(name)
    assert found is not None
    return found


def seen(runtime: Runtime, dossier: str, name: str = "els", when: str = NOW) -> list[Related]:
    opened = look(runtime, dossier, at(when), name)
    return related(runtime, opened, account(runtime, name), at(when))


def with_promises(runtime: Runtime, dossier: str) -> None:
    rows = [
        {"type": "herstel_dienstverlening", "omschrijving": "Een tweede bel", "streefdatum": "2026-04-03"},
        {"type": "herstel_dienstverlening", "omschrijving": "Een gesprek", "uitgevoerd_op": "2026-03-20"},
        {
            "type": "herstel_dienstverlening",
            "omschrijving": "Een lamp",
            "overgedragen": "Aan de technische dienst",
        },
    ]
    when = "2026-03-03 10:00"
    fill(runtime, dossier, when, registratiedatum="2026-03-03", onderwerp="De bel", acuut_gevaar="nee")
    fill(runtime, dossier, when, gesignaleerde_feiten="Een uur gewacht.")
    fill(runtime, dossier, when, gegrondheid="gegrond", herstelmaatregelen=rows)


def test_an_earlier_dossier_tells_how_it_ended_and_which_promise_is_still_open() -> None:
    runtime = house()
    first = told(runtime, "2026-03-02 10:00")
    with_promises(runtime, first)
    second = told(runtime, "2026-05-04 10:00")
    (found,) = [one for one in seen(runtime, second) if not one.later]
    (line,) = found.seen
    assert line.ended is not None
    assert line.ended.outcome == (("Is de klacht gegrond?", "Gegrond"),)
    assert line.ended.still_open == ("Een tweede bel. Tegen wanneer? vrijdag 3 april 2026",)
    assert line.ended.kept == 2


def test_an_earlier_dossier_says_that_a_later_one_came() -> None:
    runtime = house()
    first, second = told(runtime, "2026-03-02 10:00"), told(runtime, "2026-05-04 10:00")
    (found,) = seen(runtime, first)
    assert found.later
    assert found.asked.startswith("Van dezelfde persoon")
    assert found.asked.endswith(("erna", "later"))
    assert [one.summary.id for one in found.seen] == [second]


def test_a_later_one_in_another_department_is_counted_only() -> None:
    runtime = house()
    first = told(runtime, "2026-03-02 10:00")
    told(runtime, "2026-05-04 10:00", department="eikenrode")
    (found,) = seen(runtime, first)
    assert (found.seen, found.others) == ((), 1)


def test_a_later_one_that_does_not_exist_for_who_looks_is_not_even_counted() -> None:
    runtime = house()
    first = told(runtime, "2026-03-02 10:00")
    second = told(runtime, "2026-05-04 10:00")
    fill(runtime, second, "2026-05-05 10:00", voorwerp="persoon")
    fill(runtime, second, "2026-05-05 11:00", aangeklaagde_medewerkers=["els"])
    assert seen(runtime, first) == []


def test_another_person_is_no_later_one() -> None:
    runtime = house()
    first = told(runtime, "2026-03-02 10:00")
    told(runtime, "2026-05-04 10:00", klager_naam="Jan Peeters")
    assert seen(runtime, first) == []


def test_one_of_more_than_a_year_later_is_no_later_one() -> None:
    runtime = house()
    first = told(runtime, "2026-03-02 10:00")
    told(runtime, "2027-05-04 10:00")
    assert seen(runtime, first, when="2027-06-01 09:00") == []


def test_the_page_says_what_is_open_and_leads_both_ways() -> None:
    site = new_site("2026-05-04 11:00")
    publish_change(site.runtime, telling, "2026-02-01 09:00")
    first = told(site.runtime, "2026-03-02 10:00")
    with_promises(site.runtime, first)
    second = told(site.runtime, "2026-05-04 10:00")
    staff_member = site.staff()
    page = staff_member.page(f"/medewerker/dossiers/{second}")
    (section,) = page.all("section", class_="related")
    assert "Beloofd en nog niet gedaan" in section.text
    assert "Een tweede bel. Tegen wanneer? vrijdag 3 april 2026" in section.text
    assert page_faults(page) == []
    earlier = staff_member.page(f"/medewerker/dossiers/{first}")
    (section,) = earlier.all("section", class_="related")
    assert "Van dezelfde persoon, tot 1 jaar erna" in section.text
    assert page_faults(earlier) == []


def asking_about(field: str) -> Any:
    def change(document: dict[str, Any]) -> None:
        document["rules"]["vaker"] = {
            "if": {"similar-messages": {"same": [field], "at-least": 1}},
            "then": [{"flag": "Vaker"}],
            "because": "Het komt terug.",
        }

    return change


def flags(runtime: Runtime, dossier: str) -> list[str]:
    return [flag.because for flag in look(runtime, dossier, at(NOW)).decision.flags]


def test_complaints_about_one_person_who_works_here_are_alike_whoever_else_they_are_about() -> None:
    runtime = de_linde()
    publish_change(runtime, asking_about("aangeklaagde_medewerkers"), "2026-02-01 09:00")
    for name in ("rita", "wim", "jo"):
        staff(runtime, name, "onthaal", "de-linde/beukenhof:onthaal")
    dossiers = []
    for day, about in (("02", ["rita", "wim"]), ("03", ["jo"]), ("04", ["wim"])):
        dossier = told(runtime, f"2026-03-{day} 10:00", klager_email=f"an{day}@voorbeeld.be")
        fill(runtime, dossier, "2026-03-10 10:00", voorwerp="persoon", aangeklaagde_medewerkers=about)
        dossiers.append(dossier)
    assert [flags(runtime, one) for one in dossiers] == [[], [], ["Vaker"]]


@pytest.mark.parametrize(
    "typed", ["leefgroep Beuk", "de Leefgroep  BEUK.", "Beuk (leefgroep)", "Léefgroep beuk"]
)
def test_a_place_is_the_same_whatever_the_order_signs_and_little_words(typed: str) -> None:
    runtime = de_linde()
    publish_change(runtime, asking_about("aangeklaagde_dienst"), "2026-02-01 09:00")
    told(runtime, "2026-03-02 10:00", aangeklaagde_dienst="Leefgroep Beuk")
    assert flags(runtime, told(runtime, "2026-03-03 10:00", aangeklaagde_dienst=typed)) == ["Vaker"]


@pytest.mark.parametrize("typed", ["Leefgreop Beuk", "leef groep Beuk", "Leefgroeo beuk"])
def test_a_place_is_the_same_with_a_slip_of_the_pen(typed: str) -> None:
    runtime = de_linde()
    publish_change(runtime, asking_about("aangeklaagde_dienst"), "2026-02-01 09:00")
    told(runtime, "2026-03-02 10:00", aangeklaagde_dienst="Leefgroep Beuk")
    assert flags(runtime, told(runtime, "2026-03-03 10:00", aangeklaagde_dienst=typed)) == ["Vaker"]


@pytest.mark.parametrize("typed", ["Leefgroep Berk", "Leefgroep Beuk 2"])
def test_another_place_is_no_slip_of_the_pen(typed: str) -> None:
    runtime = de_linde()
    publish_change(runtime, asking_about("aangeklaagde_dienst"), "2026-02-01 09:00")
    told(runtime, "2026-03-02 10:00", aangeklaagde_dienst="Leefgroep Beuk")
    assert flags(runtime, told(runtime, "2026-03-03 10:00", aangeklaagde_dienst=typed)) == []


def test_a_place_that_is_typed_later_with_a_slip_counts_in_what_came_after() -> None:
    runtime = de_linde()
    publish_change(runtime, asking_about("aangeklaagde_dienst"), "2026-02-01 09:00")
    first = told(runtime, "2026-03-02 10:00")
    second = told(runtime, "2026-03-03 10:00", aangeklaagde_dienst="Leefgroep Beuk")
    assert flags(runtime, second) == []
    fill(runtime, first, "2026-03-04 10:00", aangeklaagde_dienst="Leefgreop Beuk")
    sweep(runtime, at("2026-03-04 10:05"))
    assert flags(runtime, second) == ["Vaker"]


def test_two_codes_with_the_same_words_are_two_answers() -> None:
    runtime = de_linde()
    publish_change(runtime, asking_about("aangeklaagde_dienst"), "2026-02-01 09:00")
    told(runtime, "2026-03-02 10:00", aangeklaagde_dienst="Leefgroep Beuk")
    assert flags(runtime, told(runtime, "2026-03-03 10:00", aangeklaagde_dienst="Leefgroep Eik")) == []
