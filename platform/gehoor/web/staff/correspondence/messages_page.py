"""The room of a dossier with all that was written and said: messages, letters, notes and contact moments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from flask import render_template

from gehoor.services.correspondence.letters import letters_of
from gehoor.services.correspondence.new_codes import goes_on_under_its_code, ways_to_give
from gehoor.web.request.site import now
from gehoor.web.security.policies import opened_dossier
from gehoor.web.staff.dossier.dossier_head import head_of
from gehoor.web.staff.dossier.dossier_view import full_names
from gehoor.web.staff.dossier.timeline import just_happened


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
    return render_template(
        "staff/messages.html",
        opened=opened,
        agreement=opened.agreement,
        head_facts=head_of(opened),
        dossier=dossier,
        code_ways=ways_to_give(opened.agreement, dossier),
        code_elsewhere=goes_on_under_its_code(dossier),
        letters=letters_of(opened.agreement, dossier, opened.decision, opened.rights),
        refused=refused,
        names=full_names(),
        saved="" if refused.part else just_happened(opened, full_names()),
        contacts=sorted(dossier.contacts, key=lambda one: (one.on, one.sequence), reverse=True),
        notes=sorted(dossier.notes, key=lambda one: (one.pinned, one.sequence), reverse=True),
        today=now().astimezone(ZoneInfo(opened.agreement.time_zone)).date().isoformat(),
    )
