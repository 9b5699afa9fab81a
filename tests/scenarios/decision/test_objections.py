"""Objections: what stands in the way, at which field, and how that is said."""

from __future__ import annotations

import re
from datetime import date
from string import Formatter
from zoneinfo import ZoneInfo

import pytest

from gehoor.core.forms.fields import KINDS, Field
from gehoor.core.forms.form import FieldFault
from gehoor.core.forms.parse import _VALUE_KEYWORDS, build_form
from gehoor.core.forms.reading import Unreadable, UnreadableError
from gehoor.core.objections.choice_objections import retired_objections
from gehoor.core.objections.objections import (
    Objection,
    fault_objections,
    first_per_field,
    unreadable_objections,
)
from gehoor.core.wording.objections import asked_field
from gehoor.core.wording.registry import DUTCH
from tests.support.de_linde import agreement

FORM = agreement().dossier_form


def said(code: str, **details: object) -> str:
    return DUTCH.objections.text(Objection("veld", code, details), "Uw naam")


@pytest.mark.parametrize(
    ("code", "details", "sentence"),
    [
        ("required", {}, "Vul “Uw naam” in."),
        ("required-choice", {}, "Kies een antwoord bij “Uw naam”."),
        ("at-least-one", {"refusal": "Geef een e-mail."}, "Geef een e-mail."),
        ("unreadable", {"kind": "date"}, "Schrijf een datum, bijvoorbeeld 27-03-2026."),
        ("unreadable", {"kind": "choices"}, "Dit kunnen wij niet lezen. Vul het opnieuw in."),
        ("form-maxLength", {"bound": 120, "kind": "text"}, "Dit is te lang: hoogstens 120 tekens."),
        (
            "form-format",
            {"kind": "email"},
            "Schrijf een volledig e-mailadres, bijvoorbeeld naam@voorbeeld.be.",
        ),
        ("form-oneOf", {"kind": "choice"}, "Kies een van de antwoorden uit de lijst."),
        ("form-uniqueItems", {"kind": "choices"}, "Dit antwoord past niet bij deze vraag."),
        (
            "before-receipt",
            {"received": date(2026, 3, 27)},
            "Deze datum ligt voor de ontvangst op vrijdag 27 maart 2026.",
        ),
        (
            "required-before",
            {"milestone": "Antwoord verstuurd", "because": "Wij bieden verontschuldigingen aan."},
            "Vul dit in: het is nodig voor “Antwoord verstuurd”. Wij bieden verontschuldigingen aan.",
        ),
        ("required-before", {"milestone": "Nazorg"}, "Vul dit in: het is nodig voor “Nazorg”."),
        (
            "blocked",
            {"milestone": "Antwoord", "because": "Toon het aan."},
            "“Antwoord” kan nog niet. Toon het aan.",
        ),
        ("something-new", {}, "Dit antwoord past niet bij deze vraag."),
    ],
)
def test_an_objection_is_a_sentence(code: str, details: dict[str, object], sentence: str) -> None:
    assert said(code, **details) == sentence


def test_an_example_in_a_sentence_can_itself_be_typed() -> None:
    for kind in ("date", "time", "decimal"):
        example = re.findall(
            r"bijvoorbeeld ([0-9][^ ]*)\.$", DUTCH.objections.sentences[f"unreadable-{kind}"]
        )
        assert KINDS[kind].read(example[0], Field("veld", "Veld", kind, {}), ZoneInfo("UTC")), kind


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rule", [*_VALUE_KEYWORDS, "unknown"])
def test_whatever_a_form_refuses_can_be_said(rule: str, kind: str) -> None:
    sentence = said(f"form-{rule}", bound=3, kind=kind)
    assert sentence.endswith(".")
    assert "{" not in sentence


def test_every_sentence_is_complete_with_what_objections_carry() -> None:
    carried = {"label", "milestone", "because", "refusal", "bound", "received", "phase"}
    carried |= {"term", "reasons", "parties", "number"}  # of what is wanted with a term
    carried |= {"duty", "role"}  # of what a milestone waits for
    carried |= {"file", "kinds", "roles"}  # of files, and of who may change a field
    carried |= {"department", "day"}  # of the agreement that a dossier should move to
    carried |= {"way1", "way2"}  # of what can mean two things
    carried |= {"late"}  # of lateness that would no longer show
    carried |= {"people", "who"}  # of people who are named, and of who handles a dossier
    carried |= {"most"}  # of how many handle a dossier together
    carried |= {"explanation"}  # of why nobody stays anonymous
    carried |= {"other"}  # of another field
    carried |= {"letters", "spots"}  # of letters that a milestone waits for, and of what is open in one
    carried |= {"asked", "chosen"}  # of how somebody wanted to be answered
    carried |= {"length"}  # of a text that is too long
    carried |= {"choices"}  # of choices that do not go with the other answers
    places = {
        name
        for text in DUTCH.objections.sentences.values()
        for _, name, _, _ in Formatter().parse(text)
        if name
    }
    assert places == carried


