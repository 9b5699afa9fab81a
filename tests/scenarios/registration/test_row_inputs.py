"""Rows in a page: whatever is typed comes back as it was kept, and asking for more loses nothing."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from gehoor.services.recording.answers import read_answers
from gehoor.web.forms.answer_form import AnswerForm
from gehoor.web.forms.types.groups import RowsField
from tests.support.de_linde import agreement

FIELD = agreement().dossier_form.fields["herstelmaatregelen"]
NAME = f"v_{FIELD.id}"
TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
TYPED = {
    "type": st.sampled_from(["", "rechtzetting", "schadeloosstelling"]),
    "omschrijving": TEXT,
    "verantwoordelijke": TEXT,
    "streefdatum": st.sampled_from(["", "2026-03-27", "morgen", " "]),
    "bedrag": st.sampled_from(["", "12,50", "12.50", "1e3", "veel"]),
    "overgedragen": TEXT,
}
ROWS = st.lists(st.fixed_dictionaries({}, optional=TYPED), max_size=6)


def sent(rows: list[dict[str, str]], *wiped: int) -> MultiDict[str, str]:
    pairs = [(f"{NAME}-{index}-{name}", text) for index, row in enumerate(rows) for name, text in row.items()]
    return MultiDict([*pairs, *(("wis", f"{NAME}-{index}") for index in wiped)])


def page(**arguments: Any) -> AnswerForm:
    return AnswerForm(agreement(), [FIELD], **arguments)


def field(form: AnswerForm) -> RowsField:
    found = form[FIELD.id]
    assert isinstance(found, RowsField)
    return found


def shown(form: AnswerForm) -> list[dict[str, str]]:
    """Return what a browser would send of a page that nobody touched."""
    return [{name: str(one.shown) for name, one in row.inputs.items()} for row in field(form).rows]


def stored(form: AnswerForm) -> Any:
    read = read_answers(agreement().dossier_form, form.answers(), ZoneInfo("Europe/Brussels"))
    return read.values.get(FIELD.id), sorted((o.row, o.member, o.code) for o in read.objections)


@given(ROWS)
def test_what_was_kept_is_kept_again_when_nobody_touches_the_page(rows: list[dict[str, str]]) -> None:
    values, objections = stored(page(sent=sent(rows)))
    if values is None or objections:
        return
    again = page(stored={FIELD.id: values})
    assert stored(page(sent=sent(shown(again)))) == (values, [])


@given(ROWS)
def test_a_page_that_goes_back_is_judged_as_before(rows: list[dict[str, str]]) -> None:
    form = page(sent=sent(rows))
    assert stored(page(sent=sent(shown(form)))) == stored(form)


@given(ROWS)
def test_asking_for_more_keeps_every_row_and_adds_one(rows: list[dict[str, str]]) -> None:
    rows = [row for row in rows if row]  # A browser sends something of each row that it shows.
    form = page(sent=sent(rows))
    before = stored(form)
    assert form.grow(FIELD.id)
    assert len(field(form).rows) == len([*rows, "one more"])
    assert [row.number for row in field(form).rows] == [*range(1, len(rows) + 2)]
    assert stored(page(sent=sent(shown(form)))) == before


@given(ROWS, st.data())
def test_a_row_that_is_wiped_takes_nothing_else_along(
    rows: list[dict[str, str]], data: st.DataObject
) -> None:
    wiped = data.draw(st.sets(st.sampled_from(range(6))))
    kept = [row for index, row in enumerate(rows) if index not in wiped]
    assert stored(page(sent=sent(rows, *wiped))) == stored(page(sent=sent(kept)))


def test_only_lists_grow() -> None:
    form = AnswerForm(agreement(), [agreement().dossier_form.fields["onderwerp"]])
    assert not form.grow("onderwerp")
    assert not form.grow(FIELD.id), "it is not on the page"
