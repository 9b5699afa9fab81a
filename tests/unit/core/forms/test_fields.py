"""Field kinds: what is read from what was typed, what is refused, what is shown and what rules see."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gehoor.core.conditions.facts import FactType, Row, fits, misfits
from gehoor.core.forms.fields import KINDS, Choice, Field, kind_of
from gehoor.core.forms.form import Form
from gehoor.core.forms.parse import build_field, fact_types
from gehoor.core.forms.reading import Unreadable, UnreadableError
from gehoor.core.wording.registry import DUTCH

BRUSSELS = ZoneInfo("Europe/Brussels")
SCHEMAS = {
    "text": {"type": "string"},
    "long-text": {"type": "string", "widget": "long-text"},
    "email": {"type": "string", "format": "email"},
    "phone": {"type": "string", "widget": "phone"},
    "choice": {"type": "string", "oneOf": [{"const": "brief", "title": "Brief"}]},
    "choices": {"type": "array", "items": {"oneOf": [{"const": "brief", "title": "Brief"}]}},
    "web-address": {"type": "string", "format": "uri"},
    "scale": {"type": "integer", "oneOf": [{"const": 1, "title": "Slecht"}, {"const": 5, "title": "Goed"}]},
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "time": {"type": "string", "widget": "time-of-day"},
    "instant": {"type": "string", "format": "date-time"},
    "groups": {
        "type": "array",
        "items": {
            "title": "Deelklacht",
            "properties": {
                "wat": {"title": "Wat", "type": "string", "widget": "long-text"},
                "ernst": {"title": "Ernst", "type": "integer"},
                "langs": {"type": "array", "items": {"oneOf": [{"const": "brief", "title": "Brief"}]}},
                "bedrag": {"title": "Bedrag", "type": "number"},
                "op": {"title": "Op", "type": "string", "format": "date"},
            },
        },
    },
    "staff": {"type": "array", "widget": "staff"},
    "attachments": {"type": "array", "widget": "attachments"},
}
LETTER = {"id": "a1", "name": "brief.pdf", "type": "application/pdf", "size": 83_000}
PHOTO = {"id": "b2", "name": "trap.jpg", "type": "image/jpeg", "size": 1_258_291}
CHANNELS = (Choice("brief", "Brief"), Choice("fax", "Fax", retired=True))


def field(kind: str) -> Field:
    built = build_field("veld", SCHEMAS[kind], {})
    return (
        replace(built, choices=CHANNELS)
        if built.choices and built.type.fact_type is not FactType.INTEGER
        else built
    )


def read(kind: str, typed: object) -> object:
    return KINDS[kind].read(typed, field(kind), BRUSSELS)


def shown(kind: str, value: object) -> str:
    return KINDS[kind].show(value, field(kind), DUTCH.formats)


def test_every_kind_can_be_written_in_a_file() -> None:
    assert {name: kind_of(schema) for name, schema in SCHEMAS.items()} == {name: name for name in KINDS}


@pytest.mark.parametrize("schema", [{"type": "object"}, {"type": "null"}, {"type": "array", "items": {}}])
def test_what_is_no_field_has_no_kind(schema: dict[str, object]) -> None:
    assert kind_of(schema) is None


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        ("text", "  Bel   niet \n beantwoord ", "Bel niet beantwoord"),
        ("text", " \t\n", None),
        ("text", "Bel\0 stuk", "Bel stuk"),
        ("long-text", "\0", None),
        ("long-text", "Eerste regel\r\n\r\n  tweede ", "Eerste regel\n\n  tweede "),
        ("long-text", "\r\n  \r\n", None),
        ("email", " els@voorbeeld.be ", "els@voorbeeld.be"),
        ("phone", "0470 12 34 56", "0470 12 34 56"),
        ("choice", "brief", "brief"),
        ("choice", "", None),
        ("choices", ["brief", "", "fax"], ["brief", "fax"]),
        ("choices", "brief", ["brief"]),
        ("choices", [], None),
        ("choices", "", None),
        ("web-address", " www.delinde.example/a ", "https://www.delinde.example/a"),
        ("web-address", "", None),
        ("scale", "5", 5),
        ("scale", 1, 1),
        ("scale", "", None),
        ("integer", " 17 ", 17),
        ("integer", "-3", -3),
        ("integer", 0, 0),
        ("integer", " ", None),
        ("decimal", "12,50", "12.50"),
        ("decimal", 12.5, "12.5"),
        ("decimal", Decimal("12.50"), "12.50"),
        ("decimal", "1.500,50", "1500.50"),
        ("decimal", "1,500.50", "1500.50"),
        ("decimal", "1 500,5", "1500.5"),
        ("decimal", "12.345.678", "12345678"),
        ("decimal", "€ 25", "25"),
        ("decimal", "0,125", "0.125"),
        ("decimal", "\u22123", "-3"),
        ("integer", "1.500", 1500),
        ("integer", "1 500", 1500),
        ("time", "17.30", "17:30"),
        ("time", "17u30", "17:30"),
        ("time", "17 uur", "17:00"),
        ("date", "1/5/2026", "2026-05-01"),
        ("date", "12 mei 2026", "2026-05-12"),
        ("date", "1er décembre 2026", "2026-12-01"),
        ("instant", "12-5-2026 14.02", "2026-05-12T14:02:00+02:00"),
        ("decimal", "", None),
        ("boolean", "ja", True),
        ("boolean", "nee", False),
        ("boolean", "true", True),
        ("boolean", False, False),
        ("boolean", "", None),
        ("date", "2026-03-27", "2026-03-27"),
        ("date", "27-03-2026", "2026-03-27"),
        ("date", "27/03/2026", "2026-03-27"),
        ("date", "  ", None),
        ("time", "17:30", "17:30"),
        ("time", "17:30:59", "17:30"),
        ("time", "", None),
        ("instant", "2026-03-27T09:00", "2026-03-27T09:00:00+01:00"),
        ("instant", "2026-07-01T09:00", "2026-07-01T09:00:00+02:00"),
        ("instant", "2026-07-01T07:00:00+00:00", "2026-07-01T09:00:00+02:00"),
        ("instant", "", None),
        ("staff", "", None),
        ("staff", [" Els", "koen", "els"], ["els", "koen"]),
        ("attachments", "", None),
        ("attachments", [LETTER, PHOTO], [LETTER, PHOTO]),
        ("groups", "", None),
        ("groups", [], None),
        ("groups", [{}, {"wat": " ", "ernst": "", "langs": [], "op": None}], None),
        (
            "groups",
            [{"wat": "Soep koud", "ernst": "3"}, {"wat": ""}, {"op": "27-03-2026", "bedrag": "12,50"}],
            [{"wat": "Soep koud", "ernst": 3}, {"bedrag": "12.50", "op": "2026-03-27"}],
        ),
        ("integer", 2.0, 2),
    ],
)
def test_what_was_typed_is_read(kind: str, typed: object, stored: object) -> None:
    assert read(kind, typed) == stored


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("text", 5),
        ("long-text", ["a"]),
        ("long-text", "half een teken: \ud83d"),
        ("email", None),
        ("choice", {}),
        ("choices", [1]),
        ("choices", {"brief": "ja"}),
        ("web-address", "delinde"),
        ("web-address", "javascript:alert(1)"),
        ("scale", "Goed"),
        ("scale", True),
        ("integer", "12,5"),
        ("integer", "twaalf"),
        ("integer", "--5"),
        ("integer", "²"),
        ("integer", "1" * 16),
        ("integer", True),
        ("integer", 1.5),
        ("integer", 1e300),
        ("integer", 10**15),
        ("integer", -(10**400)),
        ("decimal", "twaalf"),
        ("decimal", "1.00,50"),
        ("decimal", "1.500.50"),
        ("decimal", "1e3"),
        ("integer", "12.34"),
        ("date", "0026-05-12"),
        ("date", "12-05-26"),
        ("date", "20260512"),
        ("time", "17:3"),
        ("instant", "2026-05-12"),
        ("decimal", "1_000"),
        ("decimal", "NaN"),
        ("decimal", "Infinity"),
        ("decimal", "1" * 21),
        ("decimal", "1e30"),
        ("decimal", "1e999999999"),
        ("decimal", "1e-999999999"),
        ("decimal", "0e999999999"),
        ("decimal", True),
        ("boolean", "misschien"),
        ("boolean", 1),
        ("boolean", []),
        ("date", "30-02-2026"),
        ("date", "2026-02-30"),
        ("date", "3/4/26"),
        ("date", "morgen"),
        ("date", 20260327),
        ("date", "2" * 41),
        ("time", "25:00"),
        ("time", "half zes"),
        ("instant", "gisteren"),
        ("instant", "2026-03-27T25:00"),
        ("instant", "0001-01-01T00:00"),
        ("instant", "9999-12-31T23:59:59-12:00"),
        ("instant", 5),
        ("staff", 5),
        ("staff", ["half een teken: \ud83d"]),
        ("attachments", "brief.pdf"),
        ("attachments", ["brief.pdf"]),
        ("attachments", [{"id": "a1"}]),
        ("attachments", [{**LETTER, "size": True}]),
        ("attachments", [{**LETTER, "path": "/etc/passwd"}]),
        ("groups", "soep koud"),
        ("groups", {"wat": "soep koud"}),
        ("groups", ["soep koud"]),
        ("groups", [{"wat": 5}]),
        ("groups", [{"schoenmaat": "43"}]),
    ],
)
def test_what_cannot_be_read_is_refused(kind: str, typed: object) -> None:
    with pytest.raises(UnreadableError):
        read(kind, typed)


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("text", "Bel", "Bel"),
        ("long-text", "een\ntwee", "een\ntwee"),
        ("email", "els@voorbeeld.be", "els@voorbeeld.be"),
        ("phone", "0470", "0470"),
        ("choice", "brief", "Brief"),
        ("choice", "fax", "Fax"),
        ("choice", "duif", "duif"),
        ("choices", ["brief", "fax"], "Brief, Fax"),
        ("web-address", "https://www.delinde.example", "https://www.delinde.example"),
        ("scale", 5, "Goed"),
        ("scale", 3, "3"),
        ("integer", 3, "3"),
        ("decimal", "12.50", "12,50"),
        ("boolean", True, "Ja"),
        ("boolean", False, "Nee"),
        ("date", "2026-03-27", "vrijdag 27 maart 2026"),
        ("time", "17:30", "17:30"),
        ("instant", "2026-03-27T09:00:00+01:00", "vrijdag 27 maart 2026 om 09.00 uur"),
        ("staff", ["els", "koen"], "els, koen"),
        ("attachments", [LETTER, PHOTO], "brief.pdf (81 kB), trap.jpg (1,2 MB)"),
        (
            "groups",
            [{"ernst": 3, "wat": "Soep\nkoud"}, {"bedrag": "12.50"}],
            "Deelklacht 1: Wat: Soep koud; Ernst: 3\nDeelklacht 2: Bedrag: 12,50",
        ),
    ],
)
def test_a_value_is_shown_to_people(kind: str, value: object, words: str) -> None:
    assert shown(kind, value) == words


@pytest.mark.parametrize(
    ("kind", "value", "fact"),
    [
        ("text", "Bel", "Bel"),
        ("long-text", "een\ntwee", "een\ntwee"),
        ("email", "els@voorbeeld.be", "els@voorbeeld.be"),
        ("phone", "0470", "0470"),
        ("choice", "brief", "brief"),
        ("choices", ["brief", "fax"], ("brief", "fax")),
        ("web-address", "https://www.delinde.example", "https://www.delinde.example"),
        ("scale", 5, 5),
        ("integer", 3, 3),
        ("decimal", "12.50", Decimal("12.50")),
        ("boolean", False, False),
        ("date", "2026-03-27", date(2026, 3, 27)),
        ("time", "17:30", "17:30"),
        ("instant", "2026-03-27T09:00:00+01:00", datetime(2026, 3, 27, 8, tzinfo=UTC)),
        ("staff", ["els", "koen"], ("els", "koen")),
        ("attachments", [LETTER, PHOTO], 2),
        (
            "groups",
            [{"op": "2026-03-27", "langs": ["brief"]}],
            (Row({"op": date(2026, 3, 27), "langs": ("brief",)}),),
        ),
    ],
)
def test_rules_see_a_typed_value(kind: str, value: object, fact: object) -> None:
    seen = KINDS[kind].fact(value, field(kind))
    assert (seen, type(seen)) == (fact, type(fact))


def test_the_tables_above_forget_no_kind() -> None:
    for test in (test_what_was_typed_is_read, test_a_value_is_shown_to_people, test_rules_see_a_typed_value):
        (mark,) = [mark for mark in test.pytestmark if mark.name == "parametrize"]  # type: ignore[attr-defined]
        assert {case[0] for case in mark.args[1]} == set(KINDS), test.__name__


ANYTHING = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.text()
    | st.from_regex(
        r"[0-9]{4}-[0-1][0-9]-[0-3][0-9](T[0-2][0-9]:[0-5][0-9]([+-][01][0-9]:00|Z)?)?", fullmatch=True
    )
    | st.from_regex(r"-?[0-9]{1,8}([.,][0-9]{1,8})?(e-?[0-9]{1,9})?", fullmatch=True)
    | st.lists(st.text(max_size=5), max_size=4)
)
ROWS = st.lists(st.dictionaries(st.sampled_from(("wat", "ernst", "langs", "bedrag", "op")), ANYTHING))


@pytest.mark.parametrize("kind", KINDS)
@given(typed=ANYTHING | ROWS)
def test_whatever_is_typed_is_read_or_refused_and_read_again_unchanged(kind: str, typed: object) -> None:
    try:
        stored = read(kind, typed)
    except UnreadableError:
        return
    if stored is None:
        return
    assert read(kind, stored) == stored
    fact = KINDS[kind].fact(stored, field(kind))
    assert fits(fact, KINDS[kind].fact_type)
    assert not misfits({"veld": fact}, fact_types({"properties": {"veld": SCHEMAS[kind]}}), ["veld"])
    assert isinstance(shown(kind, stored), str)
    Form("form", "Formulier", {"veld": field(kind)}).faults({"veld": stored})


def test_everything_in_rows_that_cannot_be_read_is_told_with_its_place() -> None:
    with pytest.raises(UnreadableError) as refused:
        read("groups", [{"wat": "Soep"}, {"wat": ""}, {"ernst": "veel", "op": "morgen"}, {"hoe": "zo"}])
    assert refused.value.places == (
        Unreadable(2, "ernst", "integer"),
        Unreadable(2, "op", "date"),
        Unreadable(3, "hoe"),
    )


def test_rows_are_facts_that_do_not_change() -> None:
    row = Row({"ernst": 3})
    assert {row, Row({"ernst": 3})} == {row}
    assert row != Row({"ernst": 4})
    assert not fits(row, KINDS["groups"].fact_type)


@pytest.mark.parametrize(
    ("typed", "ways"), [("1.500", ("1500", "1.5")), ("1,500", ("1500", "1.5")), ("1.234", ("1234", "1.2340"))]
)
def test_a_number_that_can_mean_two_things_is_asked(typed: str, ways: tuple[str, str]) -> None:
    with pytest.raises(UnreadableError) as refused:
        read("decimal", typed)
    assert tuple(map(str, refused.value.ways)) == ways
    assert [read("decimal", way.replace(".", ",")) for way in ways] == list(ways)
