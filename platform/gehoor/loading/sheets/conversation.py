"""The conversation with an organisation: what its files answer, and where each answer can be changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.proposals.conversation import (
    Answered,
    Asked,
    Conversation,
    Question,
    Stand,
    Where,
    answers,
    fits,
    found,
)
from gehoor.loading.editing.spans import Path as Steps
from gehoor.loading.keywords.conversation import questions, steps
from gehoor.loading.keywords.placeholder_texts import is_to_decide
from gehoor.loading.merge.canonical import canonicalise
from gehoor.loading.merge.located_document import value_at
from gehoor.loading.sheets.places import NoSheetError, source_of
from gehoor.loading.workspace.department import assemble
from gehoor.loading.workspace.file import LoadedFile
from gehoor.loading.workspace.organisation import OrganisationFiles, load_organisation

_WAIVED = "waived"
_Documents: TypeAlias = Mapping[str, Mapping[str, Any]]


def conversation(workspace: Path, organisation: str, asked: str = "") -> Conversation:
    """Return the conversation with an organisation. ``asked``: of which question (its name) it is said where the answer
    can be changed."""
    files = load_organisation(workspace, organisation)
    wholes = {name: assemble(files, name, []).data for name in files.departments}
    main = files.main["organisation"]
    typed = {one.file: _typed(workspace, one) for one in _every(files) if one.problems} if asked else {}
    return Conversation(
        steps(),
        tuple(
            _asked(files, wholes, one, typed if one.name == asked else None) for one in questions().values()
        ),
        (main.file, main.vocabulary.word(_WAIVED)),
        tuple(main.canonical.data.get(_WAIVED) or ()),
    )


def _asked(
    files: OrganisationFiles, wholes: _Documents, question: Question, typed: _Documents | None
) -> Asked:
    answered = {
        name: Answered(found(whole, question), _reason((whole.get(_WAIVED) or {}).get(question.name)))
        for name, whole in wholes.items()
    }
    stands = tuple(_stands(files, (wholes, typed), question)) if typed is not None else ()
    return Asked(question, answered, stands)


def _reason(waived: Any) -> str:
    """Return why something is given up; that it is still to be decided is no reason."""
    return waived if isinstance(waived, str) and not is_to_decide(waived) else ""


def _every(files: OrganisationFiles) -> Iterator[LoadedFile]:
    yield from files.main.values()
    yield from files.terms.values()
    yield from files.rules.values()
    yield from files.forms.files.values()
    yield from files.departments.values()


def _typed(workspace: Path, one: LoadedFile) -> Mapping[str, Any]:
    """Return what a file says, also what is wrong in it."""
    try:
        return canonicalise(source_of(workspace, one.file).root, one.kind, one.vocabulary, []).data or {}
    except NoSheetError:
        return {}


def _stands(
    files: OrganisationFiles, said: tuple[_Documents, _Documents], question: Question
) -> Iterator[Stand]:
    """Yield where a question is answered. ``said``: what each department says, and each file (its name) with something
    wrong in it."""
    wholes, typed = said
    for at, where in enumerate(question.at):
        if where.file == "letter":
            yield from _letters(files, wholes, at, where)
        elif where.each:
            things = _wrong_things(files, typed, where) | _things(wholes, where)
            for name, title in things.items():
                yield from _of_all(files, at, where, (name,), title)
                yield from _of_departments(files, at, where, (name,), title)
            yield from _growing(files, at, where)
        else:
            yield from _of_all(files, at, where, (), "")
            yield from _of_departments(files, at, where, (), "")


def _wrong_things(files: OrganisationFiles, typed: _Documents, where: Where) -> dict[str, str]:
    """Return the things that answer, as far as files with something wrong in them say so: no department has those."""
    things: dict[str, str] = {}
    for one in _files(files, where.file):
        held = value_at(dict(typed.get(one.file, {})), where.path)
        for name, thing in held.items() if isinstance(held, dict) else ():
            if fits(str(name), thing, where):
                things[str(name)] = str(thing.get("name") or thing.get("title") or name)
    return things


def _things(wholes: Mapping[str, Mapping[str, Any]], where: Where) -> dict[str, str]:
    """Return the things that answer in any department, each with how people know it."""
    things: dict[str, str] = {}
    for whole in wholes.values():
        for path in answers(whole, where):
            one = value_at(dict(whole), path)
            things.setdefault(str(path[-1]), str(one.get("name") or one.get("title") or path[-1]))
    return things


def _of_all(files: OrganisationFiles, at: int, where: Where, name: Steps, title: str) -> Iterator[Stand]:
    """Yield where what holds for all departments stands, or could stand."""
    held = [one for one in _files(files, where.file) if _stands_in(one, (*where.path, *name))]
    if held:
        words = held[0].canonical.spots.words((*where.path, *name))
        yield Stand(held[0].file, tuple(words), at, title)
    elif not name or where.file == "form":
        # What organisations share is changed for this one in its own form.
        main = next(iter(_files(files, where.file)), None)
        if main is not None:
            yield Stand(main.file, _words(main, where.path, name), at, title, absent=True)


def _of_departments(
    files: OrganisationFiles, at: int, where: Where, name: Steps, title: str
) -> Iterator[Stand]:
    """Yield where each department says it for itself, or could."""
    path = (*(where.own or where.in_document), *name)
    for department, own in files.departments.items():
        there = _stands_in(own, path)
        words = tuple(own.canonical.spots.words(path)) if there else _words(own, path, ())
        if there or name or where.ask:
            yield Stand(own.file, words, at, title, department, absent=not there)


def _growing(files: OrganisationFiles, at: int, where: Where) -> Iterator[Stand]:
    main = next(iter(_files(files, where.file)), None)
    if main is not None:
        there = _stands_in(main, where.path)
        words = tuple(main.canonical.spots.words(where.path)) if there else _words(main, where.path, ())
        yield Stand(main.file, words, at, absent=not there, grows=True)


def _letters(
    files: OrganisationFiles, wholes: Mapping[str, Mapping[str, Any]], at: int, where: Where
) -> Iterator[Stand]:
    for name, title in _things(wholes, where).items():
        if name in files.letters and _stands_in(files.letters[name], where.path):
            letter = files.letters[name]
            yield Stand(letter.file, tuple(letter.canonical.spots.words(where.path)), at, title)
    # Each is a file of its own: another has no place yet.
    yield Stand(files.main["organisation"].file, (), at, absent=True, grows=True)


def _files(files: OrganisationFiles, kind: str) -> list[LoadedFile]:
    match kind:
        case "terms":
            return list(files.terms.values())
        case "rules":
            return list(files.rules.values())
        case "form":
            own = files.used_forms.get(DOSSIER_FORM, "")
            return [files.forms.files[own]] if own in files.forms.files else []
    return [files.main[kind]]


def _stands_in(file: LoadedFile, path: Steps) -> bool:
    return len(list(file.canonical.spots.words(path))) == len(path)


def _words(file: LoadedFile, path: Steps, name: Steps) -> Steps:
    """Return a path in the words of a file; a name that somebody chose stays what it is."""
    standard = ("properties", DOSSIER_FORM)
    form = file.kind == "form"
    return (
        *(
            one if one == DOSSIER_FORM or (form and one in standard) else file.vocabulary.word(str(one))
            for one in path
        ),
        *name,
    )
