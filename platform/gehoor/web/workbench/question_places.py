"""What a page of a question is about: the places where it is answered, and the form of the one that was chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import abort, request

from gehoor.core.proposals.conversation import Asked, Conversation, Stand, Where
from gehoor.core.proposals.sheets import Control, Sheet
from gehoor.services.ports.drafting import NoSuchPlaceError
from gehoor.web.workbench.places import path_asked
from gehoor.web.workbench.shown import current, drafter, is_shared, may_change_file


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
    every = [*sheet.controls, *sheet.more]
    first = sorted((one for one in every if one.keyword in wanted), key=lambda one: wanted.index(one.keyword))
    if not first:
        first = list(sheet.controls)
    # What else stands in a group, other questions ask.
    rest = [one for one in every if one not in first] if where.each or not wanted else []
    return Face(stand, sheet, first, rest, may_change_file(seen, stand.file), is_shared(seen, stand.file))


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
