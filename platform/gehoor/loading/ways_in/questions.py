"""A question that somebody adds at once: its text, what can be answered, where it comes, and whether one must answer.
The name of its field is made from its text."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.proposals.asking import AnswerKind, Asking, AskingForm, Whose
from gehoor.core.proposals.sheets import Control, Kind
from gehoor.loading.editing.edits import with_item
from gehoor.loading.editing.spans import NoSpansError
from gehoor.loading.editing.spans import Path as Steps
from gehoor.loading.editing.values import Value, Word
from gehoor.loading.export.new_organisation import organisation_id
from gehoor.loading.keywords.answer_kinds import (
    KindOfAnswer,
    asked_first,
    kinds_of_answer,
    said_by_who_asks,
    settled,
)
from gehoor.loading.sheets.adding import placed
from gehoor.loading.sheets.growing import Changed, FillError, is_missing, put_below
from gehoor.loading.sheets.known_names import KnownNames, files_of
from gehoor.loading.sheets.questions import field_path, forms_of_dossier, questions_of, with_question
from gehoor.loading.sheets.sheet import sheet
from gehoor.loading.workspace.file import LoadedFile
from gehoor.loading.workspace.organisation import OrganisationFiles

_PROPERTIES: Final = "properties"
_LONGEST_NAME: Final = 40
_FEWEST_CHOICES: Final = 2
_CLASS: Final = "personal-data"
_USUAL_CLASS: Final = "P1"
_APART: Final = frozenset({Kind.PART, Kind.CONDITION, Kind.SNIPPET})
"""What has a place of its own, once the question is there."""


@dataclass(frozen=True, slots=True)
class WholeQuestion:
    """What somebody says of a question. ``department``: the one that alone asks it; empty: all do; ``form``: the one
    that it comes on, ``after`` which question (empty: as the last); ``kind``: of answer; ``choices``: those of a
    list, as people read them; ``must``: whether it has to be answered."""

    text: str
    form: str
    kind: str
    department: str = ""
    after: str = ""
    choices: tuple[str, ...] = ()
    must: bool = False


def asking(workspace: Path, organisation: str) -> Asking:
    """Return what can be chosen of a question that comes."""
    files = files_of(workspace, organisation)
    dossier = files.forms.files.get(files.used_forms.get(DOSSIER_FORM, ""))
    if dossier is None:
        return Asking((), (), (), (), ())
    fresh = [
        one for one in sheet(workspace, organisation, dossier.file, (_PROPERTIES,)).fresh if not one.grows
    ]
    said = {one.keyword: one for one in fresh if one.kind not in _APART and one.keyword not in settled()}
    return Asking(
        tuple(_whose(files)),
        tuple(AnswerKind(name, one.title, bool(one.choices)) for name, one in kinds_of_answer().items()),
        tuple(_forms([KnownNames(workspace, organisation, name).data for name in files.departments])),
        tuple(_asked(said.pop(one), how) for one, how in asked_first().items() if one in said),
        tuple(said.values()),
    )


def _asked(one: Control, how: str) -> Control:
    """Return a control that is asked at once: nothing is chosen before somebody does."""
    return replace(one, label=how or one.label, texts=(), required=one.keyword in said_by_who_asks())


def _whose(files: OrganisationFiles) -> Iterator[Whose]:
    used = [files.used_forms[form] for form in files.used_forms]
    yield Whose("", "", tuple(dict.fromkeys(used)))
    for name, own in files.departments.items():
        said = (own.canonical.data.get("department") or {}).get("name")
        yield Whose(name, said if isinstance(said, str) else name, (own.file,))


def _forms(departments: Sequence[Mapping[str, Any]]) -> Iterator[AskingForm]:
    """Yield the forms, with the questions of any department; that of the dossier last: whoever adds a question mostly
    thinks of people outside."""
    every = {name: one for data in departments for name, one in (data.get("forms") or {}).items()}
    for name in sorted(every, key=lambda one: one == DOSSIER_FORM):
        said = every[name].get("title")
        title = said if isinstance(said, str) else name
        asked = {one.value: one for data in departments for one in questions_of(data, name)}
        yield AskingForm(name, title, name == DOSSIER_FORM, tuple(asked.values()))


def with_whole_question(
    workspace: Path, organisation: str, wanted: WholeQuestion
) -> tuple[list[Changed], Steps]:
    """Return the files with a question more, that in which its field stands first, and where it stands there. Raises
    ``FillError``."""
    files, data = (
        files_of(workspace, organisation),
        KnownNames(workspace, organisation, wanted.department).data,
    )
    kind = kinds_of_answer().get(wanted.kind)
    forms = data.get("forms") or {}
    fields = (forms.get(DOSSIER_FORM) or {}).get(_PROPERTIES) or {}
    if wanted.form not in forms or kind is None or (wanted.after and wanted.after not in fields):
        raise FillError("", "name")
    made = _name(wanted.text, {*fields, *_own_fields(files)})
    place = _Place(files, data, wanted, made)
    found, path = with_question(
        workspace,
        organisation,
        wanted.form,
        made,
        wanted.department,
        lambda file: {"title": wanted.text, **_kind_said(kind, wanted.choices, file), **place.said(file)},
    )
    found, path = placed(workspace, organisation, (found, path), wanted.after or None)
    if wanted.must and wanted.form != DOSSIER_FORM:
        found = place.required(found)
    own = _file_of_field(files, wanted)
    return sorted(found, key=lambda one: one.file != own.file), field_path(own, made)


def _own_fields(files: OrganisationFiles) -> Iterator[str]:
    """Yield the fields that departments have for themselves: two things of one name are told apart by nobody."""
    for own in files.departments.values():
        for form in (own.canonical.data.get("forms") or {}).values():
            yield from form.get("fields") or ()


def _file_of_field(files: OrganisationFiles, wanted: WholeQuestion) -> LoadedFile:
    if wanted.department:
        return files.departments[wanted.department]
    return files.forms.files[files.used_forms[DOSSIER_FORM]]


@dataclass(frozen=True)
class _Place:
    files: OrganisationFiles
    data: Mapping[str, Any]
    wanted: WholeQuestion
    name: str

    @property
    def _beside(self) -> Mapping[str, Any]:
        """The field that it comes after."""
        form: Mapping[str, Any] = self.data["forms"][DOSSIER_FORM][_PROPERTIES]
        found: Mapping[str, Any] = form.get(self.wanted.after) or {}
        return found

    def said(self, file: LoadedFile) -> dict[str, Value]:
        """Return what a field says because of where it comes: it is asked when that is that it comes after, and on a
        form for people outside from the beginning."""
        word, yes = file.vocabulary.word, Word(file.vocabulary.boolean_word(truth=True))
        phases = self.data.get("phases") or {}
        phase = str(self._beside.get("phase") or next(iter(phases), ""))
        made: dict[str, Value] = {word("phase"): phase}
        if self.wanted.form != DOSSIER_FORM or self._beside.get("at-opening"):
            made[word("at-opening")] = yes
        done = (phases.get(phase) or {}).get("done-at")
        if self.wanted.must and self.wanted.form == DOSSIER_FORM and done:
            made[word("required-before")] = str(done)
        return {**made, word(_CLASS): _USUAL_CLASS}

    def required(self, found: Sequence[Changed]) -> list[Changed]:
        """Return files in which a form says that it has to be answered."""
        form, files = self.wanted.form, self.files
        if self.wanted.department:
            own = files.departments[self.wanted.department]
            path: Steps = (own.vocabulary.word("forms"), form, "required")
        elif form in forms_of_dossier(files):
            own = files.forms.files[files.used_forms[DOSSIER_FORM]]
            path = (own.vocabulary.word("also"), form, "required")
        else:
            own, path = files.forms.files[files.used_forms[form]], ("required",)
        return [
            Changed(one.file, _listed(one.text, path, self.name)) if one.file == own.file else one
            for one in found
        ]


def _listed(text: str, path: Steps, name: str) -> str:
    if is_missing(text, path):
        return put_below(text, path, [name])
    try:
        return with_item(text, path, name)
    except (KeyError, NoSpansError) as error:
        raise FillError("", "text-only") from error


def _kind_said(kind: KindOfAnswer, choices: Sequence[str], file: LoadedFile) -> dict[str, Value]:
    """Return what a field says for its kind of answer, in the words of a file."""
    words = file.vocabulary
    said: dict[str, Value] = {
        keyword if keyword in _STANDARD else words.word(keyword): words.value_word(value)
        if keyword not in _STANDARD
        else value
        for keyword, value in kind.says.items()
    }
    if not kind.choices:
        return said
    texts = list(dict.fromkeys(one for line in choices if (one := " ".join(line.split()))))
    if len(texts) < _FEWEST_CHOICES:
        raise FillError("choices", "choices")
    whole: Value = list(_coded(texts))
    for word in reversed(kind.choices[1:]):
        whole = {"type": "string", word: whole}
    return {**said, kind.choices[0]: whole}


_STANDARD: Final = frozenset({"type", "format"})


def _coded(texts: Sequence[str]) -> Iterator[Mapping[str, Value]]:
    """Yield choices with a code each, made from what they say."""
    taken: list[str] = []
    for text in texts:
        taken.append(_apart(organisation_id(text)[:_LONGEST_NAME].replace("-", "_").strip("_"), taken))
        yield {"const": taken[-1], "title": text}


def _name(text: str, taken: Collection[str]) -> str:
    """Return what the field of a question is called: the first words of it, and a number where another has those."""
    whole = organisation_id(text)
    short = whole if len(whole) <= _LONGEST_NAME else whole[: _LONGEST_NAME + 1].rpartition("-")[0]
    made = (short or whole[:_LONGEST_NAME]).replace("-", "_").lstrip("_0123456789")
    return _apart(made, taken)


def _apart(made: str, taken: Collection[str]) -> str:
    """Return a name that nothing has yet."""
    base, number = made or "vraag", 1
    found = base
    while found in taken:
        number += 1
        found = f"{base}_{number}"
    return found
