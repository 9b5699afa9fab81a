"""The form of a dossier: as it is stored, or with what someone typed before and did not save."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final

from flask import request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from gehoor.core.dossier.dossier import fold
from gehoor.core.objections.objections import Objection
from gehoor.services.dossiers.autosave import Change, Unsaved, changes_since
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.web.display.filters import clock_time, shown
from gehoor.web.forms.answer_form import AnswerForm
from gehoor.web.forms.types.attachments import AttachmentsField
from gehoor.web.staff.dossier.dossier_view import appearing_fields, editable_fields, full_names

SHOWN: Final = "getoond"
"""The hidden fields that say which fields a page showed."""


def stored_form(opened: OpenedDossier) -> AnswerForm:
    """Return the form of a dossier with what is stored."""
    return AnswerForm(opened.agreement, editable_fields(opened), stored=opened.dossier.values)


def appearing_form(opened: OpenedDossier) -> AnswerForm:
    """Return the fields that an answer on the page can bring while one fills it in, with what is stored of them."""
    return AnswerForm(opened.agreement, appearing_fields(opened), stored=opened.dossier.values)


def with_shown(opened: OpenedDossier, shown: Collection[str]) -> OpenedDossier:
    """Return a dossier as a page shows it that goes back to its writer: also with the fields that what they typed
    would show. What else follows from it does not hold yet."""
    fields = {
        name: replace(state, visible=state.visible or name in shown)
        for name, state in opened.decision.fields.items()
    }
    return replace(opened, decision=replace(opened.decision, fields=fields))


def typed_otherwise(opened: OpenedDossier, unsaved: Unsaved) -> set[str]:
    """Return the fields in which someone typed something else than stood there: also those that only what they typed
    shows, or that others hid or fixed in between. Nobody loses what they typed."""
    typed: MultiDict[str, str] = MultiDict(unsaved.typed)
    known = set(typed.getlist(SHOWN))
    fields = opened.agreement.dossier_form.fields.values()
    page = AnswerForm(opened.agreement, [one for one in fields if one.id in known], sent=typed)
    seen = fold(opened.events_until(unsaved.version)).values
    # Files are never typed.
    answers = {name: page[name].data for name in page.names if not isinstance(page[name], AttachmentsField)}
    return {name for name, answer in answers.items() if answer not in (None, "", [], seen.get(name))}


def with_unsaved(opened: OpenedDossier, unsaved: Unsaved) -> AnswerForm:
    """Return the form of a dossier with what someone typed before, what others changed in between, and at a field
    that both changed what stands there now."""
    typed: MultiDict[str, str] = MultiDict(unsaved.typed)
    fields = editable_fields(opened, typed_otherwise(opened, unsaved))
    known = set(typed.getlist(SHOWN))
    page = AnswerForm(opened.agreement, fields, sent=typed)
    for name in page.names:
        # Files are never typed; and what the page did not show then, nobody left empty.
        if name not in known or isinstance(page[name], AttachmentsField):
            page[name].data = opened.dossier.values.get(name)
    take_over(opened, page, unsaved.version)
    seen = fold(opened.events_until(unsaved.version)).values
    names = full_names()
    for change in changes_since(opened, unsaved.version, page.names):
        if page[change.field].data not in (seen.get(change.field), change.value):
            page.refuse(Objection(change.field, "conflict"), change_text(opened, change, names))
    return page


def change_text(opened: OpenedDossier, change: Change, names: Mapping[str, str]) -> str:
    """Say what someone else did to a field: who, when, and what stands there now."""
    of = opened.agreement.dossier_form.fields[change.field]
    return str(
        _(
            "%(who)s wijzigde \u201c%(what)s\u201d om %(time)s. Er staat nu: %(value)s",
            who=names.get(change.by, change.by),
            what=of.label,
            time=clock_time(change.at, opened.agreement.time_zone),
            value=_("niets") if change.value is None else shown(change.value, of),
        )
    )


def sent_form(opened: OpenedDossier, shown: Collection[str]) -> AnswerForm:
    """Return the form of a dossier with what came from a page that showed these fields, and with what is stored of all
    others: nobody left those empty."""
    page = AnswerForm(opened.agreement, editable_fields(opened, shown), sent=request.form)
    for name in page.names:
        if name not in shown:
            page[name].data = opened.dossier.values.get(name)
    return page


def take_over(opened: OpenedDossier, page: AnswerForm, version: int) -> None:
    """Show, in a page that goes back to its writer, what others changed since and the writer left as it was."""
    seen = fold(opened.events_until(version)).values
    for name in page.names:
        if page[name].data == seen.get(name):
            page[name].data = opened.dossier.values.get(name)
