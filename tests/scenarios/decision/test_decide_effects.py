"""What rules bring about: values, marks, who handles it, duties with a term of their own, approval."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from gehoor.core.agreement.model import Agreement
from gehoor.core.deadlines.status import TermStatus
from gehoor.core.dossier.events import Event, EventKind
from gehoor.core.wording.registry import DUTCH, LANGUAGES
from tests.support.de_linde import INVESTIGATED, agreement, changed
from tests.support.decisions import calls, decided

NOW = "2026-06-01 09:00"
INSURER = "schade-naar-verzekeraar/0"
HURT: dict[str, Any] = {**INVESTIGATED, "nadeel_schade": ["lichamelijk"], "registratiedatum": "2026-05-13"}


def with_rule(condition: dict[str, Any], *effects: dict[str, Any], first: bool = False) -> Agreement:
    """The agreement with one rule more; ``first``: before all others."""

    def add(document: dict[str, Any]) -> None:
        rule = {"proef": {"if": condition, "then": list(effects), "because": "Zo is het afgesproken."}}
        rules = document["rules"]
        document["rules"] = {**rule, **rules} if first else {**rules, **rule}

    return changed(add)


# Values that rules give


def test_danger_makes_a_dossier_strictly_confidential_whatever_was_chosen() -> None:
    decision = decided(NOW, acuut_gevaar=True, vertrouwelijkheid="normaal")
    assert decision.values["vertrouwelijkheid"] == "streng"
    assert decision.fields["vertrouwelijkheid"].fixed
    assert decision.derived["vertrouwelijkheid"].rule == "gevaar-naar-directie"
    assert decision.derived["vertrouwelijkheid"].because.startswith("Bij gevaar")


def test_without_danger_the_choice_stands_and_may_change() -> None:
    decision = decided(NOW, acuut_gevaar=False, vertrouwelijkheid="beperkt")
    assert decision.values["vertrouwelijkheid"] == "beperkt"
    assert not decision.fields["vertrouwelijkheid"].fixed
    assert decision.derived == {}


def test_a_condition_asks_about_the_value_that_a_rule_gave() -> None:
    under = with_rule({"vertrouwelijkheid": "streng"}, {"flag": "Streng"})
    flags = decided(NOW, under=under, acuut_gevaar=True, vertrouwelijkheid="normaal").flags
    assert [flag.because for flag in flags] == ["Gevaar", "Streng"]


def test_a_value_may_build_on_a_value_that_another_rule_gives() -> None:
    under = with_rule({"risicoklasse": "zeer_hoog"}, {"derive": "herkomst", "value": ["toezichthouder"]})
    decision = decided(NOW, under=under, acuut_gevaar=True)
    assert decision.values["herkomst"] == ["toezichthouder"]


def test_of_two_rules_the_first_in_the_files_gives_the_value() -> None:
    under = with_rule({"acuut_gevaar": True}, {"derive": "vertrouwelijkheid", "value": "beperkt"}, first=True)
    assert decided(NOW, under=under, acuut_gevaar=True).values["vertrouwelijkheid"] == "beperkt"


def test_a_required_field_is_not_missing_when_a_rule_gives_its_value() -> None:
    under = with_rule(
        {"type_bericht": "klacht"}, {"derive": "herhaalkans", "value": 2}, {"require": "herhaalkans"}
    )
    missing = (
        decided(NOW, under=under, registratiedatum="2026-05-13").milestones["onderzoek afgerond"].missing
    )
    assert "herhaalkans" not in {requirement.field for requirement in missing}


@pytest.mark.parametrize(
    ("effect", "value"),
    [
        ({"derive": "herhaalkans", "calculate": "ernst + 1"}, 4),
        ({"derive": "herhaalkans", "calculate": "antwoord_datum - ontvangstdatum"}, 17),
        ({"derive": "registratiedatum", "same-as": "ontvangstdatum"}, "2026-05-12"),
        ({"derive": "drager", "value": ["brief", "email"]}, ["brief", "email"]),
    ],
    ids=["sum", "days", "same", "choices"],
)
def test_a_value_is_worked_out_or_taken_over(effect: dict[str, Any], value: object) -> None:
    under = with_rule({"type_bericht": "klacht"}, effect)
    decision = decided(NOW, under=under, ernst=3, antwoord_datum="2026-05-29")
    assert decision.values[effect["derive"]] == value


def test_an_amount_is_worked_out_exactly() -> None:
    def with_amount(document: dict[str, Any]) -> None:
        fields = document["forms"]["dossier"]["properties"]
        fields["vergoeding"] = {
            "title": "Vergoeding", "type": "number", "phase": "antwoord", "personal-data": "P2",
        }  # fmt: skip
        document["rules"]["vergoeding"] = {
            "if": {"type_bericht": "klacht"},
            "then": [{"derive": "vergoeding", "calculate": "ernst x 12,1"}],
            "because": "Zo is het afgesproken.",
        }

    assert decided(NOW, under=changed(with_amount), ernst=3).values["vergoeding"] == "36.3"


def test_a_sum_of_what_is_not_known_gives_nothing() -> None:
    under = with_rule({"type_bericht": "klacht"}, {"derive": "herhaalkans", "calculate": "ernst + 1"})
    decision = decided(NOW, under=under)
    assert "herhaalkans" not in decision.values
    assert not decision.fields["herhaalkans"].fixed


# Decision tables

MATRIX = """
laag laag laag laag midden
laag laag midden midden hoog
laag midden midden hoog zeer_hoog
midden midden hoog zeer_hoog zeer_hoog
hoog hoog zeer_hoog zeer_hoog zeer_hoog
"""
_CELLS = [
    (severity, chance, risk)
    for severity, line in enumerate(MATRIX.split("\n")[1:-1], start=1)
    for chance, risk in enumerate(line.split(), start=1)
]


@pytest.mark.parametrize(("severity", "chance", "risk"), _CELLS)
def test_severity_and_chance_make_the_risk(severity: int, chance: int, risk: str) -> None:
    assert decided(NOW, ernst=severity, herhaalkans=chance).values["risicoklasse"] == risk


def test_acute_danger_is_the_highest_risk_at_once() -> None:
    decision = decided(NOW, acuut_gevaar=True, ernst=1, herhaalkans=1)
    assert decision.values["risicoklasse"] == "zeer_hoog"
    assert decision.derived["risicoklasse"].source.startswith("rules/de-linde/regels.yaml:")


def test_without_severity_there_is_no_risk_yet() -> None:
    assert "risicoklasse" not in decided(NOW, herhaalkans=3).values


def with_otherwise(document: dict[str, Any]) -> None:
    table = document["tables"]["risicoklasse"]
    table["rows"] = [{"if": {"ernst": 5}, "value": "zeer_hoog"}]
    table["otherwise"] = "laag"


def test_otherwise_counts_once_all_that_the_rows_look_at_is_answered() -> None:
    under = changed(with_otherwise)
    assert decided(NOW, under=under, ernst=2).values["risicoklasse"] == "laag"
    assert "risicoklasse" not in decided(NOW, under=under).values


# Marks


def test_a_mark_tells_which_rule_gave_it() -> None:
    (flag,) = decided(NOW, ernst=4).flags
    assert (flag.because, flag.rule) == ("Ernstig", "ernstig-naar-directie")


def test_the_same_mark_of_two_rules_stands_once() -> None:
    under = with_rule({"ernst": 4}, {"flag": "Ernstig"})
    assert len(decided(NOW, under=under, ernst=4).flags) == 1


# Who handles it


def about_the_coordinator(*effects: dict[str, Any]) -> Agreement:
    return with_rule({"voorwerp": "persoon"}, *effects)


def test_a_rule_says_which_role_handles_the_dossier() -> None:
    under = about_the_coordinator({"assign": "algemeen-directeur"})
    decision = decided(NOW, under=under, voorwerp="persoon")
    assert decision.assigned is not None
    assert (decision.assigned.role, decision.assigned.reason.rule) == ("algemeen-directeur", "proef")
    assert decided(NOW, under=under, voorwerp="dienst").assigned is None


INSTEAD = {"assign": "algemeen-directeur", "instead-of": "kwaliteitscoordinator"}


def test_whoever_stands_in_has_the_terms_of_the_other() -> None:
    decision = decided(NOW, under=about_the_coordinator(INSTEAD), voorwerp="persoon")
    assert decision.terms["antwoord"].responsible == "algemeen-directeur"
    assert decision.terms["registratie"].responsible == "teamverantwoordelijke"


def test_and_hears_what_the_other_would_have_heard() -> None:
    under = about_the_coordinator(INSTEAD)
    late = [f for f in decided("2026-06-15 09:00", under=under, voorwerp="persoon").due_actions if f.tell]
    assert {due_action.tell for due_action in late if due_action.data.get("term") == "onderzoek"} == {
        "algemeen-directeur",
        "dagelijks-verantwoordelijke",
    }
    assert "kwaliteitscoordinator" not in {due_action.tell for due_action in late}


def test_roles_that_stand_in_for_each_other_keep_their_own_part() -> None:
    back = {"assign": "kwaliteitscoordinator", "instead-of": "algemeen-directeur"}
    decision = decided(NOW, under=about_the_coordinator(INSTEAD, back), voorwerp="persoon")
    assert decision.acting("kwaliteitscoordinator") == "kwaliteitscoordinator"
    assert decision.acting("algemeen-directeur") == "algemeen-directeur"


# Duties


def test_damage_brings_a_duty_that_the_answer_waits_for() -> None:
    decision = decided(NOW, **HURT)
    (duty,) = decision.duties
    assert (duty.owed.key, duty.responsible) == (INSURER, "dagelijks-verantwoordelijke")
    assert decision.milestones["antwoord verstuurd"].owed == (duty,)


def test_without_damage_there_is_no_duty_and_no_term() -> None:
    decision = decided(NOW, **{**HURT, "nadeel_schade": ["emotioneel"]})
    assert decision.duties == ()
    assert INSURER not in decision.terms


def test_a_duty_has_a_term_of_its_own_from_its_milestone() -> None:
    before = decided("2026-05-19 09:00", **HURT).terms[INSURER]
    assert before.due is None
    after = decided("2026-05-20 12:00", **HURT, onderzoek_afgerond_op="2026-05-20").terms[INSURER]
    assert after.due is not None
    # The 25th is Whit Monday: the 21st, 22nd and 26th are the three working days.
    assert after.due.due == date(2026, 5, 26)
    assert after.status is TermStatus.RUNNING


@pytest.mark.parametrize(
    ("when", "called"),
    [
        ("2026-05-21 09:00", []),
        ("2026-05-22 09:00", [f"remind/{INSURER}/0"]),
        ("2026-05-27 00:00", [f"late/{INSURER}/1"]),
    ],
)
def test_a_duty_is_reminded_of_and_flagged_like_any_term(when: str, called: list[str]) -> None:
    decision = decided(when, **HURT, onderzoek_afgerond_op="2026-05-20")
    assert calls(decision, INSURER) == called


def test_a_late_duty_goes_to_whom_was_agreed() -> None:
    decision = decided("2026-05-27 00:00", **HURT, onderzoek_afgerond_op="2026-05-20")
    (told,) = [
        due_action.tell for due_action in decision.due_actions if due_action.key == f"late/{INSURER}/1"
    ]
    assert told == "algemeen-directeur"


# Approval


def test_a_serious_answer_waits_for_approval_and_the_director_is_asked_once() -> None:
    decision = decided(NOW, ernst=4)
    (state,) = decision.milestones["antwoord verstuurd"].unapproved
    assert (state.role, state.given) == ("algemeen-directeur", None)
    (asked,) = [due_action for due_action in decision.due_actions if due_action.kind == "approval-asked"]
    assert asked.tell == "algemeen-directeur"
    again = decided(NOW, ernst=4, fired=[f"{asked.key}/1"])
    assert [due_action for due_action in again.due_actions if due_action.kind == "approval-asked"] == []


def test_the_history_names_who_was_told_in_the_place_of_another() -> None:
    instead = {"assign": "dagelijks-verantwoordelijke", "instead-of": "algemeen-directeur"}
    under = about_the_coordinator(instead, {"notify": "algemeen-directeur"})
    found = decided(NOW, under=under, voorwerp="persoon").due_actions
    (told,) = [one for one in found if one.kind is EventKind.NOTIFIED]
    event = Event("1", 1, told.kind, datetime(2026, 6, 1, tzinfo=UTC), "gehoor", "hash", told.data, "", "")
    said = [one.events.text(under, event).what for one in (DUTCH, LANGUAGES["fr"])]
    assert said == [
        "Verwittigd: Dagelijks verantwoordelijke, in plaats van Algemeen directeur",
        "Averti\u00a0: Dagelijks verantwoordelijke, qui remplace Algemeen directeur",
    ]


def test_whoever_stands_in_approves() -> None:
    instead = {"assign": "dagelijks-verantwoordelijke", "instead-of": "algemeen-directeur"}
    (state,) = decided(NOW, under=about_the_coordinator(instead), voorwerp="persoon", ernst=4).approvals
    assert (state.asked, state.role) == ("algemeen-directeur", "dagelijks-verantwoordelijke")


def test_what_was_answered_before_it_turned_out_serious_is_approved_before_the_dossier_closes() -> None:
    decision = decided(NOW, ernst=4, antwoord_datum="2026-05-29")
    assert [
        due_action.tell for due_action in decision.due_actions if due_action.kind == "approval-asked"
    ] == ["algemeen-directeur"]
    (left,) = decision.milestones["afgesloten"].earlier
    assert [approval.role for approval in left.unapproved] == ["algemeen-directeur"]


def test_what_is_closed_is_not_asked_to_be_approved() -> None:
    decision = decided(NOW, ernst=4, antwoord_datum="2026-05-29", afgesloten_op="2026-05-30")
    assert [due_action for due_action in decision.due_actions if due_action.kind == "approval-asked"] == []


@pytest.mark.parametrize(
    "look",
    [
        lambda whole: whole.duties,
        lambda whole: whole.derivations,
        lambda whole: whole.rules,
    ],
    ids=["duties", "derivations", "rules"],
)
def test_a_department_without_a_rule_has_nothing_of_it(look: Callable[[Agreement], Any]) -> None:
    def gone(document: dict[str, Any]) -> None:
        document["rules"].clear()
        document["tables"].clear()

    assert not look(changed(gone))
    assert look(agreement())
