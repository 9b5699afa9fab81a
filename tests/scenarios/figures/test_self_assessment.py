"""An organisation held against a standard: what is agreed shows it, what is missing is named, and what nobody can see
is for a person to answer, with name and day."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.core.figures.assessment import Standing
from gehoor.services.figures.offered_reports import Asked
from gehoor.services.figures.reports import draft_of, names_told
from gehoor.services.figures.self_assessment import (
    AnsweredMeanwhileError,
    Assessment,
    NoSuchStandardError,
    answer_question,
    assessment_of,
)
from gehoor.services.ports.records import Account
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import de_linde, open_by_phone, publish_change, staff
from tests.support.pages import Page, page_faults
from tests.support.site import Site, Visitor, new_site
from tests.support.standards import agreed

NOW = at("2027-02-01 10:00")
ASKED = ("de-linde", "proef")


@pytest.fixture
def house() -> Runtime:
    runtime = de_linde(names=("beukenhof",))
    publish_change(runtime, agreed, "2026-01-20 10:00")
    staff(runtime, "els", "kwaliteitscoordinator")
    return runtime


@pytest.fixture
def site(house: Runtime) -> Site:
    found = new_site(runtime=house)
    found.clock.to("2027-02-01 10:00")
    return found


@pytest.fixture
def els(site: Site) -> Visitor:
    return site.staff("nora", "de-linde/*:kwaliteitscoordinator")


def account(house: Runtime) -> Account:
    with reading(house.store) as register:
        found = register.account("els")
    assert found is not None
    return found


def standings(house: Runtime) -> dict[str, Standing]:
    return {one.requirement.id: one.standing for one in assessed(house).lines}


def assessed(house: Runtime) -> Assessment:
    return assessment_of(house, account(house), NOW, ASKED)


def test_what_is_agreed_shows_it_and_a_gap_is_named(house: Runtime) -> None:
    found = standings(house)
    assert found["melden"] is Standing.SHOWN
    assert found["snel"] is Standing.PARTLY
    assert found["niets"] is Standing.GAP


def test_the_sentences_of_the_agreement_are_the_evidence(house: Runtime) -> None:
    part = assessed(house).lines[0].parts[0]
    assert part.shown
    assert part.place.startswith("de-linde/")


def test_a_share_of_few_dossiers_says_nothing(house: Runtime) -> None:
    for day in range(1, 5):
        open_by_phone(house, f"2026-05-0{day} 10:00")
    assert standings(house)["soort"] is Standing.OPEN
    open_by_phone(house, "2026-05-08 10:00")
    line = next(one for one in assessed(house).lines if one.requirement.id == "soort")
    assert (line.standing, line.parts[0].percent) == (Standing.SHOWN, 100)


def test_a_person_answers_what_nobody_can_see(house: Runtime) -> None:
    assert standings(house)["tijd"] is Standing.OPEN
    answer_question(house, account(house), NOW, (*ASKED, "tijd", 1), ("yes", "Een halve dag in de week.", ""))
    line = next(one for one in assessed(house).lines if one.requirement.id == "tijd")
    assert line.standing is Standing.SHOWN
    assert (line.parts[1].answer["by"], line.parts[1].answer["text"]) == ("els", "Een halve dag in de week.")


def test_nobody_answers_over_what_they_did_not_see(house: Runtime) -> None:
    answer_question(house, account(house), NOW, (*ASKED, "tijd", 1), ("no", "Nog niet.", ""))
    with pytest.raises(AnsweredMeanwhileError):
        answer_question(house, account(house), NOW, (*ASKED, "tijd", 1), ("yes", "Toch wel.", ""))
    assert standings(house)["tijd"] is Standing.GAP


@pytest.mark.parametrize(
    "asked", [("de-linde", "andere", "tijd", 1), (*ASKED, "tijd", 0), (*ASKED, "weg", 0)]
)
def test_only_what_is_asked_is_answered(house: Runtime, asked: tuple[str, str, str, int]) -> None:
    with pytest.raises(NoSuchStandardError):
        answer_question(house, account(house), NOW, asked, ("yes", "", ""))


def test_the_page_says_how_it_stands_and_keeps_an_answer(els: Visitor) -> None:
    page = els.page("/medewerker/zelfbeoordeling/de-linde/proef")
    assert page_faults(page) == []
    assert "7.4 Men meldt dat de klacht er is" in page.text
    assert "U hebt geen termijn “bemiddeling”." in page.text
    assert "Niet te zien uit de afspraken." in page.text
    sent = {
        "csrf_token": page.value("csrf_token"),
        "vereiste": "tijd",
        "nummer": "1",
        "antwoord-tijd/1": "yes",
        "tekst": "Een halve dag in de week.",
        "eerder": "",
    }
    assert (
        els.post("/medewerker/zelfbeoordeling/de-linde/proef", {**sent, "antwoord-tijd/1": ""}).status_code
        == 422
    )
    assert els.post("/medewerker/zelfbeoordeling/de-linde/proef", sent).status_code == 303
    again = els.post("/medewerker/zelfbeoordeling/de-linde/proef", {**sent, "tekst": "Iets anders."})
    assert again.status_code == 409
    assert "Iets anders." in Page(again.text).text
    shown = els.page("/medewerker/zelfbeoordeling/de-linde/proef")
    assert "Is er genoeg tijd? Ja. Een halve dag in de week. (Nora" in shown.text


@pytest.mark.parametrize("verdict", ["yes", ""])
@pytest.mark.parametrize("gone", ["the question", "the standard"])
def test_what_was_typed_for_a_question_that_is_gone_meanwhile_is_given_back(
    site: Site, els: Visitor, gone: str, verdict: str
) -> None:
    def changed(document: dict[str, Any]) -> None:
        agreed(document)
        standard = document["standards"]["proef"]
        left = {name: one for name, one in standard["requirements"].items() if name != "tijd"}
        document["standards"] = {
            "proef" if gone == "the question" else "andere": standard | {"requirements": left}
        }
        del document["reports"]

    page = els.page("/medewerker/zelfbeoordeling/de-linde/proef")
    sent = {
        "csrf_token": page.value("csrf_token"),
        "vereiste": "tijd",
        "nummer": "1",
        "antwoord-tijd/1": verdict,
    }
    publish_change(site.runtime, changed, "2027-01-31 10:00")
    answer = els.post(
        "/medewerker/zelfbeoordeling/de-linde/proef", {**sent, "tekst": "In het dossier van mei."}
    )
    assert answer.status_code == 409
    assert "Deze vraag is er niet meer" in answer.text
    assert "In het dossier van mei." in answer.text


def test_who_makes_no_reports_sees_none(site: Site) -> None:
    jan = site.staff("jan", "de-linde/*:teamverantwoordelijke")
    assert jan.get("/medewerker/zelfbeoordeling/de-linde/proef").status_code == 404


def test_it_is_a_chapter_of_the_report_also_once_that_is_kept(els: Visitor) -> None:
    report = "/medewerker/verslagen/de-linde/jaarverslag/2026"
    draft = els.page(report)
    assert page_faults(draft) == []
    assert "7.4 Men meldt dat de klacht er is" in draft.text
    answer = els.post(f"{report}/vastleggen", {"csrf_token": draft.value("csrf_token")})
    kept = els.page(answer.location)
    assert page_faults(kept) == []
    assert "Er is een bemiddelaar" in kept.text
    for kind in ("csv", "json"):
        given = els.get(f"{answer.location.partition('?')[0]}/verslag.{kind}")
        assert "Er is een bemiddelaar" in given.get_data(as_text=True)


def test_the_public_version_tells_no_share_of_dossiers(house: Runtime, els: Visitor) -> None:
    """Beside a total and hidden numbers, nine out of ten would be one that is hidden."""
    for _ in range(10):
        open_by_phone(house, "2026-05-12 10:00")
    report = "/medewerker/verslagen/de-linde/jaarverslag/2026"
    inside, outside = els.page(report), els.page(f"{report}?versie=openbaar")
    assert "In 100 % van de dossiers ging het zo" in inside.text
    answer = els.post(f"{report}/vastleggen", {"csrf_token": inside.value("csrf_token")})
    kept = els.page(f"{answer.location.partition('?')[0]}?versie=openbaar")
    for public in (outside, kept):
        assert "Gevraagd is 90 %. Hoeveel het er waren, staat niet in de openbare versie." in public.text
        assert "niet gegeven" in public.text
        assert "van de dossiers ging het zo" not in public.text


def test_a_name_in_an_answer_that_becomes_public_is_told(house: Runtime) -> None:
    open_by_phone(house, "2026-05-03 10:00", klager_voornaam="An", klager_naam="De Wit")
    said = "Voor An De Wit was er tijd."
    answer_question(house, account(house), NOW, (*ASKED, "tijd", 1), ("yes", said, ""))
    draft = draft_of(house, account(house), NOW, Asked("de-linde", "jaarverslag", 2027))
    assert names_told(house, account(house), NOW, draft) == {"Hoe wij het deden": ("An De Wit",)}
