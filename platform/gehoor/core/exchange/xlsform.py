"""XLSForm: a form that others wrote as a sheet, as fields of ours; and what of it could not be taken over.

Known from its published specification: the sheets ``survey``, ``choices`` and ``settings``, with a row for each
question or choice, and a column for each language of a text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import re2

from gehoor.core.exchange.cells import Sheet, SheetRow
from gehoor.core.exchange.xlsform_kinds import SILENT, range_of, simple_kind
from gehoor.core.exchange.xlsform_model import (
    CHOICES,
    SETTINGS,
    SURVEY,
    NoXlsFormError,
    Step,
    TakenForm,
    Untaken,
)
from gehoor.core.exchange.xlsform_texts import (
    REFERENCE,
    by_language,
    cell_of,
    cleaned,
    code_of_language,
    column_of,
    plain_id,
)
from gehoor.core.exchange.xpath import Asked, UntranslatableError, bounds, translated
from gehoor.core.text.steering import unsteered

MOST_QUESTIONS: Final = 300
MOST_CHOICES: Final = 1_000
_LONGEST: Final = {"label": 300, "hint": 1_000}
_LONGEST_NAME: Final = 60
_YES: Final = frozenset({"yes", "true", "true()", "1", "ja"})
_NO: Final = frozenset({"", "no", "false", "false()", "0", "nee"})
_TOLD_COLUMNS: Final = (
    "calculation", "choice_filter", "repeat_count", "trigger", "guidance_hint", "required_message", "readonly",
    "read_only", "media::image", "media::audio", "media::video", "image", "audio", "video", "body::accuracythreshold",
)  # fmt: skip


def take_form(
    sheets: Mapping[str, Sheet], language: str, taken: Mapping[str, str] | frozenset[str], prefix: str
) -> TakenForm:
    """Return what a form comes to. ``language``: that of our files; ``taken``: the names that other fields have;
    ``prefix``: what stands before a name that is taken. Raises ``NoXlsFormError``."""
    if SURVEY not in sheets or not sheets[SURVEY].rows:
        raise NoXlsFormError(SURVEY)
    if (
        len(sheets[SURVEY].rows) > MOST_QUESTIONS * 2
        or len(getattr(sheets.get(CHOICES), "rows", ())) > MOST_CHOICES
    ):
        raise NoXlsFormError("many")
    return _Taking(sheets, language, frozenset(taken), prefix).form()


@dataclass
class _Group:
    """A group that is open. ``skipped``: why nothing in it comes along."""

    row: int
    name: str
    relevant: Mapping[str, Any] | None
    step: Step
    repeats: bool = False


class _Taking:
    def __init__(
        self, sheets: Mapping[str, Sheet], language: str, taken: frozenset[str], prefix: str
    ) -> None:
        self._sheets, self._language, self._taken, self._prefix = sheets, language, taken, prefix
        self._untaken: list[Untaken] = []
        self._known: dict[str, Asked] = {}
        self._fields: dict[str, dict[str, Any]] = {}
        self._required: list[str] = []
        self._groups: list[_Group] = []
        self._steps: list[Step] = []
        self._members: dict[int, list[str]] = {}
        self._settings = next(iter(getattr(sheets.get(SETTINGS), "rows", ())), SheetRow(0, {}))
        self._default = code_of_language(cell_of(self._settings, "default_language")) or language
        self._lists = self._choice_lists()

    def form(self) -> TakenForm:
        for row in self._sheets[SURVEY].rows:
            self._row(row)
        for one in self._groups:
            self._miss(one.row, one.name, "open-group")
        title, others = self._texts(self._settings, "form_title", "label")
        return TakenForm(
            title or "Formulier",
            {code: {"title": text} for code, text in others.items()},
            self._fields,
            tuple(self._required),
            self._whole_steps(),
            tuple(self._untaken),
        )

    def _row(self, row: SheetRow) -> None:
        said = " ".join(cell_of(row, "type").split())
        kind, _, rest = said.partition(" ")
        plain = said.casefold().replace(" ", "_")
        if not said:
            return
        if plain in ("begin_group", "begin_repeat"):
            self._begin(row, repeats=plain == "begin_repeat")
        elif plain in ("end_group", "end_repeat"):
            if self._groups:
                self._groups.pop()
            else:
                self._miss(row.number, said, "open-group")
        elif any(one.repeats for one in self._groups):
            self._miss(row.number, cell_of(row, "name"), "in-repeat", said)
        elif kind.casefold() not in SILENT or rest:
            self._question(row, kind, rest)

    def _begin(self, row: SheetRow, *, repeats: bool) -> None:
        name = cell_of(row, "name")
        if repeats:
            self._miss(row.number, name, "repeat")
        label, others = self._texts(row, "label", "label")
        step = Step((), label, {code: {"name": text} for code, text in others.items()})
        self._groups.append(_Group(row.number, name, self._relevant(row, name), step, repeats))

    def _question(self, row: SheetRow, kind: str, rest: str) -> None:
        there = cell_of(row, "name")
        found = self._kind(row, kind, rest, there)
        if found is None:
            return
        asked, schema = found
        if len(self._fields) >= MOST_QUESTIONS:
            raise NoXlsFormError("many")
        name = self._name(row.number, there)
        label, others = self._texts(row, "label", "label")
        hint, hints = self._texts(row, "hint", "hint")
        made: dict[str, Any] = {
            "title": label or there or name,
            **({"description": hint} if hint else {}),
            **schema,
        }
        conditions = [
            one for one in (*(group.relevant for group in self._groups), self._relevant(row, there)) if one
        ]
        if conditions:
            made["show-if"] = conditions[0] if len(conditions) == 1 else {"all-of": conditions}
        made |= self._bounds(row, there, asked)
        if translations := by_language(title=others, description=hints):
            made["translations"] = translations
        self._default_of(row, there, asked, made)
        self._tell_columns(row, there)
        self._fields[name] = made
        self._known[there] = Asked(name, asked.kind, asked.codes)
        required = cell_of(row, "required").casefold()
        if required in _YES:
            self._required.append(name)
        elif required not in _NO:
            self._miss(row.number, there, "required-if", cell_of(row, "required"))
        self._place(name)

    def _place(self, name: str) -> None:
        group = self._groups[0] if self._groups else None
        if group is None:
            self._steps.append(Step((name,)))
        elif (
            self._steps
            and self._steps[-1].fields
            and self._steps[-1].fields[-1] in self._members.get(group.row, [])
        ):
            self._steps[-1] = replace(self._steps[-1], fields=(*self._steps[-1].fields, name))
        else:
            self._steps.append(replace(group.step, fields=(name,)))
        if group is not None:
            self._members.setdefault(group.row, []).append(name)

    def _whole_steps(self) -> tuple[Step, ...]:
        """Return the steps, where there was any group; else each question has a page of its own anyway."""
        return tuple(self._steps) if any(one.name for one in self._steps) else ()

    # Kinds of questions

    def _kind(self, row: SheetRow, kind: str, rest: str, name: str) -> tuple[Asked, dict[str, Any]] | None:
        plain = kind.casefold()
        if plain in ("select_one", "select_multiple"):
            return self._select(row, plain, rest, name)
        if plain == "range":
            said = cell_of(row, "parameters")
            schema, is_whole = range_of(said)
            if not is_whole:
                self._miss(row.number, name, "range", said)
            return Asked("", "number"), schema
        if plain == "note":
            self._miss(row.number, name, "note", self._texts(row, "label", "label")[0][:80])
            return None
        found = simple_kind(kind, cell_of(row, "appearance"))
        if found is None:
            self._miss(row.number, name, "kind", f"{kind} {rest}".strip())
            return None
        return Asked("", found[0]), found[1]

    def _select(self, row: SheetRow, plain: str, rest: str, name: str) -> tuple[Asked, dict[str, Any]] | None:
        words = rest.split()
        if len(words) == 2 and words[1] == "or_other":
            self._miss(row.number, name, "or-other")
        if not words or words[0] not in self._lists:
            self._miss(row.number, name, "no-list", rest)
            return None
        codes, choices = self._lists[words[0]]
        if plain == "select_one":
            return Asked("", "choice", codes), {"type": "string", "oneOf": choices}
        items = {"type": "string", "oneOf": choices}
        return Asked("", "choices", codes), {"type": "array", "items": items, "uniqueItems": True}

    def _choice_lists(self) -> dict[str, tuple[dict[str, str], list[dict[str, Any]]]]:
        found: dict[str, tuple[dict[str, str], list[dict[str, Any]]]] = {}
        for row in getattr(self._sheets.get(CHOICES), "rows", ()):
            listed = cell_of(row, "list_name") or cell_of(row, "list name")
            there = cell_of(row, "name") or cell_of(row, "value")
            if not listed or not there:
                continue
            codes, choices = found.setdefault(listed, ({}, []))
            code = plain_id(there) or f"keuze_{len(choices) + 1}"
            if there in codes or code in codes.values():
                self._miss(row.number, there, "choice-twice", listed, sheet=CHOICES)
                continue
            codes[there] = code
            label, others = self._texts(row, "label", "label", sheet=CHOICES)
            made: dict[str, Any] = {"const": code, "title": label or there}
            if others:
                made["translations"] = {language: {"title": text} for language, text in others.items()}
            choices.append(made)
        return found

    # What is said of a question

    def _relevant(self, row: SheetRow, name: str) -> dict[str, Any] | None:
        said = cell_of(row, "relevant") or cell_of(row, "relevance")
        if not said or said.casefold() in ("true()", "yes"):
            return None
        try:
            return translated(said, self._known)
        except UntranslatableError as error:
            self._miss(row.number, name, "relevant", f"{said[:120]} ({error.what})")
            return None

    def _bounds(self, row: SheetRow, name: str, asked: Asked) -> dict[str, Any]:
        said = cell_of(row, "constraint")
        if not said:
            return {}
        message = self._texts(row, "constraint_message", "hint")[0]
        try:
            found = bounds(said, asked.kind)
            if "pattern" in found:
                re2.compile(found["pattern"])
                # There, the whole answer has to fit.
                found["pattern"] = f"^(?:{found['pattern']})$"
                found["refusal"] = (message or "Dit heeft niet de juiste vorm.")[:300]
        except (UntranslatableError, re2.error) as error:
            part = error.what if isinstance(error, UntranslatableError) else str(error)[:60]
            self._miss(row.number, name, "constraint", f"{said[:120]} ({part})")
            return {}
        if message and "pattern" not in found:
            self._miss(row.number, name, "constraint-message", message[:80])
        return found

    def _default_of(self, row: SheetRow, name: str, asked: Asked, made: dict[str, Any]) -> None:
        said = cell_of(row, "default")
        if not said:
            return
        if asked.kind == "choice" and said in asked.codes:
            made["default"] = asked.codes[said]
        elif asked.kind in ("integer", "number") and re.fullmatch(r"-?\d{1,12}", said):
            made["default"] = int(said)
        elif asked.kind == "text" and not REFERENCE.search(said) and "(" not in said:
            made["default"] = said[:500]
        else:
            self._miss(row.number, name, "default", said[:80])

    def _tell_columns(self, row: SheetRow, name: str) -> None:
        for column in _TOLD_COLUMNS:
            if said := cell_of(row, column):
                self._miss(row.number, name, "column", f"{column}: {said[:80]}")

    def _name(self, row: int, there: str) -> str:
        plain = plain_id(there) or f"vraag_{row}"
        name = plain
        if name in self._taken or name in self._fields:
            name = f"{self._prefix}_{plain}"[:_LONGEST_NAME].strip("_")
        number = 2
        while name in self._taken or name in self._fields:
            name = f"{self._prefix}_{plain}"[: _LONGEST_NAME - 4].strip("_") + f"_{number}"
            number += 1
        if name != there:
            self._miss(row, there, "renamed", name)
        return name

    def _texts(
        self, row: SheetRow, column: str, kind: str, *, sheet: str = SURVEY
    ) -> tuple[str, dict[str, str]]:
        """Return a text in the language of our files, and in the others."""
        found: dict[str, str] = {}
        for head in row.cells:
            word, code = column_of(head)
            if word == column and (text := cell_of(row, head)):
                found[code or self._default] = self._clean(row, text, kind, sheet)
        own = found.pop(self._language, "")
        if not own and found:
            # Nothing in the language of the files: the first there is stands in, and stays as what it is.
            own = next(iter(found.values()))
        return own, found

    def _clean(self, row: SheetRow, text: str, kind: str, sheet: str) -> str:
        if REFERENCE.search(text):
            self._miss(row.number, cell_of(row, "name"), "reference", text[:80], sheet=sheet)
        return cleaned(text, _LONGEST[kind])

    def _miss(self, row: int, name: str, code: str, part: str = "", *, sheet: str = SURVEY) -> None:
        one = Untaken(sheet, row, unsteered(name)[:80], code, unsteered(part)[:200])
        if one not in self._untaken:
            self._untaken.append(one)
