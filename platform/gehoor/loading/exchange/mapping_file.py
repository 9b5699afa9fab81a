"""A mapping of a register that is brought in: read as other files are, and held against the agreements in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gehoor.core.agreement.model import Agreement
from gehoor.core.exchange.cells import Sheet, plain_head
from gehoor.core.exchange.register_mapping import ColumnRule, RegisterMapping, build_mapping
from gehoor.core.forms.fields import Field
from gehoor.core.text.problems import Problem, errors
from gehoor.core.text.suggestions import hint
from gehoor.loading.merge.source_map import Path as SpotPath
from gehoor.loading.merge.source_map import Spots
from gehoor.loading.workspace.file import load_file

_YES_NO = ("ja", "nee", "true", "false")


@dataclass
class MappingFile:
    """A mapping with where its parts stand, or what is wrong with its file."""

    mapping: RegisterMapping | None = None
    problems: list[Problem] = field(default_factory=list)
    spots: Spots = field(default_factory=Spots)


def load_mapping(file: Path) -> MappingFile:
    """Load a mapping. Nothing in a file makes this raise."""
    loaded = load_file(file.parent, file.name, "bring-in")
    if errors(loaded.problems):
        return MappingFile(problems=loaded.problems)
    return MappingFile(build_mapping(loaded.canonical.data), loaded.problems, loaded.canonical.spots)


def mapping_problems(found: MappingFile, agreements: Mapping[str, Agreement], sheet: Sheet) -> list[Problem]:
    """Return what does not fit the agreements in force (by department) of where the rows go, or the sheet."""
    if found.mapping is None:
        return []
    problems = [*_columns(found.mapping, found.spots, sheet)]
    for agreement in agreements.values():
        problems += _fields(found.mapping, found.spots, agreement)
    return _once(problems)


def _once(problems: Sequence[Problem]) -> list[Problem]:
    seen = {(one.place, one.code, str(dict(one.details))): one for one in problems}
    return sorted(seen.values(), key=lambda one: (one.place.line, one.place.column))


def _fields(mapping: RegisterMapping, spots: Spots, agreement: Agreement) -> Iterator[Problem]:
    fields = agreement.dossier_form.fields
    received = agreement.field_for("received-on")
    if received and received not in {one.into for one in mapping.fields}:
        details = {"missing": f"'{received}', de dag van ontvangst", "hint": ""}
        yield Problem(spots.nearest(("fields",)).key, "ontbreekt", details)
    for rule in mapping.fields:
        path: SpotPath = ("fields", rule.into)
        of = fields.get(rule.into)
        if of is None:
            yield _nothing(spots, path, "Het veld", rule.into, fields, key=True)
        elif of.type.has_rows or of.type.takes_files or of.read_only:
            details = {"value": rule.column or str(rule.preset), "field": rule.into}
            yield Problem(spots.nearest(path).key, "waarde-past-niet", details)
        else:
            yield from _codes(spots, path, rule, of)


def _codes(spots: Spots, path: SpotPath, rule: ColumnRule, of: Field) -> Iterator[Problem]:
    codes: Sequence[str] = [one.code for one in of.choices]
    if of.kind == "boolean":
        codes = _YES_NO
    if not codes:
        return
    for there, here in rule.values.items():
        if here.casefold() not in codes and here not in codes:
            yield _nothing(spots, (*path, "values", there), "De code", here, codes)
    if rule.otherwise and rule.otherwise not in codes:
        yield _nothing(spots, (*path, "otherwise"), "De code", rule.otherwise, codes)
    if rule.preset is not None and of.kind != "boolean" and str(rule.preset) not in codes:
        yield _nothing(spots, (*path, "preset"), "De code", str(rule.preset), codes)


def _columns(mapping: RegisterMapping, spots: Spots, sheet: Sheet) -> Iterator[Problem]:
    there = {plain_head(one) for one in sheet.heads}
    places: list[tuple[SpotPath, str]] = [
        (("bring-in", "row-key"), mapping.key),
        (("bring-in", "kept-number"), mapping.number),
        (("bring-in", "department-by", "column"), mapping.departments.column if mapping.departments else ""),
        *((("fields", one.into, "column"), one.column) for one in mapping.fields),
        *((("left-columns", index), one) for index, one in enumerate(mapping.ignored)),
    ]
    for path, column in places:
        if column and plain_head(column) not in there:
            yield _nothing(spots, path, "De kolom", column, sheet.heads)


def _nothing(
    spots: Spots,
    path: SpotPath,
    what: str,
    value: str,
    known: Iterable[str],
    *,
    key: bool = False,
) -> Problem:
    spot = spots.nearest(path)
    details = {"what": what, "value": value, "where": "", "hint": hint(value, known)}
    return Problem(spot.key if key else spot.value, "verwijst-naar-niets", details)
