"""Afspraken maken: the conversation, question by question, about what people agree on together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, TypeAlias

from flask import Blueprint, abort, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.proposals.conversation import Conversation, Question, Stand
from gehoor.core.proposals.sheets import Control, Kind, Shape
from gehoor.services.ports.drafting import (
    Act,
    EditedFiles,
    Judged,
    NoSuchPlaceError,
    SheetEdit,
    SheetRefusedError,
    Told,
)
from gehoor.services.proposals.changing import Edit, change_files
from gehoor.services.proposals.completing import place_of
from gehoor.services.proposals.conversation import Standing, State, of_others, standings
from gehoor.services.proposals.looking import sources_seen, vacant_roles
from gehoor.services.register.register import reading
from gehoor.web.request.languages import said
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.workbench.given import PREFIX, given_in, rows_typed
from gehoor.web.workbench.places import Steps, in_address, why_refused
from gehoor.web.workbench.question_places import (
    asked_at_once,
    asked_of,
    chosen_stand,
    face_of,
    growing_stand,
    holds,
    next_open,
    passages_of,
    typed_at_once,
    where_of,
)
from gehoor.web.workbench.shown import (
    REFUSALS,
    counted,
    current,
    department_name,
    drafter,
    judged,
    may_change_file,
    page,
    refusal,
)
from gehoor.web.workbench.verdicts import mistakes_of, told_by_control

pages = Blueprint("conversation", __name__, url_prefix="/medewerker/werkplaats/voorstel/<proposal>/gesprek")

Answer: TypeAlias = "Response | str | tuple[str, int]"
_OTHERS: Final = 3
_LONGEST: Final = 500


@pages.get("")
@allow(Policy.PROPOSAL)
def overview(proposal: str) -> str:
    """Show every question with how it stands."""
    seen, found = current(), judged(current())
    talk = _talk()
    told = _standings(talk, found)
    return page(
        "conversation.html",
        seen,
        steps=[(step.title, [one for one in told if one.step == n]) for n, step in enumerate(talk.steps, 1)],
        open=[one for one in told if one.is_open],
        total=len(told),
        kept=request.args.get("gedaan", "") == "gewijzigd",
        vacant=vacant_roles(site().runtime, seen.proposal.organisation, found) if found else [],
        every_name={one.name: department_name(one) for one in found.departments} if found else {},
        count=counted(found),
    )


@pages.get("/<question>")
@allow(Policy.PROPOSAL)
def ask(proposal: str, question: str) -> str:
    """Show a question, what is agreed now, and where it is answered."""
    return _page(question, {}, "")


@pages.post("/<question>")
@allow(Policy.PROPOSAL)
def answer(proposal: str, question: str) -> Answer:
    """Keep an answer."""
    talk = _talk(question)
    stand = chosen_stand(talk, question)
    if stand is None:
        abort(404)
    face = face_of(talk, question, stand)
    given = given_in(face.sheet, request.form)
    wanted = SheetEdit(Act.FILL, stand.file, stand.path, given, grows=True)
    return _act(question, wanted, given)


@pages.post("/<question>/erbij")
@allow(Policy.PROPOSAL)
def add(proposal: str, question: str) -> Answer:
    """Add a thing that answers a question."""
    name = " ".join(request.form.get("naam", "").split())[:120]
    talk = _talk(question)
    stand = chosen_stand(talk, question)
    if stand is None:
        abort(404)
    where, sheet = where_of(talk, question, stand), face_of(talk, question, stand).sheet
    given, wanting = typed_at_once(asked_at_once(where, stand, sheet), sheet, request.form)
    if not name:
        return _page(question, given, _("Geef een naam.")), 422
    if wanting:
        return _page(question, given, _("Vul dit in."), wanting), 422
    begin, usual, part = (where.begin, where.said, where.part) if stand.grows else ({}, {}, "")
    # What its usual shape names more than once, is what was chosen.
    chosen = {
        one.word: given[one.word][0] for one in sheet.fresh if one.kind is Kind.CHOICE and given.get(one.word)
    }
    said = {**usual, **{word: text for word, text in chosen.items() if text}}
    wanted = SheetEdit(
        Act.ADD, stand.file, stand.path, name=name, begin=begin, part=part, said=said, grows=True
    )
    return _act(question, wanted, given)


@pages.post("/<question>/weg")
@allow(Policy.PROPOSAL)
def remove(proposal: str, question: str) -> Answer:
    """Take a thing of a list away."""
    stand = chosen_stand(_talk(question), question)
    if stand is None or stand.absent or not stand.path:
        abort(404)
    return _act(question, SheetEdit(Act.REMOVE, stand.file, stand.path))


@pages.post("/<question>/niet-nodig")
@allow(Policy.PROPOSAL)
def waive(proposal: str, question: str) -> Answer:
    """Give a question up, with the reason; or take that back."""
    talk, reason = _talk(question), " ".join(request.form.get("reden", "").split())[:_LONGEST]
    if asked_of(talk, question).question.needed:
        abort(404)
    if "toch" in request.form:
        return _act(question, _unwaived(talk, question))
    if not reason:
        return _page(question, {}, _("Zeg waarom het hier niet nodig is.")), 422
    file, word = talk.waiving
    return _act(question, SheetEdit(Act.SAY, file, (word,), {"": [reason]}, name=question))


def _act(
    question: str,
    wanted: SheetEdit,
    given: Mapping[str, Any] | None = None,
) -> Answer:
    seen = current()
    tree = request.form.get("gezien", seen.proposal.tree)
    asked = asked_of(_talk(question), question).question
    try:
        # What stood on the page may have changed since: then both changes are brought together, or told.
        sources = sources_seen(site().runtime, seen, tree)
        edited = _edited(sources, wanted, given)
        files = dict(edited.files)
        if wanted.act in (Act.ADD, Act.FILL):
            files |= _no_longer_waived({**sources, **files}, question)
        wrong = mistakes_of(sources, {**sources, **files}, place_of(wanted, edited), edited.path)
        if wrong and (wanted.act is not Act.ADD or wrong.word in (given or {})):
            return _page(question, given or {}, wrong.sentence, wrong.word, wrong.told), 422
        change_files(site().runtime, _edit(tree, files, asked, wanted.act), me().name, now())
    except NoSuchPlaceError:
        abort(404)
    except SheetRefusedError as error:
        return _page(question, given or {}, why_refused(error), error.word), 422
    except REFUSALS as error:
        return _page(question, given or {}, refusal(error)), 409
    if "verder" in request.form:
        return redirect(_next(question, {**sources, **files}), 303)
    where: dict[str, Any] = {}
    if wanted.act is Act.FILL:
        where = _place_asked()
    elif wanted.act is not Act.SAY and request.endpoint != "conversation.waive":
        # What is added may be a file of its own.
        where = {"bestand": place_of(wanted, edited), "p": in_address(edited.path)}
    return redirect(_address(question, gedaan="gewijzigd", **where), 303)


def _edited(sources: Mapping[str, bytes], wanted: SheetEdit, given: Mapping[str, Any] | None) -> EditedFiles:
    """Return what an edit makes of files; what is added says at once what was typed of it."""
    organisation = current().proposal.organisation
    edited = drafter().edit(sources, organisation, wanted)
    if wanted.act is not Act.ADD or not given:
        return edited
    filled = SheetEdit(Act.FILL, place_of(wanted, edited), edited.path, given)
    more = drafter().edit({**sources, **edited.files}, organisation, filled)
    return EditedFiles({**edited.files, **more.files}, edited.path)


def _edit(tree: str, files: Mapping[str, bytes], asked: Question, act: Act) -> Edit:
    """Return what is kept of an answer. What is begun as is usual, is to be read by somebody who then saves it."""
    usual = act is Act.ADD and any(one.to_read for one in asked.at)
    begun, read = asked.name if usual else "", asked.name if act is Act.FILL else ""
    return Edit(current().proposal.id, tree, files, asked.ask, begun, read)


def _place_asked() -> dict[str, Any]:
    named = request.args.get("bestand")
    return {"bestand": named, "p": request.args.getlist("p")} if named else {}


def _no_longer_waived(sources: Mapping[str, bytes], question: str) -> Mapping[str, bytes]:
    """Return what giving up changes: what is answered, is not given up any more."""
    organisation = current().proposal.organisation
    talk = drafter().conversation(sources, organisation)
    answered = all(one.found for one in asked_of(talk, question).answers.values())
    if question not in talk.waived or not answered:
        return {}
    return drafter().edit(sources, organisation, _unwaived(talk, question)).files


def _unwaived(talk: Conversation, question: str) -> SheetEdit:
    file, word = talk.waiving
    if question not in talk.waived:
        abort(404)
    # A list of nothing is not written.
    return SheetEdit(Act.REMOVE, file, (word, question) if len(talk.waived) > 1 else (word,))


def _talk(question: str = "") -> Conversation:
    seen = current()
    talk = drafter().conversation(seen.sources, seen.proposal.organisation, question)
    if question and all(one.question.name != question for one in talk.asked):
        abort(404)
    return talk


def _page(
    question: str,
    given: Mapping[str, Any],
    fault: str,
    word: str = "",
    wrong: Mapping[str, Sequence[Told]] | None = None,
) -> str:
    seen, found, runtime = current(), judged(current()), site().runtime
    talk = _talk(question)
    asked = asked_of(talk, question)
    (standing,) = _standings(talk, found, question)
    with reading(runtime.store) as register:
        whole, of = said().agreements.whole, (seen.proposal.organisation, now())
        others = of_others(runtime, register, asked.question, whole, of)[:_OTHERS]
    chosen = chosen_stand(talk, question)
    given_up = standing.state is State.WAIVED and question in talk.waived
    face = (
        face_of(talk, question, chosen)
        if chosen and not (given_up and "bestand" not in request.args)
        else None
    )
    names = [one.question.name for one in talk.asked]
    at = names.index(question)
    growing, adds = growing_stand(asked), request.endpoint == "conversation.add"
    return page(
        "question.html",
        seen,
        standing=standing,
        asked=asked.question,
        step=talk.steps[standing.step - 1],
        total=len(names),
        previous=names[at - 1] if at else "",
        following=names[at + 1] if at + 1 < len(names) else "",
        left=next_open(talk, question),
        others=others,
        names=_names(),
        face=face,
        passages=passages_of(face) if not fault else {},
        sheet=face.sheet if face else None,
        lists=face is not None and (face.stand.grows or face.sheet.shape in (Shape.NAMED, Shape.LIST)),
        suggested=asked.question.at[chosen.where].name if chosen and (chosen.grows or chosen.absent) else "",
        stands=[one for one in asked.stands if not one.absent and not one.grows],
        apart=[one for one in asked.stands if one.department and one.absent],
        growing=growing,
        adding=_asked_at_once(talk, question, face.stand) if face else (),
        growing_adding=_asked_at_once(talk, question, growing) if growing else (),
        named=request.form.get("naam", "") if adds else "",
        adds=adds,
        given=given,
        fault=fault,
        fault_word=word,
        prefix=PREFIX,
        rows_typed=rows_typed,
        told=(wrong if wrong is not None else told_by_control(found, face.sheet)) if face else {},
        mine=face is not None and face.mine,
        waivable=not asked.question.needed and may_change_file(seen, talk.waiving[0]),
        waived_here=given_up,
        address=lambda path: _to(question, chosen.file if chosen else "", path),
        back=next((one for one in asked.stands if chosen and holds(one, chosen)), None),
        to=lambda one: _to(question, one.file, one.path),
        passing=lambda path: _acting("answer", question, chosen and replace(chosen, path=path)),
        act=lambda what, stand=None: _acting(what, question, stand or chosen),
        count=counted(found),
        kept=request.args.get("gedaan", "") == "gewijzigd" and not fault,
    )


def _standings(talk: Conversation, found: Judged | None, only: str = "") -> list[Standing]:
    """Return how each question stands, or one (its name), and whether somebody saved what was begun as is usual."""
    runtime, proposal, whole = site().runtime, current().proposal, said().agreements.whole
    with reading(runtime.store) as register:
        told = standings(runtime, register, talk, found, whole, (proposal.organisation, now()), only)
    return [replace(one, unread=one.question.name in proposal.unread) for one in told]


def _asked_at_once(talk: Conversation, question: str, stand: Stand) -> tuple[Control, ...]:
    where = where_of(talk, question, stand)
    return () if where.part else asked_at_once(where, stand, face_of(talk, question, stand).sheet)


def _next(question: str, sources: Mapping[str, bytes]) -> str:
    """Return where one goes on once a question is answered: to the next that is open; without one, to all of them,
    where it is said that each has an answer."""
    proposal = current().proposal
    if left := next_open(drafter().conversation(sources, proposal.organisation), question):
        return _address(left, gedaan="gewijzigd")
    return url_for(".overview", proposal=proposal.id, gedaan="gewijzigd")


def _names() -> Mapping[str, str]:
    found = judged(current())
    return {one.name: department_name(one) for one in found.departments} if found else {}


def _acting(what: str, question: str, stand: Stand | None) -> str:
    place: dict[str, Any] = {"bestand": stand.file, "p": in_address(stand.path)} if stand else {}
    return url_for(f".{what}", proposal=current().proposal.id, question=question, **place)


def _to(question: str, file: str, path: Steps) -> str:
    return _address(question, bestand=file, p=in_address(path), _anchor="antwoord")


def _address(question: str, **more: Any) -> str:
    return url_for(".ask", proposal=current().proposal.id, question=question, **more)
