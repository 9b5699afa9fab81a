"""Afspraken maken: a coordinator answers question by question, and sees how each stands."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.core.proposals.proposal import Proposal
from gehoor.core.wording.registry import sentences_in
from gehoor.services.access.authorisation import OPERATOR, Operator
from gehoor.services.accounts.account_changes import coordinate
from gehoor.services.proposals.conversation import Standing, State, of_others, standings
from gehoor.services.register.register import reading
from tests.support.clock import at
from tests.support.pages import Page, page_faults
from tests.support.site import Site, Visitor
from tests.support.workbench import LENGTH, LINDE, TERMS, WHO_WE_ARE, begun, replaced, workbench_site

NOW = at("2026-05-12 11:00")
BEUKENHOF = "definitions/de-linde/afdelingen/beukenhof.yaml"


@pytest.fixture
def site(drafter: ConfinedDrafter) -> Site:
    found = workbench_site(drafter)
    found.clock.to("2026-05-12 11:00")
    return found


@pytest.fixture
def els(site: Site) -> Visitor:
    return site.staff("els", "de-linde/*:kwaliteitscoordinator")


def sources(site: Site, proposal: str) -> dict[str, bytes]:
    with reading(site.runtime.store) as register:
        return dict(register.sources(register.proposal(proposal).tree))


def standing(site: Site, drafter: ConfinedDrafter, proposal: Proposal, question: str) -> Standing:
    """Return how a question stands in a proposal."""
    files = sources(site, proposal.id)
    talk, judged = drafter.conversation(files, LINDE), drafter.judge(files, LINDE)
    whole = sentences_in("nl").agreements.whole
    with reading(site.runtime.store) as register:
        (found,) = standings(site.runtime, register, talk, judged, whole, (LINDE, NOW), question)
    return found


def address(proposal: Proposal, question: str = "", rest: str = "") -> str:
    place = f"/medewerker/werkplaats/voorstel/{proposal.id}/gesprek"
    return place + (f"/{question}" if question else "") + rest


def token(visitor: Visitor) -> dict[str, str]:
    """Return what every form sends along."""
    return {"csrf_token": visitor.page("/medewerker/werkplaats").value("csrf_token")}


def sent(visitor: Visitor, place: str, to: str, **typed: str) -> TestResponse:
    """Fill in the form of a page that goes to an address ending so, and send it."""
    page = visitor.page(place)
    forms = [one for one in page.all("form") if one.inside("main") or one.inside("div")]
    form = next(one for one in forms if one.attributes.get("action", "").partition("?")[0].endswith(to))
    return visitor.post(form.attributes["action"], {**dict(page.form_data(form)), **typed})


# How a question stands


def test_what_is_in_force_says_who_agreed_on_it_and_since_when(
    site: Site, drafter: ConfinedDrafter, els: Visitor
) -> None:
    found = standing(site, drafter, begun(site.runtime), "omschrijving")
    assert found.state is State.AGREED
    (said,) = found.said
    assert said.how is not None
    assert (said.how.noted, str(said.since)) == ("gebruikersraad", "2026-05-11")
    assert said.words[0].sentences[0].startswith("Een klacht is: Elke uiting van ontevredenheid")


def test_what_a_proposal_changes_is_not_agreed_yet(
    site: Site, drafter: ConfinedDrafter, els: Visitor
) -> None:
    seen = replaced(site.runtime, begun(site.runtime), TERMS, LENGTH, "binnen: 3 werkdagen")
    found = standing(site, drafter, seen, "ontvangstmelding")
    assert found.said[0].since is None
    assert "Wij doen dit binnen 3 werkdagen." in found.said[0].words[0].sentences


def test_departments_that_answer_otherwise_each_have_their_answer(
    site: Site, drafter: ConfinedDrafter, els: Visitor
) -> None:
    found = standing(site, drafter, begun(site.runtime), "bereikbaar")
    assert found.state is State.DIFFERS
    assert [one.departments for one in found.said] == [("beukenhof",), ("eikenrode",), ("thuis",)]


def test_departments_that_answer_the_same_have_one_answer_whatever_their_code(
    site: Site, drafter: ConfinedDrafter, els: Visitor
) -> None:
    found = standing(site, drafter, begun(site.runtime), "nummering")
    assert [one.departments for one in found.said] == [("beukenhof", "eikenrode", "thuis")]


def test_what_nobody_agreed_on_is_open(site: Site, drafter: ConfinedDrafter, els: Visitor) -> None:
    found = standing(site, drafter, begun(site.runtime), "herstel")
    assert found.state is State.OPEN
    assert found.is_open


def test_that_it_is_still_to_be_decided_is_no_reason(
    site: Site, drafter: ConfinedDrafter, els: Visitor
) -> None:
    waived = "rechten:\n"
    seen = replaced(
        site.runtime,
        begun(site.runtime),
        WHO_WE_ARE,
        waived,
        f"afgezien-van: {{herstel: Nog te beslissen.}}\n{waived}",
    )
    assert standing(site, drafter, seen, "herstel").state is State.OPEN


def test_with_a_mistake_in_the_files_it_is_still_known_what_is_answered(
    site: Site, drafter: ConfinedDrafter, els: Visitor
) -> None:
    seen = replaced(site.runtime, begun(site.runtime), TERMS, LENGTH, "binnen: 5 werkdgaen")
    found = standing(site, drafter, seen, "omschrijving")
    assert found.state is State.PROPOSED
    assert found.said[0].words == ()
    assert "Er staat iets" in els.page(address(seen, "omschrijving")).text


def test_another_organisation_is_an_example_of_what_it_tells_everybody(
    site: Site, drafter: ConfinedDrafter, els: Visitor
) -> None:
    whole = sentences_in("nl").agreements.whole
    with reading(site.runtime.store) as register:
        question = next(
            one.question for one in drafter.conversation({}, "x").asked if one.question.name == "omschrijving"
        )
        found = of_others(site.runtime, register, question, whole, ("elders", NOW))
    assert [name for name, _ in found] == ["Woonzorggroep De Linde vzw"]


# Answering


def test_an_answer_changes_only_its_own_line(site: Site, els: Visitor) -> None:
    seen = begun(site.runtime)
    before = sources(site, seen.id)
    answer = sent(els, address(seen, "omschrijving"), "/omschrijving", w_omschrijving="Elke klacht telt.")
    assert answer.status_code == 303
    after = sources(site, seen.id)
    assert [file for file in after if after[file] != before[file]] == ["definitions/de-linde/klacht.yaml"]
    assert "Een klacht is: Elke klacht telt." in els.page(address(seen, "omschrijving")).text


OPEN = ("wie-registreert", "bewaring", "bevindingen", "eerdere-klachten", "brieven", "herstel", "preventie")
"""What De Linde did not agree on, but for its last question."""


def test_an_answer_leads_on_past_what_is_answered_to_the_next_open_question(site: Site, els: Visitor) -> None:
    seen = begun(site.runtime)
    typed = {"w_omschrijving": "Elke klacht telt.", "verder": "ja"}
    answer = sent(els, address(seen, "omschrijving"), "/omschrijving", **typed)
    assert "/gesprek/wie-registreert?" in answer.location
    assert "Bewaard in het voorstel." in els.page(answer.location).text


def test_the_last_answer_leads_to_all_of_them_and_says_so(site: Site, els: Visitor) -> None:
    given_up = "".join(f"  {name}: Dat is bij ons niet nodig.\n" for name in (*OPEN, "tevredenheid"))
    seen = replaced(
        site.runtime, begun(site.runtime), WHO_WE_ARE, "rechten:", f"afgezien-van:\n{given_up}rechten:"
    )
    page = els.page(address(seen, "omschrijving"))
    assert "Bewaren en naar het overzicht" in page.text
    typed = {"w_omschrijving": "Elke klacht telt.", "verder": "ja"}
    answer = sent(els, address(seen, "omschrijving"), "/omschrijving", **typed)
    text = els.page(answer.location).text
    assert "Bewaard in het voorstel." in text
    assert "Elke vraag heeft een antwoord." in text


def test_what_is_not_there_yet_is_begun_in_its_usual_shape(
    site: Site, drafter: ConfinedDrafter, els: Visitor
) -> None:
    seen = begun(site.runtime)
    answer = sent(els, address(seen, "herstel"), "/erbij", naam="Wat doen wij?")
    assert answer.status_code == 303, answer.text
    assert b"betekenis: herstel" in sources(site, seen.id)["forms/de-linde/dossier.schema.yaml"]
    assert standing(site, drafter, seen, "herstel").state is State.PROPOSED


def test_a_department_says_otherwise_in_its_own_file(site: Site, els: Visitor) -> None:
    seen = begun(site.runtime)
    place = f"?bestand={BEUKENHOF}&p=anoniem"
    answer = sent(els, address(seen, "anoniem", place), "/anoniem", w_uitleg="Hier ook zonder naam.")
    assert answer.status_code == 303, answer.text
    assert b"Hier ook zonder naam." in sources(site, seen.id)[BEUKENHOF]


def test_no_address_leads_from_a_question_to_another_place(site: Site, els: Visitor) -> None:
    seen = begun(site.runtime)
    place = address(seen, "omschrijving", f"?bestand={WHO_WE_ARE}&p=rechten")
    assert els.post(place, {"gevraagd": "afronden", "w_afronden": "niemand", **token(els)}).status_code == 404


# Giving up


def test_what_is_given_up_stands_in_the_agreement_with_its_reason(
    site: Site, drafter: ConfinedDrafter, els: Visitor
) -> None:
    seen = begun(site.runtime)
    sent(els, address(seen, "herstel"), "/niet-nodig", reden="Wij maken het ter plaatse goed.")
    found = standing(site, drafter, seen, "herstel")
    assert (found.state, found.said[0].waived) == (State.WAIVED, "Wij maken het ter plaatse goed.")
    assert drafter.judge(sources(site, seen.id), LINDE).told == ()


def test_without_a_reason_nothing_is_given_up(site: Site, els: Visitor) -> None:
    seen = begun(site.runtime)
    answer = sent(els, address(seen, "herstel"), "/niet-nodig", reden=" ")
    assert answer.status_code == 422
    assert "Zeg waarom het hier niet nodig is." in answer.text


def test_what_is_answered_after_all_is_given_up_no_more(
    site: Site, drafter: ConfinedDrafter, els: Visitor
) -> None:
    seen = begun(site.runtime)
    sent(els, address(seen, "herstel"), "/niet-nodig", reden="Nog niet.")
    sent(els, address(seen, "herstel"), "/erbij", naam="Wat doen wij?")
    assert b"afgezien-van" not in sources(site, seen.id)[WHO_WE_ARE]


def test_giving_up_is_taken_back(site: Site, els: Visitor) -> None:
    seen = begun(site.runtime)
    before = sources(site, seen.id)[WHO_WE_ARE]
    sent(els, address(seen, "herstel"), "/niet-nodig", reden="Nog niet.")
    sent(els, address(seen, "herstel"), "/niet-nodig", toch="ja")
    assert sources(site, seen.id)[WHO_WE_ARE].rstrip() == before.rstrip()


def test_what_nothing_can_do_without_is_not_given_up(site: Site, els: Visitor) -> None:
    seen = begun(site.runtime)
    answer = els.post(address(seen, "omschrijving", "/niet-nodig"), {"reden": "Nee.", **token(els)})
    assert answer.status_code == 404


# The lists


def test_what_is_open_stands_first_and_everything_stands_in_eight_steps(site: Site, els: Visitor) -> None:
    page = els.page(address(begun(site.runtime)))
    assert "vragen zijn nog open" in page.text
    assert page.text.index("Nog open") < page.text.index("Bepaal wat je onder klacht verstaat")
    assert len(page.all("span", class_="step-number")) == 8


def test_what_is_in_force_is_listed_with_who_agreed(site: Site, els: Visitor) -> None:
    page = els.page(f"/medewerker/werkplaats/stand/{LINDE}")
    assert "Wat beschouw je als een klacht?" in page.text
    assert "Afgesproken door gebruikersraad. Geldt sinds maandag 11 mei 2026." in page.text


def test_the_answer_is_read_there_without_beginning_a_proposal(site: Site, els: Visitor) -> None:
    page = els.page(f"/medewerker/werkplaats/stand/{LINDE}")
    answers = [one.text for one in page.all("details", class_="answer")]
    assert any("Een klacht is:" in one for one in answers)
    assert page_faults(page) == []


def test_from_the_list_one_begins_a_proposal_at_its_question(site: Site, els: Visitor) -> None:
    data = {"organisatie": LINDE, "vraag": "nazorg", **token(els)}
    assert els.post("/medewerker/werkplaats/voorstel", data).location.endswith("/gesprek/nazorg")


def test_whoever_has_no_part_in_the_agreements_sees_no_list(site: Site) -> None:
    onthaal = site.staff("ria", "de-linde/*:onthaal")
    assert onthaal.get(f"/medewerker/werkplaats/stand/{LINDE}").status_code == 404


# Beginning


def test_a_new_organisation_is_led_to_what_is_open_and_who_gets_which_role(site: Site, els: Visitor) -> None:
    coordinate(site.runtime, "els", ["*"], Operator(OPERATOR), NOW)
    answer = els.send("/medewerker/werkplaats/nieuw", name="Zonnehof", departments="Wonen")
    assert answer.location.endswith("/gesprek")
    page = els.page(answer.location)
    assert "Wie vraagt later nog eens hoe het gaat, en wanneer?" in page.text
    assert "Deze rollen heeft nog niemand: Kwaliteitscoördinator, Directie." in page.text


def test_a_department_more_says_no_more_than_who_it_is(
    site: Site, drafter: ConfinedDrafter, els: Visitor
) -> None:
    seen = begun(site.runtime)
    answer = sent(els, address(seen), "/afdeling", naam="Zorghotel")
    assert answer.status_code == 303, answer.text
    judged = drafter.judge(sources(site, seen.id), LINDE)
    assert [one.name for one in judged.departments] == ["beukenhof", "eikenrode", "thuis", "zorghotel"]
    assert sent(els, address(seen), "/afdeling", naam="Zorghotel").status_code == 422


# Taking away


def test_what_is_named_elsewhere_is_taken_away_only_after_it_was_said_where(site: Site, els: Visitor) -> None:
    seen = begun(site.runtime)
    place = f"/medewerker/werkplaats/voorstel/{seen.id}/ding/{WHO_WE_ARE}?p=rollen&p=onthaal"
    asked = sent(els, place, f"/weg/{WHO_WE_ARE}")
    assert asked.status_code == 422
    assert "wordt nog op" in asked.text
    assert "eigenaar: onthaal" in asked.text
    assert sent(els, place, f"/weg/{WHO_WE_ARE}", toch="ja").status_code == 303
    assert b"naam: Onthaal" not in sources(site, seen.id)[WHO_WE_ARE]


def test_a_department_that_differs_is_chosen_in_sight_and_leads_to_its_own_fields(
    site: Site, els: Visitor
) -> None:
    page = els.page(address(begun(site.runtime), "omschrijving"))
    assert "Is het ergens anders, zeg dat dan onderaan" in page.text
    (link,) = (one for one in page.all("a") if one.text == "WZC Eikenrode")
    assert not link.inside("details")
    there, _sign, anchor = link.attributes["href"].partition("#")
    page = els.page(there)
    (title,) = (one for one in page.elements if one.attributes.get("id") == anchor)
    assert title.text.startswith("Alleen voor WZC Eikenrode")


def test_where_nothing_differs_below_nobody_is_sent_there(site: Site, els: Visitor) -> None:
    talk = els.page(address(begun(site.runtime)))
    links = [one.attributes["href"] for one in talk.all("a") if "/gesprek/" in one.attributes.get("href", "")]
    for link in dict.fromkeys(links):
        text = els.page(link).text
        assert ("zeg dat dan onderaan" not in text) or ("Anders voor één afdeling" in text), link


def test_what_was_typed_of_a_thing_that_was_taken_away_meanwhile_is_given_back(
    site: Site, els: Visitor
) -> None:
    place = address(begun(site.runtime), "omschrijving") + f"?bestand={WHO_WE_ARE}&p=rollen&p=weg"
    answer = els.post(place, {**token(els), "w_naam": "Wie nog eens belt"})
    assert answer.status_code == 404
    assert "Wie nog eens belt" in Page(answer.text).by_id("geschreven").text
