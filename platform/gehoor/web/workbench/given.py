"""What somebody filled in on a sheet, as the port to the files has it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from gehoor.core.proposals.sheets import Control, Kind, Shape, Sheet

PREFIX: Final = "w_"
"""Stands before each keyword in the names of the controls."""


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


def _rows(control: Control, form: MultiDict[str, str]) -> list[str]:
    """Return the rows of a condition as the port has them: in JSON the field, how it is compared, and with what."""
    name = f"{PREFIX}{control.word}"
    rows = [
        [row.field, form.get(f"{name}.{at}.hoe", row.way), *form.getlist(f"{name}.{at}.wat")]
        for at, row in enumerate(control.asked)
        if row.kind is not Kind.PART
    ]
    more = form.get(f"{name}.erbij", "")
    if more in {one.value for one in control.choices}:
        group = form.get(f"{name}.samen", "")
        rows.append([more, "+", group if group in {one.value for one in control.groups} else ""])
    return [json.dumps(one) for one in rows]


def rows_typed(control: Control, given: Mapping[str, Any]) -> dict[str, tuple[str, list[str]]]:
    """Return what was typed in the rows of a condition, by field."""
    rows = map(json.loads, given.get(control.word, ()))
    return {name: (way, texts) for name, way, *texts in rows if way != "+"}
