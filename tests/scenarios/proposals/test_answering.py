"""An answer that would make the agreements wrong is refused at its field; nothing that comes answers for somebody."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.core.proposals.sheets import Kind
from gehoor.services.access.authorisation import OPERATOR, Operator
from gehoor.services.accounts.account_changes import coordinate
from gehoor.services.register.register import reading
from gehoor.web.workbench.question_places import asked_at_once
from tests.support.clock import at
from tests.support.pages import Page, page_faults
from tests.support.site import Site, Visitor
from tests.support.workbench import LENGTH, TERMS, begun, replaced, sent, workbench_site

NOW = at("2026-05-12 11:00")
FIRST = {"name": "Zonnehof", "departments": "Wonen"}
NEW = "/medewerker/werkplaats/nieuw"


@pytest.fixture
def site(drafter: ConfinedDrafter) -> Site:
    found = workbench_site(drafter)
    found.clock.to("2026-05-12 11:00")
    return found


@pytest.fixture
def els(site: Site) -> Visitor:
    visitor = site.staff("els", "de-linde/*:kwaliteitscoordinator")
    coordinate(site.runtime, "els", ["*"], Operator(OPERATOR), NOW)
    return visitor


@pytest.fixture
def linde(site: Site, els: Visitor) -> str:
    """Return where the conversation of a proposal of De Linde is."""
    return f"/medewerker/werkplaats/voorstel/{begun(site.runtime).id}/gesprek"


@pytest.fixture
def zonnehof(els: Visitor) -> str:
    """Return where the conversation of a new organisation is."""
    return els.send(NEW, **FIRST).location


def said_in(site: Site, talk: str) -> str:
    """Return what stands in the files of a proposal, one after another."""
    with reading(site.runtime.store) as register:
        found = register.sources(register.proposal(talk.split("/")[-2]).tree)
    return "\n".join(one.decode() for one in found.values())


def filled(visitor: Visitor, place: str, to: str, **typed: str) -> TestResponse:
    """Fill in the form of a page that goes to an address ending so, and send it."""
    page = visitor.page(place)
    form = next(
        one for one in page.all("form") if one.attributes.get("action", "").split("?")[0].endswith(to)
    )
    said: dict[str, list[str]] = {}
    for name, value in page.form_data(form):
        said.setdefault(name, []).append(value)
    return visitor.post(form.attributes["action"], {**said, **typed})


# A new organisation


@pytest.mark.parametrize(
    ("typed", "written"), [("een week", "binnen: 1 week"), ("Binnen zes weken", "binnen: 6 weken")]
)
def test_a_term_in_words_is_written_in_digits(site: Site, els: Visitor, typed: str, written: str) -> None:
    answer = els.send(NEW, **FIRST, acknowledge=typed)
    assert answer.status_code == 303, answer.text
    assert written in said_in(site, answer.location)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14 dagen", "Bedoelde u 'kalenderdagen' of 'werkdagen'?"),
        ("veertien dagen", "Bedoelde u '14 werkdagen' of '14 kalenderdagen'?"),
        ("5 werkdgn", "Bedoelde u 'werkdagen' of 'werkdag'?"),
        ("zes wekn", "Bedoelde u '6 weken'?"),
        ("gauw", "Schrijf een getal en een eenheid"),
    ],
)
def test_what_is_no_term_is_refused_at_its_question(els: Visitor, typed: str, meant: str) -> None:
    answer = els.send(NEW, **FIRST, answer=typed)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert meant in page.by_id("answer-fout").text
    assert page.by_id("answer").attributes["value"] == typed


@pytest.mark.parametrize(("question", "typed"), [("email", "klacht@"), ("agreed-by", "Bestuur")])
def test_nothing_begins_with_a_mistake_in_it(els: Visitor, question: str, typed: str) -> None:
    answer = els.send(NEW, **FIRST, **{question: typed})
    assert answer.status_code == 422
    assert Page(answer.text).by_id(f"{question}-fout").text


# Answering


def test_an_answer_in_words_is_kept_in_digits(site: Site, els: Visitor, linde: str) -> None:
    answer = filled(els, f"{linde}/ontvangstmelding", "/ontvangstmelding", w_binnen="zes weken")
    assert answer.status_code == 303, answer.text
    assert "binnen: 6 weken" in said_in(site, linde)


def test_an_answer_that_is_wrong_is_refused_at_its_field_with_what_was_typed(
    site: Site, els: Visitor, linde: str
) -> None:
    before = said_in(site, linde)
    answer = filled(els, f"{linde}/ontvangstmelding", "/ontvangstmelding", w_binnen="14 dagen")
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.by_id("w-binnen").attributes["value"] == "14 dagen"
    assert "Bedoelde u 'kalenderdagen' of 'werkdagen'?" in page.by_id("w-binnen-fout").text
    assert "Bewaard" not in page.text
    assert said_in(site, linde) == before


def test_with_a_mistake_in_the_files_the_question_is_answered_by_its_form(site: Site, els: Visitor) -> None:
    seen = replaced(site.runtime, begun(site.runtime), TERMS, LENGTH, "binnen: 14 dagen")
    talk = f"/medewerker/werkplaats/voorstel/{seen.id}/gesprek"
    page = els.page(f"{talk}/ontvangstmelding")
    assert "Bedoelde u 'kalenderdagen' of 'werkdagen'?" in page.text
    assert page.by_id("w-binnen").attributes["value"] == "14 dagen"
    assert (
        filled(els, f"{talk}/ontvangstmelding", "/ontvangstmelding", w_binnen="twee weken").status_code == 303
    )
    assert "binnen: 2 weken" in said_in(site, talk)


def test_another_mistake_keeps_nobody_from_answering(site: Site, els: Visitor) -> None:
    seen = replaced(site.runtime, begun(site.runtime), TERMS, LENGTH, "binnen: 14 dagen")
    talk = f"/medewerker/werkplaats/voorstel/{seen.id}/gesprek"
    answer = filled(els, f"{talk}/omschrijving", "/omschrijving", w_omschrijving="Elke klacht telt.")
    assert answer.status_code == 303


# Adding


def test_a_number_to_call_is_asked_and_never_made_up(site: Site, els: Visitor, zonnehof: str) -> None:
    place = f"{zonnehof}/gevaar?bestand=definitions/zonnehof/organisatie.yaml&p=gevaar&p=bel"
    assert els.page(place).by_id("erbij-w-nummer").attributes["value"] == ""
    before = said_in(site, zonnehof)
    refused = filled(els, place, "/erbij", naam="Awel")
    assert refused.status_code == 422
    page = Page(refused.text)
    assert "Vul dit in." in page.by_id("erbij-w-nummer-fout").text
    assert page.by_id("naam").attributes["value"] == "Awel"
    assert page_faults(page) == []
    assert said_in(site, zonnehof) == before
    assert filled(els, place, "/erbij", naam="Awel", w_nummer="102").status_code == 303
    assert 'nummer: "102"' in said_in(site, zonnehof)


def test_aftercare_counts_from_the_answer_for_complaints_alone_and_ends_in_the_last_phase(
    site: Site, els: Visitor, zonnehof: str
) -> None:
    typed = {"w_binnen": "drie weken", "w_verantwoordelijk": "behandelaar"}
    assert filled(els, f"{zonnehof}/nazorg", "/erbij", **typed).status_code == 303
    files = said_in(site, zonnehof)
    term = files[files.index("  nazorg:\n") :]
    assert "vanaf: antwoord verstuurd" in term
    assert "geldt-als: {soort: klacht}" in term
    assert 'title: "Nazorg: gedaan op", type: string, format: date, fase: afsluiting' in files


def test_what_is_asked_of_who_complained_stands_in_the_phase_of_that_moment(
    site: Site, els: Visitor, zonnehof: str
) -> None:
    typed = {"w_binnen": "2 werkdagen", "w_verantwoordelijk": "behandelaar"}
    assert filled(els, f"{zonnehof}/registratie", "/erbij", **typed).status_code == 303
    assert filled(els, f"{zonnehof}/tevredenheid", "/erbij").status_code == 303
    files = said_in(site, zonnehof)
    assert "tot: geregistreerd" in files
    satisfied = files[files.index("tevreden_over_de_afhandeling:") :]
    assert "fase: afsluiting" in satisfied


def test_what_was_begun_as_is_usual_is_to_be_read_until_somebody_saves_it(
    els: Visitor, zonnehof: str
) -> None:
    assert filled(els, f"{zonnehof}/tevredenheid", "/erbij").status_code == 303
    assert "nog na te lezen" in els.page(f"{zonnehof}/tevredenheid").text
    assert filled(els, f"{zonnehof}/tevredenheid", "/tevredenheid").status_code == 303
    assert "nog na te lezen" not in els.page(f"{zonnehof}/tevredenheid").text


def test_taking_back_that_it_was_saved_it_is_to_be_read_again(els: Visitor, zonnehof: str) -> None:
    filled(els, f"{zonnehof}/tevredenheid", "/erbij")
    filled(els, f"{zonnehof}/tevredenheid", "/tevredenheid")
    assert filled(els, f"{zonnehof}/tevredenheid", "/ongedaan").status_code == 303
    assert "nog na te lezen" in els.page(f"{zonnehof}/tevredenheid").text


def test_what_says_only_what_was_asked_is_not_to_be_read_again(els: Visitor, zonnehof: str) -> None:
    assert (
        filled(
            els, f"{zonnehof}/geen-klacht", "/erbij", naam="Een factuur", w_route="De boekhouding"
        ).status_code
        == 303
    )
    assert "nog na te lezen" not in els.page(f"{zonnehof}/geen-klacht").text


# What is not answered for somebody


def test_whoever_is_told_when_a_new_term_is_late_is_who_was_chosen(
    site: Site, els: Visitor, linde: str
) -> None:
    where = "?bestand=rules/de-linde/termijnen.yaml&p=termijnen"
    typed = {
        "naam": "Terugbellen",
        "gevraagd": ["binnen", "verantwoordelijk"],
        "w_binnen": "2 werkdagen",
        "w_verantwoordelijk": "sociale-dienst",
    }
    answer = sent(els, f"{linde}/ontvangstmelding/erbij{where}", **typed)
    assert answer.status_code == 303, answer.text
    made = said_in(site, linde).rpartition("  terugbellen:\n")[2].partition("bron:")[0]
    assert "verantwoordelijk: sociale-dienst" in made
    assert "te-laat: [{meld: sociale-dienst}]" in made


def test_a_judgement_that_comes_is_asked_with_its_choices(
    site: Site, els: Visitor, linde: str, drafter: ConfinedDrafter
) -> None:
    with reading(site.runtime.store) as register:
        sources = register.sources(register.proposal(linde.split("/")[-2]).tree)
    talk = drafter.conversation(sources, "de-linde", "oordeel")
    (asked,) = (one for one in talk.asked if one.question.name == "oordeel")
    stand = next(one for one in asked.stands if one.grows)
    sheet = drafter.sheet(sources, "de-linde", stand.file, stand.path, grows=True)
    at_once = asked_at_once(asked.question.at[stand.where], stand, sheet)
    assert [(one.keyword, one.kind, one.required) for one in at_once] == [("enum", Kind.LINES, True)]


def test_a_proposal_is_given_up_when_that_was_said(site: Site, els: Visitor, linde: str) -> None:
    room = linde.removesuffix("/gesprek")
    with reading(site.runtime.store) as register:
        tree = register.proposal(room.rpartition("/")[2]).tree
    refused = sent(els, f"{room}/intrekken", gezien=tree)
    assert refused.status_code == 422
    assert "Kruis aan dat u dit voorstel wilt intrekken." in refused.text
    assert sent(els, f"{room}/intrekken", gezien=tree, zeker="ja").status_code == 303
