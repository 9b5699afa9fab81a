"""Have we seen this before? Rules that ask the register, and dossiers that keep what it said."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.core.dossier.events import verify
from gehoor.core.dossier.parts import Found
from gehoor.services.dossiers.viewing import look
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import STORY, de_linde, fill, open_by_phone, open_by_web, publish_change
from tests.support.pages import page_faults
from tests.support.site import new_site

NOW = "2026-06-01 09:00"


def flags(runtime: Runtime, dossier: str, when: str = NOW) -> list[str]:
    return [flag.because for flag in look(runtime, dossier, at(when)).decision.flags]


def told(runtime: Runtime, when: str, **answers: Any) -> str:
    """A complaint on the website by els@voorbeeld.be, about something else each time."""
    return open_by_web(runtime, when, **{"uiteenzetting": f"Klacht van {when}", **answers}).dossier


def test_the_third_complaint_of_one_person_in_a_year_is_marked_at_once() -> None:
    runtime = de_linde()
    first = told(runtime, "2026-03-02 10:00")
    second = told(runtime, "2026-04-02 10:00")
    third = told(runtime, "2026-05-04 10:00")
    assert [flags(runtime, one) for one in (first, second, third)] == [[], [], ["Herhaald"]]


def test_what_was_found_is_kept_with_the_dossiers_themselves() -> None:
    runtime = de_linde()
    first, second = told(runtime, "2026-03-02 10:00"), told(runtime, "2026-04-02 10:00")
    third = told(runtime, "2026-05-04 10:00")
    opened = look(runtime, third, at(NOW))
    assert Found(2, (second, first)) in opened.dossier.found.values()
    assert "found" in opened.events[0].data
    verify(opened.events)


def counted(runtime: Runtime, dossier: str) -> int:
    return max(found.count for found in look(runtime, dossier, at(NOW)).dossier.found.values())


def test_the_first_of_one_day_is_no_repetition_of_the_second_whatever_is_filled_in() -> None:
    runtime = de_linde()
    first, second = told(runtime, "2026-05-04 10:00"), told(runtime, "2026-05-04 15:00")
    assert (counted(runtime, first), counted(runtime, second)) == (0, 1)
    for dossier in (first, second):
        fill(runtime, dossier, "2026-05-05 09:00", onderwerp="Bel niet beantwoord")
    assert (counted(runtime, first), counted(runtime, second)) == (0, 1)


@pytest.mark.parametrize(("hour", "earlier"), [("09:30", 0), ("11:30", 1), (None, 1)])
def test_of_one_day_the_hour_of_receipt_says_which_came_first(hour: str | None, earlier: int) -> None:
    """A letter that was registered later may have come in earlier."""
    runtime = de_linde()
    web = told(runtime, "2026-05-04 10:00")
    desk = open_by_phone(
        runtime, "2026-05-06 09:00", uiteenzetting="Een brief over iets anders.", ontvangstdatum="2026-05-04",
        ontvangst_tijdstip=hour, klager_email="els@voorbeeld.be", klager_telefoon=None,
    ).dossier  # fmt: skip
    assert counted(runtime, desk) == earlier
    fill(runtime, web, "2026-05-06 10:00", onderwerp="Bel niet beantwoord")
    assert counted(runtime, web) == 1 - earlier


def test_each_of_very_many_is_kept_by_name() -> None:
    runtime = de_linde()
    dossiers = [told(runtime, f"2026-03-{1 + number // 10:02} 10:{number % 10:02}") for number in range(25)]
    (found,) = [one for one in look(runtime, dossiers[-1], at(NOW)).dossier.found.values() if one.count]
    assert found.count == 24
    assert set(found.dossiers) == set(dossiers[:-1])


def test_later_complaints_change_nothing_of_an_earlier_dossier() -> None:
    runtime = de_linde()
    dossiers = [told(runtime, f"2026-03-{day:02} 10:00") for day in (2, 3, 4, 5)]
    assert flags(runtime, dossiers[1]) == []


def test_a_complaint_of_longer_ago_does_not_count() -> None:
    runtime = de_linde()
    told(runtime, "2026-05-03 10:00")
    told(runtime, "2027-04-02 10:00")
    assert flags(runtime, told(runtime, "2027-05-04 10:00")) == []


def test_a_year_ago_to_the_day_still_counts() -> None:
    runtime = de_linde()
    told(runtime, "2026-05-04 10:00")
    told(runtime, "2027-04-02 10:00")
    assert flags(runtime, told(runtime, "2027-05-04 10:00")) == ["Herhaald"]


def test_another_person_does_not_count() -> None:
    runtime = de_linde()
    told(runtime, "2026-03-02 10:00")
    told(runtime, "2026-04-02 10:00", klager_email="an@voorbeeld.be")
    assert flags(runtime, told(runtime, "2026-05-04 10:00")) == []


def test_the_same_told_again_while_it_is_handled_is_no_repeated_complaint() -> None:
    runtime = de_linde()
    again = ("", "Beste, ", "Nog eens, want ik kreeg geen antwoord: ")
    dossiers = [
        told(runtime, f"2026-05-04 10:0{minute}", uiteenzetting=f"{before}{STORY}")
        for minute, before in enumerate(again)
    ]
    assert [flags(runtime, one) for one in dossiers] == [[], [], []]
    told(runtime, "2026-05-05 10:00")
    assert flags(runtime, told(runtime, "2026-05-06 10:00")) == ["Herhaald"]


def test_members_of_a_household_with_one_address_are_people_of_their_own() -> None:
    runtime = de_linde()
    for day, first_name in (("02", "Jan"), ("03", "Lotte"), ("04", "Els")):
        dossier = told(runtime, f"2026-05-{day} 10:00", klager_naam=f"{first_name} Peeters")
    assert flags(runtime, dossier) == []


def test_one_person_is_known_however_a_name_and_a_number_are_written() -> None:
    runtime = de_linde()
    for day, name, number in (
        ("02", "Els Peeters", "09 225 11 22"),
        ("03", "mevr. PEETERS Els", "+32 9 225 11 22"),
        ("04", "E. Peeters", "09/225.11.22"),
    ):
        dossier = told(
            runtime, f"2026-05-{day} 10:00", klager_naam=name, klager_email=None, klager_telefoon=number
        )
    assert flags(runtime, dossier) == ["Herhaald"]


def test_a_suggestion_does_not_count_as_a_complaint() -> None:
    runtime = de_linde()
    told(runtime, "2026-03-02 10:00")
    suggestion = told(runtime, "2026-04-02 10:00")
    fill(
        runtime,
        suggestion,
        "2026-04-03 10:00",
        type_bericht="suggestie",
        kwalificatie_motivering="Een voorstel.",
    )
    assert flags(runtime, told(runtime, "2026-05-04 10:00")) == []


def test_whoever_is_anonymous_is_never_recognised() -> None:
    runtime = de_linde()
    for day in (2, 3, 4):
        dossier = told(runtime, f"2026-03-{day:02} 10:00", anoniem="ja")
    assert flags(runtime, dossier) == []
    assert not any("person" in fact for fact in look(runtime, dossier, at(NOW)).dossier.found)


def test_another_department_of_the_organisation_counts_too() -> None:
    runtime = de_linde(names=("beukenhof", "eikenrode"))
    told(runtime, "2026-03-02 10:00")
    told(runtime, "2026-04-02 10:00", department="eikenrode")
    assert flags(runtime, told(runtime, "2026-05-04 10:00")) == ["Herhaald"]


def registered(runtime: Runtime, *days: int) -> list[str]:
    """Register a complaint on each of these days of May; what it is about is filled in later, by staff."""
    dossiers = []
    for day in days:
        when = f"2026-05-{day:02}"
        phoned = open_by_phone(runtime, f"{when} 10:00", klager_telefoon=f"0470 00 00 0{day}")
        fill(
            runtime, phoned.dossier, f"{when} 11:00", onderwerp="Koude soep", registratiedatum=when,
            mondeling_verslag="Voorgelezen en bevestigd.",
        )  # fmt: skip
        dossiers.append(phoned.dossier)
    return dossiers


def test_the_fourth_complaint_of_one_kind_in_ninety_days_is_a_pattern() -> None:
    runtime = de_linde()
    dossiers = registered(runtime, 4, 5, 6, 7)
    for dossier in dossiers:
        fill(runtime, dossier, "2026-05-12 10:00", soort_klacht_hoofd="maaltijden")
    assert [flags(runtime, one) for one in dossiers] == [[], [], [], ["Patroon"]]


def test_what_staff_change_or_take_away_no_longer_counts() -> None:
    runtime = de_linde()
    first, second, third, *latest = registered(runtime, 4, 5, 6, 7, 8, 9)
    for dossier in (first, second, third, latest[0]):
        fill(runtime, dossier, "2026-05-12 10:00", soort_klacht_hoofd="maaltijden")
    assert flags(runtime, latest[0]) == ["Patroon"]
    fill(runtime, first, "2026-05-13 10:00", soort_klacht_hoofd="bejegening")
    fill(runtime, second, "2026-05-13 10:00", soort_klacht_hoofd=None)
    fill(runtime, latest[1], "2026-05-13 11:00", soort_klacht_hoofd="maaltijden")
    assert flags(runtime, latest[1]) == []
    fill(runtime, second, "2026-05-14 10:00", soort_klacht_hoofd="maaltijden")
    fill(runtime, latest[2], "2026-05-14 11:00", soort_klacht_hoofd="maaltijden")
    assert flags(runtime, latest[2]) == ["Patroon"]


def test_what_staff_find_out_later_about_earlier_ones_counts_when_a_dossier_is_saved_again() -> None:
    runtime = de_linde()
    *earlier, last = registered(runtime, 4, 5, 6, 7)
    for dossier in (last, *earlier):
        fill(runtime, dossier, "2026-05-12 10:00", soort_klacht_hoofd="maaltijden")
    assert flags(runtime, last) == []
    fill(runtime, last, "2026-05-13 10:00", onderwerp="Alweer koude soep")
    assert flags(runtime, last) == ["Patroon"]


def test_a_corrected_answer_is_looked_up_again() -> None:
    runtime = de_linde()
    told(runtime, "2026-03-02 10:00")
    told(runtime, "2026-04-02 10:00")
    third = told(runtime, "2026-05-04 10:00", klager_email="els@voorbeel.be")
    assert flags(runtime, third) == []
    fill(runtime, third, "2026-05-05 10:00", klager_email="els@voorbeeld.be")
    assert flags(runtime, third) == ["Herhaald"]
    fill(runtime, third, "2026-05-06 10:00", klager_email="iemand@voorbeeld.be")
    assert flags(runtime, third) == []


def test_a_dossier_is_no_longer_found_by_what_was_corrected() -> None:
    runtime = de_linde()
    mistaken = told(runtime, "2026-03-02 10:00")
    fill(runtime, mistaken, "2026-03-03 10:00", klager_email="ander@voorbeeld.be")
    told(runtime, "2026-04-02 10:00")
    assert flags(runtime, told(runtime, "2026-05-04 10:00")) == []


def test_saving_without_news_from_the_register_repeats_nothing() -> None:
    runtime = de_linde()
    dossier = told(runtime, "2026-03-02 10:00")
    fill(runtime, dossier, "2026-03-03 10:00", onderwerp="Bel niet beantwoord")
    with reading(runtime.store) as register:
        saves = [event for event in register.events(dossier) if "found" in event.data]
    assert len(saves) == 1


def test_a_rule_of_today_knows_the_dossiers_of_yesterday() -> None:
    runtime = de_linde()

    def without(document: dict[str, Any]) -> None:
        del document["rules"]["herhaalde-klacht"]
        document["rule-examples"] = []

    publish_change(runtime, without, "2026-01-02 10:00")
    told(runtime, "2026-03-02 10:00")
    told(runtime, "2026-04-02 10:00")
    publish_change(runtime, lambda document: None, "2026-04-10 10:00")
    assert flags(runtime, told(runtime, "2026-05-04 10:00")) == ["Herhaald"]


def test_the_page_links_what_one_may_see_and_counts_the_rest() -> None:
    site = new_site("2026-05-04 11:00")
    first = told(site.runtime, "2026-03-02 10:00")
    told(site.runtime, "2026-04-02 10:00", department="eikenrode")
    third = told(site.runtime, "2026-05-04 10:00")
    page = site.staff().page(f"/medewerker/dossiers/{third}")
    (related,) = page.all("section", class_="related")
    assert "Van dezelfde persoon, tot 1 jaar ervoor" in related.text
    assert "en nog 1, ook in andere afdelingen" in related.text
    links = [
        e.attributes["href"]
        for e in page.all("a")
        if e.inside("section") and "dossiers" in e.attributes["href"] and "#" not in e.attributes["href"]
    ]
    assert links == [f"/medewerker/dossiers/{first}"]
    assert page_faults(page) == []
