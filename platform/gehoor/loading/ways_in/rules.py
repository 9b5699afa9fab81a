"""A rule that somebody adds: about which fields, for everybody or for one department."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from gehoor.core.proposals.asking import FieldGroup, Ruling, Whose
from gehoor.core.proposals.sheets import Choice
from gehoor.loading.editing.edits import changed
from gehoor.loading.editing.spans import Path as Steps
from gehoor.loading.editing.values import Value
from gehoor.loading.export.additions import NoPlaceError, added, parts
from gehoor.loading.export.new_organisation import AnswerError, organisation_id
from gehoor.loading.keywords.answer_kinds import plain_effects
from gehoor.loading.keywords.descriptions import load_descriptions
from gehoor.loading.keywords.inventory import is_standard
from gehoor.loading.keywords.meta_schemas import meta_schema
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE, Vocabulary, load_vocabulary
from gehoor.loading.sheets.conditions import AskedFields, begun
from gehoor.loading.sheets.growing import Changed, FillError, put_below, text_of
from gehoor.loading.sheets.known_names import KnownNames, files_of
from gehoor.loading.sheets.places import source_in
from gehoor.loading.workspace.file import LoadedFile
from gehoor.loading.workspace.organisation import OrganisationFiles

_RULES: Final = "rules"
_LONGEST_NAME: Final = 50
_UNNAMED: Final = "regel"


@dataclass(frozen=True, slots=True)
class NewRule:
    """What somebody says of a rule. ``department``: the one that it is for alone; empty: for all; ``fields``: those
    that it is about."""

    name: str
    fields: tuple[str, ...]
    department: str = ""


def ruling(workspace: Path, organisation: str, department: str = "") -> Ruling:
    """Return what can be chosen of a rule that comes. ``department``: of which the fields are; empty: of any."""
    files = files_of(workspace, organisation)
    fields: dict[str, Any] = {}
    having: dict[str, list[str]] = {}
    phases: dict[str, Any] = {}
    for name in files.departments:
        known = KnownNames(workspace, organisation, name)
        asked = known.asked((_RULES, "", "if")).data
        for one in asked:
            having.setdefault(one, []).append(name)
        if department in ("", name):
            fields, phases = {**asked, **fields}, {**(known.data.get("phases") or {}), **phases}
    choices = AskedFields(fields).choices()
    called = {one.name: one.title for one in _whose(files)}
    groups = _grouped(choices, lambda one: _belongs(fields[one], having[one], phases, called))
    return Ruling(tuple(_whose(files)), choices, tuple(_effects(_words(files, department))), groups)


_Group: TypeAlias = "tuple[tuple[str, ...], str]"


def _belongs(field: Any, having: list[str], phases: Mapping[str, Any], called: Mapping[str, str]) -> _Group:
    """Return the departments that alone have a field, or the phase that it is filled in."""
    if len(having) < len(called) - 1:
        return tuple(called[one] for one in having), ""
    phase = (phases.get(field.get("phase", "")) or {}).get("name", "")
    return (), str(phase)


def _grouped(choices: Iterable[Choice], belongs: Callable[[str], _Group]) -> tuple[FieldGroup, ...]:
    """Return fields by what they belong to: what departments have for themselves first, what is in no phase last."""
    found: dict[_Group, list[Choice]] = {}
    for one in choices:
        found.setdefault(belongs(one.value), []).append(one)
    order = sorted(found, key=lambda group: 0 if group[0] else 1 if group[1] else 2)
    return tuple(FieldGroup(*group, tuple(found[group])) for group in order)


def _words(files: OrganisationFiles, department: str) -> Vocabulary:
    own = files.departments.get(department) or _own_rules(files)
    return own.vocabulary if own else load_vocabulary(DEFAULT_LANGUAGE)


def _whose(files: OrganisationFiles) -> Iterator[Whose]:
    own = _own_rules(files)
    main = files.main["organisation"].file
    yield Whose("", "", (own.file if own else main,))
    for name, one in files.departments.items():
        said = (one.canonical.data.get("department") or {}).get("name")
        yield Whose(name, said if isinstance(said, str) else name, (one.file,))


def _own_rules(files: OrganisationFiles) -> LoadedFile | None:
    """Return the first file with rules that is of the organisation alone."""
    return next((one for name, one in files.rules.items() if name.startswith(f"{files.id}/")), None)


def _effects(words: Vocabulary) -> Iterator[Choice]:
    """Yield the keywords with which an effect begins, each with what it does."""
    schema = meta_schema("common")["$defs"]["effect"]
    described = load_descriptions(DEFAULT_LANGUAGE)
    plain = plain_effects()
    there = [word for one in schema["oneOf"] for word in one["required"]]
    for keyword in sorted(there, key=[*plain, *there].index):
        said = described.keyword(keyword, "effect", standard=is_standard(keyword, schema))
        yield Choice(words.word(keyword), plain.get(keyword, said))


def with_rule(workspace: Path, organisation: str, wanted: NewRule) -> tuple[list[Changed], Steps]:
    """Return the files with a rule more, that asks whether its fields are filled in and does nothing yet, and where it
    stands in the first of them. Raises ``FillError``."""
    files = files_of(workspace, organisation)
    data = KnownNames(workspace, organisation, wanted.department).data
    fields = KnownNames(workspace, organisation, wanted.department).asked((_RULES, "", "if")).data
    if not wanted.fields or any(one not in fields for one in wanted.fields):
        raise FillError("", "name")
    taken = {*(data.get(_RULES) or ()), *(data.get("tables") or ())}
    taken |= {name for one in files.departments.values() for name in one.canonical.data.get(_RULES) or ()}
    name = _name(wanted.name, taken)
    own = files.departments.get(wanted.department)
    if wanted.department and own is None:
        raise FillError("", "name")
    own = own or _own_rules(files)
    if own is None:
        return _in_new_file(workspace, organisation, name, wanted)
    path = (own.vocabulary.word(_RULES), name)
    text = put_below(text_of(workspace, own.file), path, _rule(wanted, own.vocabulary))
    return [Changed(own.file, text)], path


def _rule(wanted: NewRule, words: Vocabulary) -> dict[str, Value]:
    asked: dict[str, Value] = {}
    for field in wanted.fields:
        one = begun(field, words)
        assert isinstance(one, dict)
        asked |= one
    return {words.word("name"): wanted.name, words.word("if"): asked}


def _in_new_file(
    workspace: Path, organisation: str, name: str, wanted: NewRule
) -> tuple[list[Changed], Steps]:
    """Return the files of an organisation that had no rules yet."""
    try:
        made = [
            Changed(one.file, one.text) for one in added(workspace, organisation, parts()["rule"], name, {})
        ]
    except (AnswerError, NoPlaceError) as error:
        raise FillError("", "name") from error
    whole = sorted(made, key=lambda one: source_in(one.text.encode(), one.file).kind != "rules")
    source = source_in(whole[0].text.encode(), whole[0].file)
    path = (source.vocabulary.word(_RULES), name)
    whole[0] = Changed(whole[0].file, changed(whole[0].text, path, _rule(wanted, source.vocabulary)))
    return whole, path


def _name(text: str, taken: set[str]) -> str:
    """Return what a rule is called in the files: the first words of its name, and a number where another has those."""
    whole = organisation_id(text)
    short = whole if len(whole) <= _LONGEST_NAME else whole[: _LONGEST_NAME + 1].rpartition("-")[0]
    base, number = (short or whole[:_LONGEST_NAME]).lstrip("-0123456789") or _UNNAMED, 1
    found = base
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found
