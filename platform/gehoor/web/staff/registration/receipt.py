"""What staff see once something is registered: the number at once, what to tell, and what is already late."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template, url_for

from gehoor.core.agreement.model import Agreement
from gehoor.core.deadlines.status import TermStatus
from gehoor.services.dossiers.incoming import Receipt
from gehoor.services.dossiers.viewing import look
from gehoor.services.intake.status_page import follow
from gehoor.services.search.duplicate_detection import earlier
from gehoor.web.display.spelling import spelled
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site


def show_registered(agreement: Agreement, receipt: Receipt, answers: Mapping[str, Any], **more: Any) -> str:
    """Show what was registered. ``answers``: as given, to look for earlier dossiers of the same person."""
    runtime = site().runtime
    opened = look(runtime, receipt.dossier, now())
    terms = opened.decision.terms.values()
    return render_template(
        "staff/registered.html",
        agreement=agreement,
        receipt=receipt,
        seen=follow(runtime, receipt.dossier, now()),
        handled=bool(opened.dossier.handler) or opened.decision.closed,
        late=[state for state in terms if state.status is TermStatus.LATE],
        spelled=spelled(receipt.code) if receipt.code else (),
        follow=f"{runtime.home}{url_for('following.enter')}",
        earlier=earlier(runtime, agreement, me(), answers, now()).without(receipt.dossier),
        **more,
    )
