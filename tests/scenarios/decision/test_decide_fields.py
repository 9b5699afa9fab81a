"""Fields, milestones and phases: what is shown, asked, blocked, open and done, and the rule that says so."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.core.decision.model import Decision
from tests.support.de_linde import INVESTIGATED, agreement, changed
from tests.support.decisions import decided

NOW = "2026-06-01 09:00"
ANSWERED: dict[str, Any] = {
    "registratiedatum": "2026-05-13",
    "onderzoek_afgerond_op": "2026-05-20",
    "antwoord_datum": "2026-05-29",
}


def asked(decision: Decision, milestone: str) -> set[str]:
    return {requirement.field for requirement in decision.milestones[milestone].missing}


def blocks(decision: Decision, milestone: str) -> list[str]:
    return [reason.rule for reason in decision.milestones[milestone].blocks]


def open_phases(decision: Decision) -> set[str]:
    return {name for name, state in decision.phases.items() if state.applies and state.open}


def test_in_the_beginning_only_understanding_receipt_and_registration_are_open() -> None:
    assert open_phases(decided(NOW)) == {"begrip", "ontvangst", "registratie"}


def test_registration_opens_investigation_answer_and_closing() -> None:
    opened = open_phases(decided(NOW, registratiedatum="2026-05-13"))
    assert opened == {"begrip", "ontvangst", "registratie", "onderzoek", "antwoord", "afsluiting"}


def test_the_answer_opens_aftercare() -> None:
    decision = decided(NOW, **ANSWERED)
    assert open_phases(decision) == set(decision.phases)


def test_taking_a_milestone_back_locks_the_phase_again() -> None:
    decision = decided(NOW, **{**ANSWERED, "registratiedatum": None})
    assert not decision.phases["onderzoek"].open
    assert not decision.phases["onderzoek"].done


def test_a_remark_is_not_investigated() -> None:
    decision = decided(NOW, type_bericht="opmerking", registratiedatum="2026-05-13")
    assert not decision.phases["onderzoek"].applies
    assert not decision.fields["gegrondheid"].visible


def test_a_phase_is_done_at_its_milestone() -> None:
    decision = decided(NOW, registratiedatum="2026-05-13", onderzoek_afgerond_op="2026-05-20")
    assert {name for name, state in decision.phases.items() if state.done} == {
        "begrip",
        "registratie",
        "onderzoek",
    }


def test_a_phase_lists_what_it_still_needs_itself() -> None:
    decision = decided(NOW, registratiedatum="2026-05-13", gegrondheid="gegrond")
    needed = {requirement.field for requirement in decision.phases["antwoord"].missing}
    assert needed == {
        "antwoord_wijze", "tweede_lijn_vermeld", "verontschuldiging", "maatregelen_individueel_meegedeeld",
        "acties_structureel_meegedeeld",
    }  # fmt: skip


def test_a_requirement_carries_the_sentence_of_its_rule_and_where_it_stands() -> None:
    decision = decided(NOW, gegrondheid="gegrond")
    (requirement,) = decision.fields["verontschuldiging"].requirements
    assert requirement.milestone == "antwoord verstuurd"
    assert requirement.reason is not None
    assert requirement.reason.rule == "gegrond-vraagt-verontschuldiging"
    assert requirement.reason.because == "Bij een gegronde klacht bieden wij verontschuldigingen aan."
    assert requirement.reason.source == "rules/basis/plichten.yaml:29"


def test_a_requirement_of_the_form_itself_has_no_rule() -> None:
    (requirement,) = decided(NOW).fields["antwoord_wijze"].requirements
    assert (requirement.milestone, requirement.reason) == ("antwoord verstuurd", None)


def test_the_sentence_of_a_rule_is_told_rather_than_the_mark_of_the_form() -> None:
    def also_in_the_form(document: dict) -> None:
        document["forms"]["dossier"]["properties"]["tweede_lijn_vermeld"]["required-before"] = (
            "antwoord verstuurd"
        )

    missing = decided(NOW, under=changed(also_in_the_form)).milestones["antwoord verstuurd"].missing
    (told,) = [requirement for requirement in missing if requirement.field == "tweede_lijn_vermeld"]
    assert told.reason is not None


def test_what_a_rule_requires_without_a_milestone_is_needed_for_its_phase() -> None:
    def without_milestone(document: dict) -> None:
        del document["rules"]["tweede-lijn-in-antwoord"]["then"][0]["before"]

    (requirement,) = decided(NOW, under=changed(without_milestone)).fields["tweede_lijn_vermeld"].requirements
    assert requirement.milestone == "antwoord verstuurd"


def test_a_hidden_field_is_never_required() -> None:
    def require_the_name_always(document: dict) -> None:
        document["rules"]["naam"] = {
            "if": {"type_bericht": "klacht"},
            "then": [{"require": "klager_naam", "before": "geregistreerd"}],
            "because": "Wij willen weten wie u bent.",
        }

    decision = decided(NOW, under=changed(require_the_name_always), anoniem=True, klager_naam=None)
    assert not decision.fields["klager_naam"].visible
    assert decision.fields["klager_naam"].requirements == ()
    assert "klager_naam" not in asked(decision, "geregistreerd") | asked(decision, "ontvangst")


def test_a_field_of_a_phase_that_does_not_apply_is_never_required() -> None:
    def require_the_weight(document: dict) -> None:
        document["rules"]["gewicht"] = {
            "if": {"type_bericht": "opmerking"},
            "then": [{"require": "ernst", "before": "antwoord verstuurd"}],
            "because": "Weeg alles.",
        }

    decision = decided(NOW, under=changed(require_the_weight), type_bericht="opmerking")
    assert "ernst" not in asked(decision, "antwoord verstuurd")


def effect(field: str, word: str) -> Any:
    def add(document: dict) -> None:
        document["rules"]["extra"] = {
            "if": {"ernst": {"at-least": 4}},
            "then": [{word: field}],
            "because": "Zo.",
        }

    return changed(add)


@pytest.mark.parametrize(("weight", "visible"), [(3, False), (4, True)])
def test_what_a_rule_shows_is_hidden_until_then(weight: int, visible: bool) -> None:
    decision = decided(NOW, under=effect("onderzoeker", "show"), ernst=weight)
    assert decision.fields["onderzoeker"].visible is visible


@pytest.mark.parametrize(("weight", "visible"), [(3, True), (4, False)])
def test_what_a_rule_hides_is_shown_until_then(weight: int, visible: bool) -> None:
    decision = decided(NOW, under=effect("onderzoeker", "hide"), ernst=weight)
    assert decision.fields["onderzoeker"].visible is visible


def test_a_warning_says_where_it_comes_from_and_blocks_nothing() -> None:
    decision = decided(NOW, under=effect("Kijk naar eerdere klachten.", "warn"), ernst=5)
    assert [(warning.rule, warning.because) for warning in decision.warnings] == [
        ("extra", "Kijk naar eerdere klachten.")
    ]
    assert "extra" not in {rule for name in decision.milestones for rule in blocks(decision, name)}


@pytest.mark.parametrize(
    ("proof", "blocked"),
    [
        ({}, ["ongegrond-wordt-aangetoond"]),
        ({"antwoord_motivering": "Het rooster toont dat er vijf mensen waren."}, []),
        ({"objectieve_gegevens": ["dienstrooster"]}, []),
    ],
    ids=["nothing", "analysis", "data"],
)
def test_unfounded_is_shown_by_analysis_or_by_data(proof: dict[str, Any], blocked: list[str]) -> None:
    assert blocks(decided(NOW, gegrondheid="ongegrond", **proof), "antwoord verstuurd") == blocked


def test_a_block_carries_the_sentence_of_its_rule_and_where_it_stands() -> None:
    (reason,) = decided(NOW, gegrondheid="ongegrond").milestones["antwoord verstuurd"].blocks
    assert reason.because.startswith("Dat een klacht ongegrond is, tonen wij aan")
    assert reason.source == "rules/basis/plichten.yaml:42"


def test_a_complaint_does_not_close_without_an_answer() -> None:
    assert "klacht-krijgt-antwoord" in blocks(decided(NOW), "afgesloten")
    assert blocks(decided(NOW, antwoord_datum="2026-05-29"), "afgesloten") == []
    assert blocks(decided(NOW, geen_antwoord_reden="ingetrokken"), "afgesloten") == []


def test_a_full_investigation_asks_nothing_more() -> None:
    decision = decided(
        NOW, **INVESTIGATED, gegrondheid="onduidelijk", gegrondheid_motivering="Wie spreekt waar?"
    )
    assert asked(decision, "onderzoek afgerond") == set()


def test_the_story_is_fixed_after_registration() -> None:
    assert not decided(NOW).fields["uiteenzetting"].fixed
    assert decided(NOW, registratiedatum="2026-05-13").fields["uiteenzetting"].fixed


def test_what_the_platform_fills_in_is_fixed_for_everyone() -> None:
    assert decided(NOW).fields["anonieme_volgcode"].fixed


def test_every_rule_says_why_and_where() -> None:
    assert [
        rule.id for rule in agreement().rules.values() if not rule.because or ".yaml:" not in rule.source
    ] == []
    assert [term.id for term in agreement().terms.values() if ".yaml:" not in term.place] == []


@pytest.mark.parametrize("answers", [{"ernst": 4}, {"acuut_gevaar": True}], ids=["serious", "danger"])
def test_the_director_hears_of_danger_and_of_what_is_serious_once(answers: dict[str, Any]) -> None:
    (notice,) = [
        due_action
        for due_action in decided("2026-05-12 14:00", **answers).due_actions
        if due_action.kind == "notified"
    ]
    assert notice.tell == "algemeen-directeur"
    again = decided("2026-05-12 14:00", fired=[f"{notice.key}/1"], **answers)
    assert [due_action for due_action in again.due_actions if due_action.kind == "notified"] == []


def test_a_reason_says_what_the_rule_rests_on() -> None:
    (wanted,) = decided(NOW, **ANSWERED, ernst=5).milestones["antwoord verstuurd"].unapproved
    assert wanted.reason.basis == "Klachtenreglement De Linde, art. 8"
