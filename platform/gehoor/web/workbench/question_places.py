"""What a page of a question is about: the places where it is answered, and the form of the one that was
chosen, or of what comes there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from flask import abort, request
from werkzeug.datastructures import MultiDict

from gehoor.core.proposals.conversation import Asked, Conversation, Stand, Where
from gehoor.core.proposals.sheets import Control, Kind, Shape, Sheet
from gehoor.services.ports.drafting import NoSuchPlaceError
from gehoor.web.workbench.given import given_in
from gehoor.web.workbench.places import Steps, path_asked
from gehoor.web.workbench.shown import current, drafter, is_shared, may_change_file

_TYPED: Final = frozenset(
    {Kind.TEXT, Kind.LONG, Kind.NUMBER, Kind.YES_NO, Kind.CHOICE, Kind.CHOICES, Kind.LINES}
)
"""What is filled in at once; anything else has a place of its own, once the thing is there."""


_OF_LINES: Final = frozenset({"text"})
"""The keywords under which passages stand."""
_MOST_PASSAGES: Final = 8
_OF_ANY_KIND: Final = frozenset({"name", "title", "description"})
"""The keywords that things of every kind have."""


@dataclass(frozen=True)
class Face:
    """What is filled in at a place: its sheet, with the controls that the question is about first."""

    stand: Stand
    sheet: Sheet
    first: list[Control]
    more: list[Control]
    mine: bool
    shared: bool


def asked_of(talk: Conversation, question: str) -> Asked:
    """Return a question (its name) with what is answered."""
    return next(one for one in talk.asked if one.question.name == question)


def where_of(talk: Conversation, question: str, stand: Stand) -> Where:
    """Return where an answer stands that a place is about."""
    return asked_of(talk, question).question.at[stand.where]


def chosen_stand(talk: Conversation, question: str) -> Stand | None:
    """Return the place that the address names, if the question is about it; without one the only place of all."""
    stands = asked_of(talk, question).stands
    file, path = request.args.get("bestand"), path_asked()
    if file is None:
        usual = [one for one in stands if not one.department and not one.grows]
        growing = [one for one in stands if one.grows]
        # Of several things one chooses first; where there is none yet, one is added.
        return usual[0] if len(usual) == 1 else growing[0] if growing and not usual else None
    inside = [one for one in stands if one.file == file and path[: len(one.path)] == one.path]
    if not inside:
        return None
    best = max(inside, key=lambda one: len(one.path))
    return best if best.path == path else replace(best, path=path, grows=False, title="")


def face_of(talk: Conversation, question: str, stand: Stand) -> Face:
    """Return what is filled in at a place."""
    seen = current()
    try:
        sheet = drafter().sheet(seen.sources, seen.proposal.organisation, stand.file, stand.path, grows=True)
    except NoSuchPlaceError:
        abort(404)
    where = where_of(talk, question, stand)
    named = any(one.path == stand.path for one in asked_of(talk, question).stands)
    wanted = where.ask if named else ()
    # How things of other kinds are called is no example here; the question has its own.
    every = [
        replace(one, example="") if one.keyword in _OF_ANY_KIND else one
        for one in (*sheet.controls, *sheet.more)
    ]
    first = sorted((one for one in every if one.keyword in wanted), key=lambda one: wanted.index(one.keyword))
    if not first:
        first = [one for one in every if one.word in {shown.word for shown in sheet.controls}]
    # What else stands in a group, other questions ask.
    rest = [one for one in every if one not in first] if where.each or not wanted else []
    return Face(stand, sheet, first, rest, may_change_file(seen, stand.file), is_shared(seen, stand.file))


@dataclass(frozen=True)
class Passage:
    """A text of some lines that stands in what is asked: where, and what it says."""

    path: Steps
    text: str


def passages_of(face: Face | None) -> dict[str, list[Passage]]:
    """Return the texts that stand in the groups that a question asks, by the word of the group: whoever has no more to
    say of one than its text, types it at once."""
    found: dict[str, list[Passage]] = {}
    if face is None or not face.mine or face.stand.absent or face.stand.grows:
        return found
    seen = current()

    def sheet_at(path: Steps) -> Sheet:
        return drafter().sheet(seen.sources, seen.proposal.organisation, face.stand.file, path)

    for one in face.first:
        if one.kind is not Kind.PART or one.grows or one.keyword not in _OF_LINES:
            continue
        path = (*face.sheet.path, one.word)
        listed = sheet_at(path)
        if listed.shape is not Shape.LIST or not 0 < len(listed.items) <= _MOST_PASSAGES:
            continue
        texts = [text for item in listed.items if (text := sheet_at((*path, item.step))).is_text]
        if texts:
            found[one.word] = [Passage(text.path, text.text) for text in texts]
    return found


def holds(stand: Stand, chosen: Stand) -> bool:
    """Say whether something chosen is a part of what stands at a place."""
    return (
        stand.file == chosen.file
        and len(stand.path) < len(chosen.path)
        and chosen.path[: len(stand.path)] == stand.path
    )


def growing_stand(asked: Asked) -> Stand | None:
    """Return where another answer is added; None: there is no need for more."""
    answered = any(one.found for one in asked.answers.values())
    return next(
        (one for one in asked.stands if one.grows and not (answered and asked.question.at[one.where].one)),
        None,
    )


def next_open(talk: Conversation, question: str) -> str:
    """Return the next question that is open, after this one first; empty: there is none."""
    names = [one.question.name for one in talk.asked]
    at = names.index(question)
    return next(
        (
            one.question.name
            for one in (*talk.asked[at + 1 :], *talk.asked[:at])
            if not one.answers or any(not part.found and not part.waived for part in one.answers.values())
        ),
        "",
    )


def asked_at_once(where: Where, stand: Stand, sheet: Sheet) -> tuple[Control, ...]:
    """Return what is asked beside the name of a thing that comes: what nobody but who adds it can say. It is empty:
    what stands there would pass for an answer."""
    if where.part:
        return ()
    asked = {one.keyword: True for one in sheet.fresh if one.required}
    if where.adding is not None and (stand.grows or not where.each):
        asked = {one.removesuffix("?"): not one.endswith("?") for one in where.adding}
    begun = where.begin if stand.grows else {}
    of = {one.keyword: one for one in sheet.fresh if one.kind in _TYPED}
    return tuple(
        replace(of[one], required=needed) for one, needed in asked.items() if one in of and one not in begun
    )


def typed_at_once(
    asked: Sequence[Control], sheet: Sheet, form: MultiDict[str, str]
) -> tuple[dict[str, list[str]], str]:
    """Return what was typed of a thing that comes, and the first keyword at which something has to be said (empty:
    nothing is missing)."""
    given = given_in(replace(sheet, controls=tuple(asked), more=()), form)
    wanting = (one.word for one in asked if one.required and not any(map(str.strip, given.get(one.word, ()))))
    return given, next(wanting, "")
