"""What is done with a dossier beside its answers: given to somebody, noted, and that somebody was spoken to."""

from __future__ import annotations

from datetime import date
from typing import Final

from flask import Response
from flask_babel import lazy_gettext

from gehoor.core.agreement.actions import Action
from gehoor.core.dossier.notes import ContactWay
from gehoor.core.objections.text_room import SHORT
from gehoor.services.correspondence.notes import (
    LONGEST_WHOM,
    ContactMade,
    ContactRefusedError,
    note_contact,
    write_note,
)
from gehoor.services.correspondence.texts import LONGEST
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.register.codes_in_texts import fitting_without_codes
from gehoor.web.api.bodies import refuse_unknown, sent_body
from gehoor.web.api.dossier_shown import terms_shown
from gehoor.web.api.faults import contact_fault, refused, refusing, refusing_text
from gehoor.web.api.once import once, sent_as
from gehoor.web.api.operations import answered, done, operation, pages
from gehoor.web.api.shapes import closed
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, opened_dossier

TAG: Final = "handling"
_TEXT: Final = {"type": "string", "maxLength": LONGEST}
_NOTE: Final = {"type": "string", "maxLength": SHORT}
_FLAG: Final = {"type": "boolean"}
_NAME: Final = {"type": "string", "maxLength": 100}
_REFUSES: Final = (400, 409, 415, 422)


def _again(_dossier: str, **_parts: str) -> Response:
    return done()


@pages.get("/dossiers/<dossier_id>/terms")
@allow(Policy.DOSSIER)
@operation(
    summary=lazy_gettext("De termijnen van een dossier, met waarom ze op hun dag vallen"),
    tag=TAG,
    gives="Terms",
)
def list_terms(dossier_id: str) -> Response:  # noqa: ARG001 - the policy opens the dossier
    """Return the terms of a dossier."""
    return answered({"terms": terms_shown(opened_dossier())})


@pages.post("/dossiers/<dossier_id>/assignment")
@allow(Policy.DOSSIER, Action.ASSIGN)
@operation(
    summary=lazy_gettext("Een dossier toewijzen, of teruggeven (null)"),
    tag=TAG,
    status=204,
    takes=closed(
        {
            "to": {"type": ["string", "null"], "maxLength": 100},
            "note": _NOTE,
            "before": _NAME,
            "beside": _FLAG,
        },
        optional=("note", "before", "beside"),
    ),
    once=True,
    refuses=_REFUSES,
)
@once(_again)
def assign_dossier(dossier_id: str) -> Response:
    """Give a dossier to somebody, or to nobody."""
    body = sent_body()
    with refusing_text("/note"):
        note = fitting_without_codes(site().runtime, body.get("note", ""), SHORT)
    wanted = Assigning(
        dossier=dossier_id,
        to=body["to"] or "",
        actor=me().name,
        note=note,
        before=body.get("before"),
        beside=body.get("beside", False),
    )
    with refusing(opened_dossier().agreement, at="/to"):
        assign(site().runtime, wanted, now())
    return done()


@pages.post("/dossiers/<dossier_id>/notes")
@allow(Policy.DOSSIER, Action.NOTES)
@operation(
    summary=lazy_gettext("Een notitie bewaren"),
    tag=TAG,
    status=204,
    takes=closed({"text": _TEXT, "pinned": _FLAG}, optional=("pinned",)),
    once=True,
    refuses=_REFUSES,
)
@once(_again)
def add_note(dossier_id: str) -> Response:
    """Keep a note."""
    body = sent_body()
    with refusing_text("/text"):
        write_note(
            site().runtime,
            dossier_id,
            body["text"],
            sent_as(),
            now(),
            me().name,
            pinned=body.get("pinned", False),
        )
    return done()


@pages.post("/dossiers/<dossier_id>/contacts")
@allow(Policy.DOSSIER, Action.NOTES)
@operation(
    summary=lazy_gettext("Een contactmoment bewaren"),
    tag=TAG,
    status=204,
    takes=closed(
        {
            "on": {"type": "string", "format": "date"},
            "whom": {"type": "string", "maxLength": LONGEST_WHOM},
            "way": {"type": "string", "enum": [way.value for way in ContactWay]},
            "ours": _FLAG,
            "reached": _FLAG,
            "text": _TEXT,
            "answers": _FLAG,
            "counts_as": {"type": "array", "items": _NAME, "maxItems": 20},
        },
        optional=("ours", "reached", "answers", "counts_as"),
    ),
    once=True,
    refuses=_REFUSES,
)
@once(_again)
def add_contact(dossier_id: str) -> Response:
    """Keep that somebody was spoken or written to."""
    body, agreement = sent_body(), opened_dossier().agreement
    refuse_unknown(body.get("counts_as", ()), agreement.contacts, "/counts_as")
    made = ContactMade(
        dossier=dossier_id,
        on=date.fromisoformat(body["on"]),
        whom=body["whom"],
        way=body["way"],
        ours=body.get("ours", True),
        reached=body.get("reached", True),
        text=body["text"],
        key=sent_as(),
        actor=me().name,
        answers=body.get("answers", False),
        counts_as=tuple(body.get("counts_as", ())),
    )
    try:
        with refusing(agreement, at="/counts_as"), refusing_text("/text"):
            note_contact(site().runtime, made, now())
    except ContactRefusedError as refusal:
        raise refused([contact_fault(refusal, LONGEST_WHOM)]) from refusal
    return done()
