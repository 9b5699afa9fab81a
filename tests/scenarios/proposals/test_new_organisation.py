"""An organisation that the conversation made, with nothing written in its files by hand, handles a complaint from its
arrival to its end: whoever told it reads at each step what is true."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.core.letters.open_spots import open_spots
from gehoor.services.access.authorisation import OPERATOR, Operator
from gehoor.services.accounts.account_changes import coordinate
from gehoor.services.agreements.publishing import Publishable, publish
from gehoor.services.dossiers.incoming import Opening
from gehoor.services.dossiers.opening import open_dossier
from gehoor.services.dossiers.viewing import look
from gehoor.services.intake.status_page import follow
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import fill
from tests.support.letters import post, write
from tests.support.site import Site, Visitor
from tests.support.workbench import workbench_site

ZWAAN = "de-zwaan"
ANSWERS: dict[str, dict[str, str]] = {
    "registratie": {"w_binnen": "2 werkdagen"},
    "onderzoek": {"w_binnen": "20 kalenderdagen"},
    "bevindingen": {},
    "ernst": {},
    "brieven": {},
    "tweede-lijn": {"naam": "Woonzorglijn", "w_contact": "02 553 75 00"},
    "herstel": {},
    "preventie": {},
    "nazorg": {"w_binnen": "3 weken"},
    "tevredenheid": {},
}
"""What is answered, question by question; what is suggested will do for the rest."""


def answered(els: Visitor, place: str, question: str, typed: dict[str, str]) -> None:
    page = els.page(f"{place}/{question}")
    form = next(one for one in page.all("form") if "/erbij" in one.attributes.get("action", ""))
    offered: dict[str, Any] = {}
    for name, value in page.form_data(form):
        offered.setdefault(name, []).append(value)
    if "w_binnen" in typed:
        offered["w_verantwoordelijk"] = "behandelaar"
    given = els.post(form.attributes["action"], {**offered, **typed})
    assert given.status_code == 303, (question, given.text)


@pytest.fixture
def runtime(drafter: ConfinedDrafter) -> Runtime:
    """De Zwaan, as a coordinator made it by the conversation alone."""
    site: Site = workbench_site(drafter)
    site.clock.to("2026-05-12 11:00")
    els = site.staff("els", "de-linde/*:kwaliteitscoordinator")
    coordinate(site.runtime, "els", ["*"], Operator(OPERATOR), at("2026-05-12 11:00"))
    place = els.send("/medewerker/werkplaats/nieuw", name="De Zwaan", departments="Wonen").location
    for question, typed in ANSWERS.items():
        answered(els, place, question, typed)
    with reading(site.runtime.store) as register:
        proposal = register.proposal(place.split("/")[-2])
        sources = dict(register.sources(proposal.tree))
    judged = drafter.judge(sources, ZWAAN)
    assert judged.is_sound, judged.told
    offered = [Publishable(ZWAAN, one.name, one.document, one.places) for one in judged.departments]
    publish(site.runtime, offered, at("2026-05-13 09:00"), "els", sources={ZWAAN: sources})
    return site.runtime


def told(runtime: Runtime) -> str:
    """A complaint that somebody told on the website, without a name."""
    answers: dict[str, Any] = {"verhaal": "Het eten was koud.", "anoniem": "ja"}
    return open_dossier(
        runtime, Opening(ZWAAN, "wonen", "melden", answers, "k1"), at("2026-06-01 10:00")
    ).dossier


def now(runtime: Runtime, dossier: str, when: str) -> tuple[str, list[str]]:
    """Return what the page of the follow-up code says that happens now, and what is still to come."""
    seen = follow(runtime, dossier, at(when))
    current = seen.current.phase.public if seen.current else ""
    return ("closed" if seen.closed else current), [state.term.public for state, _ in seen.coming]


def test_whoever_told_it_reads_at_each_step_what_is_true(runtime: Runtime) -> None:
    dossier = told(runtime)
    receipt, answer = "Wij laten u weten dat wij uw bericht kregen.", "U krijgt ons antwoord."
    assert now(runtime, dossier, "2026-06-01 11:00") == ("Uw bericht is bij ons.", [receipt, answer])
    draft = write(runtime, dossier, "2026-06-02 09:00", letter="ontvangstmelding")
    post(runtime, dossier, draft, "2026-06-02 09:10", letter="ontvangstmelding", way="follow-page")
    assert now(runtime, dossier, "2026-06-02 10:00") == ("Wij schrijven op wat er gebeurde.", [answer])
    fill(runtime, dossier, "2026-06-03 09:00", geregistreerd_op="2026-06-03")
    assert now(runtime, dossier, "2026-06-03 10:00") == ("Wij zoeken uit wat er gebeurde.", [answer])
    fill(runtime, dossier, "2026-06-10 09:00", oordeel="gegrond", onderzocht_op="2026-06-10")
    assert now(runtime, dossier, "2026-06-10 10:00") == ("Wij schrijven ons antwoord aan u.", [answer])
    send_answer(runtime, dossier)
    assert now(runtime, dossier, "2026-06-12 10:00") == ("Wij ronden alles af.", [])
    fill(runtime, dossier, "2026-06-30 09:00", nazorg_op="2026-06-30", gesloten_op="2026-06-30")
    assert now(runtime, dossier, "2026-06-30 10:00") == ("closed", [])


def send_answer(runtime: Runtime, dossier: str) -> str:
    """Send the answer; return its text."""
    template = "antwoord-op-de-klacht"
    draft = write(runtime, dossier, "2026-06-12 09:00", letter=template)
    text = look(runtime, dossier, at("2026-06-12 09:05")).dossier.drafts[template].content.text
    assert open_spots(text) == ()
    post(runtime, dossier, draft, "2026-06-12 09:10", letter=template, way="follow-page")
    return text


def test_an_answer_that_was_sent_counts_though_the_steps_before_it_were_not_filled_in(
    runtime: Runtime,
) -> None:
    dossier = told(runtime)
    send_answer(runtime, dossier)
    assert now(runtime, dossier, "2026-06-12 10:00") == ("Wij ronden alles af.", [])
    opened = look(runtime, dossier, at("2026-06-12 10:00"))
    assert opened.dossier.values["antwoord_op"] == "2026-06-12"


def test_the_answer_has_a_day_a_salutation_where_else_one_can_go_and_who_signs(runtime: Runtime) -> None:
    dossier = told(runtime)
    fill(runtime, dossier, "2026-06-10 09:00", oordeel="gegrond")
    text = send_answer(runtime, dossier)
    assert text.startswith(
        "vrijdag 12 juni 2026\n\nBeste,\n\nOp maandag 1 juni 2026 vertelde u ons wat er misliep."
    )
    assert "Ons oordeel over uw klacht: gegrond." in text
    assert "Dan kunt u terecht bij:\n\n- Woonzorglijn" in text
    assert text.endswith("Met vriendelijke groet,\n\nEls Verhaegen\nWonen, De Zwaan")


def test_each_field_stands_in_the_phase_in_which_it_is_done_and_the_day_of_that_last(
    runtime: Runtime,
) -> None:
    fields = look(runtime, told(runtime), at("2026-06-01 11:00")).agreement.dossier_form.fields
    phases: dict[str, list[str]] = {}
    for one in fields.values():
        phases.setdefault(one.phase, []).append(one.id)
    assert phases["registratie"] == ["geregistreerd_op"]
    assert phases["onderzoek"] == ["oordeel", "wat_stelden_wij_vast", "ernst", "onderzocht_op"]
    assert phases["antwoord"] == ["wat_doen_wij_voor_de_klager", "wat_veranderen_wij", "antwoord_op"]
    assert phases["afsluiting"][-1] == "gesloten_op"


def test_who_is_late_hears_it_by_email(runtime: Runtime) -> None:
    agreement = look(runtime, told(runtime), at("2026-06-01 11:00")).agreement
    assert set(agreement.notices) == {"reminder", "late", "notification"}
    assert set(agreement.notices.values()) <= set(agreement.letters)
