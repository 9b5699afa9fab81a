"""What somebody types in a form of a dossier and did not send yet: kept for them alone while they type, and there again
when they come back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import jsonify, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from gehoor.services.dossiers import autosave
from gehoor.services.dossiers.autosave import Unsaved
from gehoor.web.display.filters import clock_time
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site


@dataclass(frozen=True)
class Kept:
    """What is kept of a form: under which name, and the fields of it. ``asked``: those that a page leaves empty, so
    that one that was emptied again is worth nothing; without, all of them."""

    form: str
    names: tuple[str, ...]
    asked: tuple[str, ...] = ()


def keep_sent(
    dossier: str, kept: Kept, zone: str, longest: int | None = None, **also: Sequence[str]
) -> Response:
    """Keep what was typed so far, and tell when. ``longest``: how many signs of each field; None: all. ``also``: what
    is kept along with it, as a browser would have sent it."""
    sent = [(name, value) for name in kept.names for value in request.form.getlist(name)]
    typed = tuple((name, value.replace("\r\n", "\n")[:longest]) for name, value in sent)
    along = tuple((name, value) for name, values in also.items() for value in values)
    if any(value.strip() for name, value in typed if name in (kept.asked or kept.names)):
        autosave.keep(site().runtime, dossier, me().name, Unsaved(0, (*typed, *along), now()), form=kept.form)
    else:
        autosave.forget(site().runtime, dossier, me().name, form=kept.form)
    return kept_now(zone)


def kept_now(zone: str) -> Response:
    """Tell the script of a page when what was typed was kept."""
    time = clock_time(now(), zone)
    return jsonify(kept=_("Bijgehouden om %(time)s. Nog niet bewaard.", time=time), others=[])


def typed_before(dossier: str, form: str) -> Unsaved | None:
    """Return what whoever is signed in typed in a form before, when there is any."""
    return autosave.unsaved_of(site().runtime, dossier, me().name, now(), form=form)


def values_of(unsaved: Unsaved) -> MultiDict[str, str]:
    """Return what was typed as a browser would send it."""
    return MultiDict(unsaved.typed)


def forget_typed(dossier: str, form: str) -> None:
    """Forget what was typed: it was sent, or thrown away."""
    autosave.forget(site().runtime, dossier, me().name, form=form)
