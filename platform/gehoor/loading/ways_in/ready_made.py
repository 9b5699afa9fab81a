"""Reports and standards of files that organisations share: which there are, what each asks of who uses it, and using it
or no longer. Which there are is found in the files alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.conditions.parse import GROUPS, LATE
from gehoor.core.conditions.register_questions import REGISTER_KEYS
from gehoor.core.proposals.asking import Lack, ReadyMade
from gehoor.core.reports.model import PLACES_AND_TIMES
from gehoor.loading.checks.conditions.condition_places import figure_places
from gehoor.loading.checks.references.reference_places import references
from gehoor.loading.editing.edits import with_item, without
from gehoor.loading.editing.spans import NoSpansError
from gehoor.loading.editing.spans import Path as Steps
from gehoor.loading.sheets.growing import Changed, FillError, is_missing, put_below, text_of
from gehoor.loading.sheets.known_names import KnownNames, files_of
from gehoor.loading.source.files import DEFINITIONS_FOLDER, ENDINGS, RULES_FOLDER, is_file_id
from gehoor.loading.workspace.adapted_reports import ADAPTATIONS
from gehoor.loading.workspace.file import LoadedFile, load_file
from gehoor.loading.workspace.organisation import OrganisationFiles
from gehoor.loading.workspace.standards import STANDARDS, standard_or_law

_REPORTS: Final = "reports"
_SECTIONS: Final = (_REPORTS, STANDARDS)
_COUNTED: Final = ("per", "and-per", "mean-of", "sum-of")
_TOLD: Final = ("fields", "milestones", "terms")
"""What a report can count by."""

_Data: TypeAlias = Mapping[str, Any]


def ready_made(workspace: Path, organisation: str) -> tuple[ReadyMade, ...]:
    """Return the reports and standards of files that organisations share, in the order of their files."""
    files = files_of(workspace, organisation)
    known = [KnownNames(workspace, organisation, one).data for one in files.departments]
    return tuple(_found(files, known))


def _found(files: OrganisationFiles, known: list[_Data]) -> Iterator[ReadyMade]:
    for name, file in _shared(files.workspace):
        reports = load_file(files.workspace, file, _REPORTS).canonical.data
        if reports.get(_REPORTS):
            yield _report(files, name, reports, known)
            continue
        asked = standard_or_law(files.workspace, file).canonical.data
        if asked.get("standard") or (asked.get("law") and asked.get("demands")):
            yield _standard(files, name, asked)


def _shared(workspace: Path) -> Iterator[tuple[str, str]]:
    """Yield the files with rules that stand in no folder of an organisation: as they are named, and where."""
    for path in sorted((workspace / RULES_FOLDER).glob("*/*")):
        name = f"{path.parent.name}/{path.name.partition('.')[0]}"
        is_own = (workspace / DEFINITIONS_FOLDER / path.parent.name).is_dir()
        if path.suffix in ENDINGS and path.is_file() and is_file_id(name) and not is_own:
            yield name, path.relative_to(workspace).as_posix()


def _report(files: OrganisationFiles, name: str, data: _Data, known: list[_Data]) -> ReadyMade:
    found = {one: said for one, said in data[_REPORTS].items() if isinstance(said, Mapping)}
    first = next(iter(found.values()), {})
    used = name in _used(files, _REPORTS)
    return ReadyMade(
        name=name,
        section=_REPORTS,
        title=", ".join(str(said.get("name", one)) for one, said in found.items()),
        applies_to=str(first.get("applies-to", "")),
        source=str(first.get("source", "")),
        certainty=str(first.get("certainty", "")),
        ids=tuple(found),
        holds=tuple(_titles(one for said in found.values() for one in said.get("chapters") or ())),
        used=used,
        # What is used is counted, or check tells why it is not.
        lacks=() if used else tuple(_lacks(found, known)),
        files=tuple(_changing(files, tuple(found), used=used)),
    )


def _standard(files: OrganisationFiles, name: str, data: _Data) -> ReadyMade:
    said = data.get("standard") or data.get("law") or {}
    asked = [one for one in (data.get("requirements") or data.get("demands") or {}).values() if one]
    themes = [str(one["theme"]) for one in asked if one.get("theme")]
    return ReadyMade(
        name=name,
        section=STANDARDS,
        title=str(said.get("name", name)),
        applies_to=str(said.get("applies-to", "")),
        source=str(said.get("source", "")),
        certainty="",
        ids=(name.rpartition("/")[2],),
        holds=tuple(dict.fromkeys(themes)) or tuple(_titles(asked)),
        used=name in _used(files, STANDARDS),
        lacks=(),
        files=(files.main["organisation"].file,),
    )


def _titles(things: Any) -> Iterator[str]:
    yield from dict.fromkeys(str(one["name"]) for one in things if isinstance(one, Mapping) and "name" in one)


def _used(files: OrganisationFiles, section: str) -> list[str]:
    said = (files.main["organisation"].canonical.data.get("uses") or {}).get(section)
    return [str(one) for one in said] if isinstance(said, list) else []


# What a report counts by and not every department has.


def _lacks(found: Mapping[str, _Data], known: list[_Data]) -> Iterator[Lack]:
    data = {_REPORTS: dict(found)}
    tables = dict(figure_places(data))
    named: dict[tuple[str, str], dict[str, None]] = {}
    whole: dict[tuple[str, str], None] = {}
    for path, group, name in _asked(data, tables):
        if all(_has(one, group, name) for one in known):
            continue
        if path in tables:
            named.setdefault((group, name), {})[str(tables[path].get("name", ""))] = None
        else:
            whole[group, name] = None
    yield from (Lack(*one, ()) for one in whole)
    yield from (Lack(*one, tuple(of)) for one, of in named.items() if one not in whole)


def _asked(data: _Data, tables: Mapping[Any, _Data]) -> Iterator[tuple[Any, str, str]]:
    """Yield what is counted by: in which table (its path, else that of all of the report), of which kind, and its
    name."""
    for one in references(data):
        if one.group in _TOLD:
            yield one.path[:6], one.group, str(one.value)
    for path, table in tables.items():
        names = [str(table[word]) for word in _COUNTED if word in table]
        for name in (*(one for one in names if one not in PLACES_AND_TIMES), *_conditioned(table.get("if"))):
            yield path, "fields", name


def _conditioned(condition: Any) -> Iterator[str]:
    """Yield the fields that a condition is about."""
    for key, said in condition.items() if isinstance(condition, Mapping) else ():
        if key in GROUPS:
            for one in said if isinstance(said, list) else [said]:
                yield from _conditioned(one)
        elif key != LATE and key not in REGISTER_KEYS:
            yield str(key)


def _has(data: _Data, group: str, name: str) -> bool:
    if group != "fields":
        return name in (data.get(group) or {})
    fields = ((data.get("forms") or {}).get(DOSSIER_FORM) or {}).get("properties") or {}
    rows, _, member = name.partition(".")
    inside = ((fields.get(rows) or {}).get("items") or {}).get("properties") or {}
    return rows in fields and (not member or member in inside)


# Using it, and no longer.


def with_used(workspace: Path, organisation: str, section: str, name: str) -> tuple[list[Changed], Steps]:
    """Return the file of an organisation that says what it uses, with a report or standard more, and where that stands.
    What is used already stays. Raises ``FillError``."""
    main, path = _place(workspace, organisation, section, name)
    text = text_of(workspace, main.file)
    if name in _used(files_of(workspace, organisation), section):
        return [Changed(main.file, text)], path
    try:
        text = put_below(text, path, [name]) if is_missing(text, path) else with_item(text, path, name)
    except (KeyError, NoSpansError) as error:
        raise FillError("", "text-only") from error
    return [Changed(main.file, text)], path


def without_used(workspace: Path, organisation: str, section: str, name: str) -> tuple[list[Changed], Steps]:
    """Return the files of an organisation as they are without a report or standard that it used, and without what it
    said otherwise of it. Raises ``FillError``."""
    main, path = _place(workspace, organisation, section, name)
    files = files_of(workspace, organisation)
    made = []
    gone = [name]
    for own in _saying_otherwise(files, _ids(workspace, section, name)):
        text = _without_adaptations(text_of(workspace, own.file), own, _ids(workspace, section, name))
        if text is None:
            gone.append(f"{organisation}/{own.file.rpartition('/')[2].partition('.')[0]}")
        else:
            made.append(Changed(own.file, text))
    text = text_of(workspace, main.file)
    try:
        for one in gone:
            used = _listed(text, path, _used(files, section), gone[: gone.index(one)])
            if one in used:
                text = without(text, (*path, used.index(one)) if len(used) > 1 else path)
    except (KeyError, NoSpansError) as error:
        raise FillError("", "text-only") from error
    return [Changed(main.file, text), *made], path


def _listed(text: str, path: Steps, before: list[str], gone: list[str]) -> list[str]:
    return [] if is_missing(text, path) else [one for one in before if one not in gone]


def _ids(workspace: Path, section: str, name: str) -> list[str]:
    """Return the reports of a file that organisations share."""
    file = dict(_shared(workspace)).get(name)
    if section != _REPORTS or file is None:
        return []
    return list(load_file(workspace, file, _REPORTS).canonical.data.get(_REPORTS) or {})


def _saying_otherwise(files: OrganisationFiles, ids: list[str]) -> Iterator[LoadedFile]:
    """Yield the files of the organisation alone that say something otherwise of reports."""
    for name, one in files.reports.items():
        said = one.canonical.data.get(ADAPTATIONS) or {}
        if name.startswith(f"{files.id}/") and not said.keys().isdisjoint(ids):
            yield one


def _without_adaptations(text: str, own: LoadedFile, ids: list[str]) -> str | None:
    """Return a text without what it says otherwise of reports; None where it says nothing else."""
    said, word = own.canonical.data[ADAPTATIONS], own.vocabulary.word(ADAPTATIONS)
    left = [one for one in said if one not in ids]
    if not left and not {_REPORTS, "overview"} & own.canonical.data.keys():
        return None
    try:
        if not left:
            return without(text, (word,))
        for one in said:
            if one in ids:
                text = without(text, (word, one))
    except (KeyError, NoSpansError) as error:
        raise FillError("", "text-only") from error
    return text


def _changing(files: OrganisationFiles, ids: tuple[str, ...], *, used: bool) -> Iterator[str]:
    yield files.main["organisation"].file
    if used:
        yield from (one.file for one in _saying_otherwise(files, list(ids)))


def _place(workspace: Path, organisation: str, section: str, name: str) -> tuple[LoadedFile, Steps]:
    """Return the file that says what an organisation uses, and where. Raises ``FillError`` for what is no report or
    standard that organisations share."""
    if section not in _SECTIONS or name not in dict(_shared(workspace)):
        raise FillError("", "name")
    main = files_of(workspace, organisation).main["organisation"]
    return main, (main.vocabulary.word("uses"), main.vocabulary.word(section))
