"""A dossier as a program reads it: what the page shows to an account in the same roles, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for

from gehoor.core.agreement.actions import Action
from gehoor.core.deadlines.status import as_seen
from gehoor.core.decision.model import TermState
from gehoor.core.dossier.events import instant_text
from gehoor.core.forms.fields import StoredValue
from gehoor.services.correspondence.letters import letters_of
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.services.recording.attachments import files_in
from gehoor.services.search.lines import Line
from gehoor.web.request.languages import said


def listed(line: Line) -> dict[str, Any]:
    """Return a line of a work list."""
    one, term = line.summary, line.term
    return {
        "id": one.id,
        "number": one.number,
        "organisation": one.organisation,
        "department": one.department,
        "subject": one.subject,
        "kind": one.kind,
        "phase": one.phase,
        "received": one.received,
        "closed": one.closed,
        "danger": one.danger,
        "severity": one.severity,
        "judgement": one.judgement,
        "flags": list(one.flags),
        "handlers": [name for name in (one.handler, *one.beside) if name],
        "responsible": one.responsible,
        "unanswered": one.unanswered,
        "changed": one.changed_at,
        "next_term": {
            "term": term["term"],
            "name": term["name"],
            "due": term["due"],
            "status": line.status.value,
            "days": line.days,
        }
        if term
        else None,
        "href": url_for("api.read_dossier", dossier_id=one.id),
    }


def answers_shown(opened: OpenedDossier) -> dict[str, StoredValue]:
    """Return the answers that the page shows: of fields that there are in this dossier now, and that are for the
    account."""
    fields = opened.decision.fields
    return {
        name: value
        for name, value in opened.decision.values.items()
        if name not in opened.rights.unseen and name in fields and fields[name].visible
    }


def shown(opened: OpenedDossier) -> dict[str, Any]:
    """Return a dossier."""
    dossier, decision, rights = opened.dossier, opened.decision, opened.rights
    names = [one for one in (opened.handler, *(one.name for one in opened.beside)) if one]
    phase = decision.current_phase
    told: dict[str, Any] = {
        "id": dossier.id,
        "number": dossier.number,
        "organisation": dossier.organisation,
        "department": dossier.department,
        "agreement": opened.agreement.hash,
        "version": opened.mark,
        "closed": decision.closed,
        "phase": phase.phase.name if phase else None,
        "flags": [flag.because for flag in decision.flags],
        "handlers": [
            {"account": account, "name": name} for account, name in zip(dossier.handlers, names, strict=False)
        ],
        "answers": answers_shown(opened),
        "may": sorted(action.value for action in Action if rights.may(action)),
        "terms": terms_shown(opened),
        "attachments": files_shown(opened),
        "letters": _letters(opened),
    }
    if rights.may(Action.NOTES):
        told |= {"notes": _notes(opened), "contacts": _contacts(opened)}
    return told


def terms_shown(opened: OpenedDossier) -> list[dict[str, Any]]:
    """Return the terms of a dossier, in the order of the agreement."""
    return [_term(opened, state) for state in opened.decision.terms.values()]


def _term(opened: OpenedDossier, state: TermState) -> dict[str, Any]:
    due = state.due
    words, today = said().derivation, _today(opened)
    tells = opened.tells_when(state)
    why = words.sentences(due.steps, words.begun_at(opened.agreement, state)) if due and tells else ()
    return {
        "term": state.term.id,
        "name": state.name,
        "status": as_seen(state.status, due.due if due else None, today).value,
        "due": due.due.isoformat() if due and due.due else None,
        "done": instant_text(state.completed_at) if state.completed_at and tells else None,
        "responsible": state.responsible,
        "row": state.row,
        "why": list(why),
    }


def _today(opened: OpenedDossier) -> date:
    return opened.decision.at.astimezone(ZoneInfo(opened.agreement.time_zone)).date()


def files_shown(opened: OpenedDossier) -> list[dict[str, Any]]:
    """Return the files among the answers that are shown, where the account may read files."""
    if not opened.rights.may(Action.READ_ATTACHMENTS):
        return []
    answers, fields = answers_shown(opened), opened.agreement.dossier_form.fields
    return [
        {
            **file,
            "field": name,
            "href": url_for("api.read_attachment", dossier_id=opened.dossier.id, file_id=file_id),
        }
        for name, value in answers.items()
        for file_id, file in files_in(fields, {name: value}).items()
    ]


def _letters(opened: OpenedDossier) -> list[dict[str, Any]]:
    return [
        {
            "letter": one.template.id,
            "name": one.template.name,
            "draft": one.draft is not None,
            "reached": one.reached,
            "sent": [{"at": instant_text(sent.at), "way": sent.way, "by": sent.by} for sent in one.sent],
        }
        for one in letters_of(opened.agreement, opened.dossier, opened.decision, opened.rights)
    ]


def _notes(opened: OpenedDossier) -> list[dict[str, Any]]:
    return [
        {
            "id": one.sequence,
            "at": instant_text(one.at),
            "by": one.by,
            "text": one.text,
            "pinned": one.pinned,
        }
        for one in opened.dossier.notes
        if one.struck is None
    ]


def _contacts(opened: OpenedDossier) -> list[dict[str, Any]]:
    return [
        {
            "at": instant_text(one.at),
            "by": one.by,
            "on": one.on.isoformat(),
            "whom": one.whom,
            "way": one.way,
            "ours": one.ours,
            "reached": one.reached,
            "text": one.text,
        }
        for one in opened.dossier.contacts
    ]