def test_words_of_an_agreement_are_never_read_as_places() -> None:
    assert said("at-least-one", refusal="Geef {naam} of {0}") == "Geef {naam} of {0}"


def test_one_objection_for_each_field_the_first() -> None:
    first, second, other = Objection("a", "required"), Objection("a", "retired"), Objection("b", "fixed")
    assert first_per_field([first, second, other]) == [first, other]


def test_all_that_stands_before_a_milestone_is_told() -> None:
    reasons = [Objection("a", "blocked", {"because": because}) for because in ("Eerst dit.", "Eerst dat.")]
    assert first_per_field([*reasons, *reasons]) == reasons


def test_a_fault_says_its_bound_and_the_kind_of_field() -> None:
    (objection,) = fault_objections(FORM, [FieldFault("ernst", "maximum", 5)])
    assert objection == Objection("ernst", "form-maximum", {"bound": 5, "kind": "integer"})
    assert DUTCH.objections.text(objection) == "Het grootste getal is 5."


def test_a_fault_at_no_field_of_the_form_is_said_too() -> None:
    (objection,) = fault_objections(FORM, [FieldFault("schoenmaat", "unknown", None)])
    assert DUTCH.objections.text(objection) == "Dit veld hoort niet bij dit formulier."


ROWS = build_form(
    "dossier",
    {
        "title": "Dossier",
        "properties": {
            "delen": {
                "title": "Deelklachten",
                "type": "array",
                "items": {
                    "properties": {
                        "soort": {
                            "title": "Soort",
                            "oneOf": [
                                {"const": "eten", "title": "Eten"},
                                {"const": "fax", "title": "Fax", "deprecated": True},
                            ],
                        },
                        "ernst": {"title": "Ernst", "type": "integer", "maximum": 5},
                    }
                },
            }
        },
    },
    {},
)
PARTS = ROWS.fields["delen"]


def test_an_objection_in_a_row_says_which_row_and_what_was_asked_there() -> None:
    faults = ROWS.faults({"delen": [{"ernst": 1}, {"ernst": 6}]})
    (objection,) = fault_objections(ROWS, faults)
    assert objection == Objection("delen", "form-maximum", {"bound": 5, "kind": "integer"}, 2, "ernst")
    assert DUTCH.objections.place(objection, PARTS) == "Deelklachten, rij 2, Ernst"
    assert asked_field(objection, PARTS) == PARTS.members["ernst"]


def test_each_answer_in_rows_that_cannot_be_read_is_an_objection() -> None:
    error = UnreadableError((Unreadable(1, "ernst", "integer"), Unreadable(3, "schoenmaat")))
    number, unknown = unreadable_objections(PARTS, error)
    assert DUTCH.objections.text(number) == "Schrijf een geheel getal, zonder komma."
    assert DUTCH.objections.text(unknown) == "Dit veld hoort niet bij dit formulier."
    assert DUTCH.objections.place(unknown, PARTS) == "Deelklachten, rij 3, schoenmaat"
    assert first_per_field([number, number, unknown]) == [number, unknown]


def test_a_list_as_a_whole_that_cannot_be_read_is_one_objection() -> None:
    (objection,) = unreadable_objections(PARTS, UnreadableError())
    assert DUTCH.objections.place(objection, PARTS) == "Deelklachten"


FAX, FOOD = {"soort": "fax"}, {"soort": "eten"}


@pytest.mark.parametrize(
    ("before", "after", "refused"),
    [
        ([], [FOOD, FAX], [2]),
        ([FAX], [FAX], []),
        ([FAX, FOOD], [FOOD, FAX], []),
        ([FAX], [{"ernst": 1}, FAX], []),
        ([FAX], [FAX, FAX], [2]),
        ([FAX, FAX], [FAX], []),
    ],
)
def test_a_retired_code_stays_in_the_rows_that_have_it(
    before: list[dict[str, str]], after: list[dict[str, str]], refused: list[int]
) -> None:
    objections = retired_objections(ROWS, {"delen": after}, {"delen": before} if before else {})  # type: ignore[dict-item]
    assert [(objection.row, objection.member) for objection in objections] == [
        (row, "soort") for row in refused
    ]
