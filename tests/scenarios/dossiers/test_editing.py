"""Handling a dossier: filling in what comes next, together with others, until the answer is out."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.core.dossier.events import BrokenChainError, verify
from gehoor.core.wording.registry import DUTCH
from gehoor.services.dossiers.duties import Approving, approve
from gehoor.services.dossiers.editing import EditConflictError
from gehoor.services.dossiers.viewing import look
from gehoor.services.jobs.sweep import sweep
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.register import UnknownDossierError, reading
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import (
    INVESTIGATED,
    REGISTERED,
    STORY,
    de_linde,
    fill,
    investigated,
    open_by_phone,
    open_by_web,
    publish_change,
    registered,
    staff,
)

ANSWER: dict[str, Any] = {
    "antwoord_datum": "2026-05-29",
    "antwoord_wijze": "brief",
    "tweede_lijn_vermeld": True,
}
APOLOGY: dict[str, Any] = {
    "verontschuldiging": ["schriftelijk"],
    "maatregelen_individueel_meegedeeld": "Mama staat nu eerst op de ronde.",
    "acties_structureel_meegedeeld": "Een extra ronde op zondag.",
}


def refusals(runtime: Runtime, dossier: str, when: str, **answers: Any) -> dict[str, str]:
    with pytest.raises(RefusedError) as refusal:
        fill(runtime, dossier, when, **answers)
    fields = look(runtime, dossier, at(when)).agreement.dossier_form.fields
    return {o.field: DUTCH.objections.text(o, fields[o.field].label) for o in refusal.value.objections}


def values(runtime: Runtime, dossier: str) -> dict[str, Any]:
    with reading(runtime.store) as register:
        return dict(register.dossier(dossier).values)


def test_what_was_filled_in_is_there_afterwards() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    assert values(runtime, dossier)["registratiedatum"] == "2026-05-13"
    with reading(runtime.store) as register:
        events = register.events(dossier)
    verify(events)
    assert [event.actor for event in events] == ["ria", "ria"]


def test_only_what_changed_is_written_down() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    fill(
        runtime,
        dossier,
        "2026-05-14 09:00",
        onderwerp="Bel niet beantwoord",
        aangeklaagde_dienst="Afdeling Beuk",
    )
    with reading(runtime.store) as register:
        assert register.events(dossier)[-1].data["values"] == {"aangeklaagde_dienst": "Afdeling Beuk"}


def test_saving_without_a_change_writes_nothing() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    assert fill(runtime, dossier, "2026-05-14 09:00", onderwerp="Bel niet beantwoord").version == 2


def test_an_answer_can_be_taken_back() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    fill(runtime, dossier, "2026-05-14 09:00", aangeklaagde_dienst="Afdeling Beuk")
    fill(runtime, dossier, "2026-05-14 09:05", aangeklaagde_dienst="")
    assert "aangeklaagde_dienst" not in values(runtime, dossier)


def test_what_every_dossier_needs_cannot_be_taken_back() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    assert set(refusals(runtime, dossier, "2026-05-14 09:00", ontvangstdatum="")) == {"ontvangstdatum"}


def test_what_a_reached_milestone_needs_cannot_be_taken_back() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    assert set(refusals(runtime, dossier, "2026-05-14 09:00", onderwerp="")) == {"onderwerp"}


def test_the_first_conflict_names_the_answer_and_who_was_before() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    fill(runtime, dossier, "2026-05-14 09:00", actor="jo", aangeklaagde_dienst="Keuken")
    with pytest.raises(EditConflictError) as conflict:
        fill(runtime, dossier, "2026-05-14 09:01", version=2, aangeklaagde_dienst="Afdeling Beuk")
    assert (conflict.value.fields, conflict.value.actor) == (["aangeklaagde_dienst"], "jo")
    assert conflict.value.at == at("2026-05-14 09:00")
    assert values(runtime, dossier)["aangeklaagde_dienst"] == "Keuken"


def test_two_people_may_fill_in_different_answers_at_once() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    fill(runtime, dossier, "2026-05-14 09:00", actor="jo", aangeklaagde_dienst="Keuken")
    fill(runtime, dossier, "2026-05-14 09:01", version=2, feiten_van="2026-05-10")
    assert values(runtime, dossier)["aangeklaagde_dienst"] == "Keuken"
    assert values(runtime, dossier)["feiten_van"] == "2026-05-10"


def test_two_people_may_give_the_same_answer() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    fill(runtime, dossier, "2026-05-14 09:00", actor="jo", aangeklaagde_dienst="Keuken")
    assert fill(runtime, dossier, "2026-05-14 09:01", version=2, aangeklaagde_dienst="Keuken").version == 3


def test_an_answer_that_someone_cleared_in_between_is_a_conflict_too() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    fill(runtime, dossier, "2026-05-14 09:00", aangeklaagde_dienst="Keuken")
    fill(runtime, dossier, "2026-05-14 09:01", actor="jo", aangeklaagde_dienst="")
    with pytest.raises(EditConflictError):
        fill(runtime, dossier, "2026-05-14 09:02", version=3, aangeklaagde_dienst="Zaal")


def test_an_answer_that_someone_else_hid_in_between_is_a_conflict_and_not_forgotten() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, "2026-05-12 14:00").dossier
    fill(runtime, dossier, "2026-05-14 09:00", actor="jo", anoniem="ja", klager_naam="", klager_telefoon="")
    fill(runtime, dossier, "2026-05-14 09:01", actor="an", onderwerp="Soep")
    with pytest.raises(EditConflictError) as conflict:
        fill(runtime, dossier, "2026-05-14 09:02", version=1, klager_email="els@voorbeeld.be")
    assert (conflict.value.fields, conflict.value.actor) == (["klager_email"], "jo")


def test_who_hides_an_answer_leaves_it_out_whatever_others_did() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, "2026-05-12 14:00").dossier
    fill(runtime, dossier, "2026-05-14 09:00", actor="jo", onderwerp="Soep")
    hidden = {"anoniem": "ja", "klager_naam": "", "klager_telefoon": "", "klager_email": "els@voorbeeld.be"}
    fill(runtime, dossier, "2026-05-14 09:01", version=1, **hidden)
    assert "klager_email" not in values(runtime, dossier)


def test_what_someone_left_as_they_saw_it_says_nothing_about_what_others_did() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    fill(
        runtime,
        dossier,
        "2026-05-14 09:00",
        actor="jo",
        aangeklaagde_dienst="Keuken",
        onderwerp="Geen antwoord",
    )
    whole_page = {"aangeklaagde_dienst": "", "onderwerp": "Bel niet beantwoord", "feiten_van": "2026-05-10"}
    fill(runtime, dossier, "2026-05-14 09:01", version=2, **whole_page)
    kept = values(runtime, dossier)
    assert [kept[name] for name in whole_page] == ["Keuken", "Geen antwoord", "2026-05-10"]


def test_the_sweep_in_between_is_no_conflict() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, "2026-05-12 14:00").dossier
    sweep(runtime, at("2026-05-21 09:00"))
    fill(runtime, dossier, "2026-05-21 09:01", version=1, aangeklaagde_dienst="Keuken")
    assert values(runtime, dossier)["aangeklaagde_dienst"] == "Keuken"


def test_the_story_can_be_corrected_until_registration_is_complete() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, "2026-05-12 14:00").dossier
    fill(runtime, dossier, "2026-05-12 14:10", uiteenzetting="Zo was het.")
    assert values(runtime, dossier)["uiteenzetting"] == "Zo was het."


@pytest.mark.parametrize("changed", ["Zo was het.", ""], ids=["rewritten", "erased"])
def test_the_story_stays_as_it_was_told_after_registration(changed: str) -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    assert "uiteenzetting" in refusals(runtime, dossier, "2026-05-14 09:00", uiteenzetting=changed)
    assert values(runtime, dossier)["uiteenzetting"] == STORY


def test_a_phase_that_is_not_open_cannot_be_filled_in() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, "2026-05-12 14:00").dossier
    assert refusals(runtime, dossier, "2026-05-12 15:00", ernst=3) == {
        "ernst": "De fase Onderzoek is nog niet open: eerst “Registratie volledig”."
    }


def test_a_phase_may_be_opened_and_filled_in_at_once() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, "2026-05-12 14:00").dossier
    fill(runtime, dossier, "2026-05-13 09:00", **REGISTERED, registratiedatum="2026-05-13", ernst=3)
    assert values(runtime, dossier)["ernst"] == 3


def test_registration_is_not_complete_without_what_it_needs() -> None:
    runtime = de_linde()
    dossier = open_by_web(runtime, "2026-05-12 14:00").dossier
    assert refusals(runtime, dossier, "2026-05-13 09:00", registratiedatum="2026-05-13") == {
        "onderwerp": "Vul dit in: het is nodig voor “Registratie volledig”."
    }


def test_an_investigation_looks_at_everything() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    missing = refusals(runtime, dossier, "2026-05-20 09:00", onderzoek_afgerond_op="2026-05-20")
    assert set(missing) == {*INVESTIGATED, "gegrondheid"}
    assert missing["ernst"].endswith("de soort, de gegrondheid, de ernst en het nadeel.")


def test_founded_cannot_be_answered_without_an_apology_and_the_message_names_what_is_missing() -> None:
    runtime = de_linde()
    dossier = investigated(runtime, "gegrond")
    missing = refusals(runtime, dossier, "2026-05-29 09:00", **ANSWER)
    assert set(missing) == set(APOLOGY)
    assert missing["verontschuldiging"] == (
        "Vul dit in: het is nodig voor “Antwoord verstuurd”. "
        "Bij een gegronde klacht bieden wij verontschuldigingen aan."
    )
    assert "antwoord_datum" not in values(runtime, dossier)


@pytest.mark.parametrize("judgement", ["gegrond", "deels_gegrond"])
def test_founded_is_answered_with_an_apology_and_measures(judgement: str) -> None:
    runtime = de_linde()
    dossier = investigated(runtime, judgement)
    fill(runtime, dossier, "2026-05-29 09:00", **ANSWER, **APOLOGY)
    assert look(runtime, dossier, at("2026-05-29 09:00")).decision.phases["antwoord"].done


def test_unfounded_cannot_be_answered_without_proof() -> None:
    runtime = de_linde()
    dossier = investigated(runtime, "ongegrond")
    (sentence,) = refusals(runtime, dossier, "2026-05-29 09:00", **ANSWER).values()
    assert sentence == (
        "“Antwoord verstuurd” kan nog niet. Dat een klacht ongegrond is, tonen wij aan met een analyse van de feiten "
        "of met controleerbare gegevens."
    )


@pytest.mark.parametrize(
    "proof",
    [
        {"antwoord_motivering": "Het rooster toont vijf mensen."},
        {"objectieve_gegevens": ["oproepregistratie"]},
    ],
    ids=["analysis", "data"],
)
def test_unfounded_is_answered_with_either_proof(proof: dict[str, Any]) -> None:
    runtime = de_linde()
    dossier = investigated(runtime, "ongegrond")
    fill(runtime, dossier, "2026-05-29 09:00", **ANSWER, **proof)
    assert values(runtime, dossier)["antwoord_datum"] == "2026-05-29"


def test_unclear_is_answered_too() -> None:
    runtime = de_linde()
    dossier = investigated(runtime, "onduidelijk")
    fill(runtime, dossier, "2026-05-29 09:00", **ANSWER)
    assert values(runtime, dossier)["antwoord_datum"] == "2026-05-29"


def test_a_serious_complaint_is_answered_with_the_director() -> None:
    runtime = de_linde()
    dossier = investigated(runtime, "onduidelijk")
    fill(runtime, dossier, "2026-05-28 09:00", ernst=5, ernst_motivering="De bewoner viel.")
    (sentence,) = refusals(runtime, dossier, "2026-05-29 09:00", **ANSWER).values()
    assert sentence.endswith("keurt de algemeen directeur het antwoord mee goed.")
    staff(runtime, "an", "algemeen-directeur")
    fill(runtime, dossier, "2026-05-28 10:00", antwoord_wijze="brief", tweede_lijn_vermeld=True)
    (wanted,) = look(runtime, dossier, at("2026-05-29 09:00")).decision.approvals
    approve(runtime, Approving(dossier, wanted.key, "an"), at("2026-05-29 09:00"))
    fill(runtime, dossier, "2026-05-29 09:10", antwoord_datum="2026-05-29")
    assert values(runtime, dossier)["antwoord_datum"] == "2026-05-29"


def test_a_founded_complaint_closes_when_it_was_put_right() -> None:
    runtime = de_linde()
    dossier = investigated(runtime, "gegrond")
    fill(runtime, dossier, "2026-05-29 09:00", **ANSWER, **APOLOGY)
    missing = refusals(runtime, dossier, "2026-06-10 09:00", afgesloten_op="2026-06-10")
    assert set(missing) == {"afgesloten_op", "afsluitreden", "herstelmaatregelen", "verbeteracties"}
    fill(
        runtime, dossier, "2026-06-10 09:00", afgesloten_op="2026-06-10", afsluitreden="beantwoord",
        herstelmaatregelen=[TALK], verbeteracties=[ROUND], **CARED_FOR,
    )  # fmt: skip
    assert look(runtime, dossier, at("2026-06-10 09:00")).decision.closed


CARED_FOR = {
    "ontvangstmelding_op": "2026-05-15",
    "ontvangstmelding_wijze": "email",
    "nazorg_contact_op": "2026-06-09",
    "nazorg_verhaal": "Mama is nu op tijd uit bed.",
    "afspraken_nagekomen": "ja",
}
"""What else was promised: that it was received, and how it goes afterwards."""
TALK = {
    "type": "ondersteunend_gesprek",
    "omschrijving": "Gesprek met mama.",
    "uitgevoerd_op": "2026-06-02",
}
ROUND = {
    "omschrijving": "Extra ronde.",
    "betrokken_medewerkers": "Team, 2 juni",
    "leidinggevende": "K., 2 juni",
    "uitgevoerd_op": "2026-06-03",
}


def without(row: dict[str, str], name: str) -> dict[str, str]:
    return {member: value for member, value in row.items() if member != name}


@pytest.mark.parametrize(
    ("answers", "because"),
    [
        (
            {"herstelmaatregelen": [TALK, without(TALK, "uitgevoerd_op")]},
            "Een dossier sluit pas als elke herstelmaatregel uitgevoerd is, of overgedragen met een reden.",
        ),
        (
            {"verbeteracties": [without(ROUND, "uitgevoerd_op")]},
            "Een dossier sluit pas als elke verbeteractie uitgevoerd is, of overgedragen met een reden.",
        ),
        (
            {"verbeteracties": [ROUND, without(ROUND, "leidinggevende")]},
            "Een verbeteractie bedenken wij samen met de betrokken medewerkers en hun leidinggevende.",
        ),
        (
            {"herstelmaatregelen": [{**TALK, "type": "schadeloosstelling"}]},
            "Bij een schadeloosstelling staat hoeveel er betaald is.",
        ),
    ],
)
def test_a_dossier_stays_open_while_one_row_is_not_done(answers: dict[str, Any], because: str) -> None:
    runtime = de_linde()
    dossier = investigated(runtime, "gegrond")
    fill(runtime, dossier, "2026-05-29 09:00", **ANSWER, **APOLOGY)
    done = {"herstelmaatregelen": [TALK], "verbeteracties": [ROUND]}
    closing = {"afgesloten_op": "2026-06-10", "afsluitreden": "beantwoord", **CARED_FOR}
    refused = refusals(runtime, dossier, "2026-06-10 09:00", **{**done, **answers, **closing})
    assert list(refused) == ["afgesloten_op"]
    assert refused["afgesloten_op"].endswith(because)


def test_what_is_not_put_right_is_closed_with_a_reason() -> None:
    runtime = de_linde()
    dossier = investigated(runtime, "gegrond")
    fill(runtime, dossier, "2026-05-29 09:00", **ANSWER, **APOLOGY)
    handed_over = {**without(ROUND, "uitgevoerd_op"), "overgedragen": "Aan de werkgroep zorg."}
    fill(
        runtime, dossier, "2026-06-10 09:00", afgesloten_op="2026-06-10", afsluitreden="beantwoord",
        geen_herstel_reden="De bewoner is overleden.", verbeteracties=[handed_over],
        **CARED_FOR,
    )  # fmt: skip
    assert look(runtime, dossier, at("2026-06-10 09:00")).decision.closed


@pytest.mark.parametrize(
    ("whole", "parts", "warned"),
    [
        ("gegrond", ["gegrond", "gegrond"], False),
        ("gegrond", ["gegrond", "onduidelijk"], True),
        ("deels_gegrond", ["gegrond", "ongegrond"], False),
        ("deels_gegrond", ["gegrond", "gegrond"], True),
        ("deels_gegrond", ["ongegrond", "onduidelijk"], True),
        ("ongegrond", ["ongegrond", "deels_gegrond"], True),
        ("onduidelijk", ["onduidelijk"], False),
        ("gegrond", [], False),
    ],
)
def test_the_judgement_of_the_whole_fits_that_of_its_parts(
    whole: str, parts: list[str], warned: bool
) -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    rows = [{"omschrijving": "Een deel", "gegrondheid": judgement} for judgement in parts]
    fill(runtime, dossier, "2026-05-20 09:00", gegrondheid=whole, deelklachten=rows or None)
    warnings = look(runtime, dossier, at("2026-05-20 09:00")).decision.warnings
    assert [warning.rule.endswith("past-bij-de-delen") for warning in warnings] == [True] * warned


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-05-14", "Deze datum ligt in de toekomst. Vul in wanneer het gebeurd is."),
        ("2026-05-11", "Deze datum ligt voor de ontvangst op dinsdag 12 mei 2026."),
        ("1901-01-01", "Deze datum ligt voor de ontvangst op dinsdag 12 mei 2026."),
    ],
)
def test_a_milestone_is_something_that_happened(day: str, sentence: str) -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, "2026-05-12 14:00").dossier
    answers = {"ontvangstmelding_op": day, "ontvangstmelding_wijze": "brief"}
    assert refusals(runtime, dossier, "2026-05-13 09:00", **answers) == {"ontvangstmelding_op": sentence}


def test_who_becomes_anonymous_leaves_no_name_behind_in_the_same_save() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, "2026-05-12 14:00").dossier
    fill(runtime, dossier, "2026-05-12 14:10", anoniem="ja", klager_voornaam="Els")
    assert values(runtime, dossier)["anoniem"] is True
    with runtime.store.snapshot() as tables:
        assert "Els" not in str(tables.select("events"))


def test_an_answer_that_is_not_shown_alone_is_no_save() -> None:
    runtime = de_linde()
    dossier = open_by_web(runtime, "2026-05-12 14:00", anoniem="ja").dossier
    assert fill(runtime, dossier, "2026-05-12 14:10", klager_voornaam="Els").version == 1


def test_an_answer_that_shows_the_next_may_come_with_it() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    fill(runtime, dossier, "2026-05-14 09:00", ernst=4, ernst_motivering="De bewoner viel.")
    assert values(runtime, dossier)["ernst_motivering"] == "De bewoner viel."


def test_what_cannot_be_read_is_said_at_its_field() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    assert refusals(runtime, dossier, "2026-05-14 09:00", feiten_van="lang geleden", ernst="9") == {
        "feiten_van": "Schrijf een datum, bijvoorbeeld 27-03-2026.",
        "ernst": "Het grootste getal is 5.",
    }


def test_nothing_is_kept_of_a_refused_save() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    refusals(runtime, dossier, "2026-05-14 09:00", aangeklaagde_dienst="Keuken", ernst="9")
    assert "aangeklaagde_dienst" not in values(runtime, dossier)


def test_a_dossier_that_is_not_there_cannot_be_looked_at_or_filled_in() -> None:
    runtime = de_linde()
    with pytest.raises(UnknownDossierError):
        look(runtime, "nergens", at("2026-05-14 09:00"))
    with pytest.raises(UnknownDossierError):
        fill(runtime, "nergens", "2026-05-14 09:00", version=1, ernst=3)


def test_a_dossier_that_was_tampered_with_is_not_shown() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    with runtime.store.transaction() as tables:
        event = tables.select("events", where={"dossier": dossier, "sequence": 1})[0]
        event["data"]["values"]["uiteenzetting"] = "Er was niets."
        tables.put("events", f"{dossier}/000001", event)
    with pytest.raises(BrokenChainError):
        look(runtime, dossier, at("2026-05-14 09:00"))


def test_a_slip_in_what_is_not_shown_any_more_keeps_nobody_from_saving() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, "2026-05-12 14:00").dossier
    fill(
        runtime,
        dossier,
        "2026-05-12 14:10",
        anoniem="ja",
        klager_email="els",
        klager_is_betrokkene="misschien",
    )
    assert values(runtime, dossier)["anoniem"] is True


def _retire_phone(document: dict[str, Any]) -> None:
    choices = document["forms"]["dossier"]["properties"]["drager"]["items"]["oneOf"]
    next(choice for choice in choices if choice["const"] == "telefoon")["deprecated"] = True


def test_a_code_that_was_set_aside_is_not_chosen_any_more() -> None:
    runtime = de_linde()
    publish_change(runtime, _retire_phone, "2026-05-01 09:00")
    with pytest.raises(RefusedError) as refused:
        open_by_phone(runtime, "2026-05-12 14:00")
    assert [(o.field, o.code) for o in refused.value.objections] == [("drager", "retired")]


def test_what_fixed_the_story_is_not_undone() -> None:
    runtime = de_linde()
    dossier = registered(runtime)
    with pytest.raises(RefusedError) as refused:
        fill(runtime, dossier, "2026-05-14 09:00", registratiedatum="")
    assert "fixed" in {o.code for o in refused.value.objections}
