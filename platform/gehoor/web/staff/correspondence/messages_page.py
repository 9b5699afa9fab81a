"""The room of a dossier with all that was written and said: messages, letters, notes and contact moments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from zoneinfo import ZoneInfo

from flask import render_template
from werkzeug.datastructures import MultiDict

from gehoor.core.agreement.actions import Action
from gehoor.services.correspondence.letters import letters_of
from gehoor.services.correspondence.new_codes import code_mark, goes_on_under_its_code, ways_to_give
from gehoor.services.dossiers.autosave import Unsaved
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.web.forms.typed_before import Kept, typed_before, values_of
from gehoor.web.request.site import now
from gehoor.web.security.policies import opened_dossier
from gehoor.web.staff.dossier.dossier_head import head_of
from gehoor.web.staff.dossier.dossier_view import full_names
from gehoor.web.staff.dossier.timeline import just_happened

MESSAGE: Final = Kept("bericht", ("bericht",))
NOTE: Final = Kept("notitie", ("notitie", "vastzetten"), asked=("notitie",))
CONTACT: Final = Kept(
    "contact",
    (
        "contact-dag", "contact-wie", "contact-hoe", "contact-kant", "contact-bereikt", "contact-tekst",
        "contact-telt", "contact-antwoord",
    ),
    asked=("contact-wie", "contact-hoe", "contact-tekst"),
)  # fmt: skip


@dataclass(frozen=True)
class Refused:
    """What was typed and could not be kept: ``part`` of the room (``bericht``, ``code``, ``notitie`` or ``contact``),
    the sentence that says why, the id of the answer that it is about, and the answers by name."""

    part: str = ""
    sentence: str = ""
    at: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)


def messages_page(refused: Refused = Refused()) -> str:
    """Return the page, with what was refused as it was typed."""
    opened = opened_dossier()
    dossier = opened.dossier
    unsaved, typed = _typed(opened, refused)
    return render_template(
        "staff/messages.html",
        opened=opened,
        agreement=opened.agreement,
        head_facts=head_of(opened),
        dossier=dossier,
        code_mark=code_mark(dossier),
        code_ways=ways_to_give(opened.agreement, dossier),
        code_elsewhere=goes_on_under_its_code(dossier),
        letters=letters_of(opened.agreement, dossier, opened.decision, opened.rights),
        refused=refused,
        unsaved=unsaved,
        typed=typed,
        names=full_names(),
        saved="" if refused.part else just_happened(opened, full_names()),
        contacts=sorted(dossier.contacts, key=lambda one: (one.on, one.sequence), reverse=True),
        notes=sorted(dossier.notes, key=lambda one: (one.pinned, one.sequence), reverse=True),
        today=now().astimezone(ZoneInfo(opened.agreement.time_zone)).date().isoformat(),
    )


def _typed(
    opened: OpenedDossier, refused: Refused
) -> tuple[dict[str, Unsaved | None], dict[str, MultiDict[str, str]]]:
    """Return what whoever looks typed in each part before and did not send, and what stands in it: that, or what was
    just refused."""
    rights = {
        MESSAGE: Action.WRITE_MESSAGES,
        NOTE: Action.NOTES,
        CONTACT: Action.NOTES,
    }
    unsaved = {
        part.form: typed_before(opened.dossier.id, part.form)
        for part, action in rights.items()
        if part.form != refused.part and opened.rights.may(action)
    }
    typed = {part.form: MultiDict(refused.typed) for part in rights if part.form == refused.part}
    return unsaved, {
        part.form: typed.get(part.form)
        or (values_of(found) if (found := unsaved.get(part.form)) else MultiDict())
        for part in rights
    }
