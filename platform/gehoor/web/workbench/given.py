"""What somebody filled in on a sheet, as the port to the files has it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from flask import request
from werkzeug.datastructures import MultiDict

from gehoor.core.proposals.sheets import Control, Kind, Shape, Sheet
from gehoor.web.display.field_choices import field_names
from gehoor.web.workbench.shown import current, drafter

NARROWS: Final = "zoek"
"""The button that shows the choices of a long list in which some words stand: nothing is kept."""
PREFIX: Final = "w_"
"""Stands before each keyword in the names of the controls."""
_NEW: Final = "+"
"""The way of a row that is new: no row of a page has it."""
_MOST_ROWS: Final = 200
"""So many rows of a condition are read."""


def given_in(sheet: Sheet, form: MultiDict[str, str]) -> dict[str, list[str]]:
    """Return what was typed at the keywords that the page asked."""
    asked = form.getlist("gevraagd")
    controls = {one.word: one for one in (*sheet.controls, *sheet.more)}
    words = controls.keys() | ({""} if sheet.shape is Shape.VALUE else set())
    return {
        word: _rows(controls[word], form)
        if word in controls and controls[word].kind is Kind.CONDITION
        else form.getlist(f"{PREFIX}{word}")
        for word in asked
        if word in words
    }


def narrowing(to: str, *, counts: bool) -> dict[str, Any]:
    """Return what the page of a form needs to offer long lists: what somebody looks for in each, where that is sent to,
    and where its choices are those of a report (``counts``) how fields are called, by phase."""
    seen = current()
    names = field_names(drafter().field_places(seen.sources, seen.proposal.organisation)) if counts else None
    return {"narrows": request.form, "narrow_to": to, "field_groups": names}


def _rows(control: Control, form: MultiDict[str, str]) -> list[str]:
    """Return the rows of a condition as the port has them: in JSON the field, how it is compared, and with what."""
    name = f"{PREFIX}{control.word}"
    # By its field: meanwhile somebody else may have taken rows away, and at the place of one another stands.
    shown = {row.field: row.way for row in control.asked}
    rows = []
    for at in range(_MOST_ROWS):
        field = form.get(f"{name}.{at}.veld")
        if field is not None:
            way = form.get(f"{name}.{at}.hoe", shown.get(field, ""))
            # Forged, it is no way at all: that is refused where it is written.
            way = "?" if way == _NEW else way
            rows.append([field, way, *form.getlist(f"{name}.{at}.wat")])
    more = form.get(f"{name}.erbij", "")
    if more in {one.value for one in control.choices}:
        group = form.get(f"{name}.samen", "")
        rows.append([more, _NEW, group if group in {one.value for one in control.groups} else ""])
    return [json.dumps(one) for one in rows]


def rows_typed(control: Control, given: Mapping[str, Any]) -> dict[str, tuple[str, list[str]]]:
    """Return what was typed in the rows of a condition, by field."""
    rows = map(json.loads, given.get(control.word, ()))
    return {name: (way, texts) for name, way, *texts in rows if way != _NEW}
