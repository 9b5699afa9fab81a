"""Fields to choose from: by phase, each called so that no other one is, and never by a code."""

from __future__ import annotations

from gehoor.core.proposals.asking import FieldPlace
from gehoor.core.proposals.sheets import Choice
from gehoor.web.display.field_choices import field_names

PLACES = (
    FieldPlace("drager", "Hoe kwam het binnen?", "Ontvangst", "", everywhere=True),
    FieldPlace("ingetrokken_waarom", "Waarom?", "Intrekking", "", everywhere=True),
    FieldPlace("besluit_reden", "Waarom?", "Antwoord", "", everywhere=True),
    FieldPlace("besluit_ander", "Waarom?", "Antwoord", "", everywhere=True),
    FieldPlace("verbeteracties.tegen", "Tegen wanneer?", "Antwoord", "Verbeteracties", everywhere=True),
    FieldPlace("stappen.op", "Wanneer?", "Antwoord", "Wat deden wij?", everywhere=True),
    FieldPlace("alleen_thuis", "Waar in huis?", "Antwoord", "", everywhere=False),
)


def test_what_is_called_the_same_is_told_apart_by_where_it_is_asked() -> None:
    assert field_names(PLACES).names == {
        "drager": "Hoe kwam het binnen?",
        "ingetrokken_waarom": "Intrekking: waarom?",
        "besluit_reden": "Antwoord: waarom?",
        "besluit_ander": "Antwoord: waarom? (2)",
        "verbeteracties.tegen": "Verbeteracties: tegen wanneer?",
        "stappen.op": "Wat deden wij? Wanneer?",
        "alleen_thuis": "Waar in huis?",
    }


def test_choices_come_by_phase_and_what_is_no_field_comes_first() -> None:
    offered = [Choice(one.name, one.name) for one in reversed(PLACES)] + [Choice("maand", "De maand")]
    found = field_names(PLACES).grouped(offered, without=["drager"])
    assert [(phase, [one.value for one in choices]) for phase, choices in found] == [
        ("", ["maand"]),
        ("Intrekking", ["ingetrokken_waarom"]),
        ("Antwoord", ["besluit_reden", "besluit_ander", "verbeteracties.tegen", "stappen.op"]),
    ]
