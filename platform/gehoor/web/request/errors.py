"""Pages for when something is wrong, in plain words."""

from __future__ import annotations

from typing import TypeAlias

from flask import Flask, Response, g, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import Gone, HTTPException, NotFound

from gehoor.core.dossier.events import BrokenChainError
from gehoor.services.accounts.administration import UnknownAccountError
from gehoor.services.exchange.hooks import UnknownHookError
from gehoor.services.ports.store import DamagedError, StoreUnavailableError
from gehoor.services.proposals.rights import NoAgreementsError
from gehoor.services.recording.changing import AnonymisedError
from gehoor.services.register.library import EndedDepartmentError, NothingPublishedError
from gehoor.services.register.register import UnknownDossierError
from gehoor.web.request.addresses import here, local
from gehoor.web.request.problems import http_problem, is_api, problem
from gehoor.web.request.request_log import log_failure
from gehoor.web.request.session import current_account
from gehoor.web.request.typed_back import sent_back, typed_back

Answer: TypeAlias = Response | tuple[str, int, dict[str, str]]

_NOT_THERE = 404
_OURS = 500
"""From this status on, it is not what somebody sent that is wrong."""


def install(app: Flask) -> None:
    """Answer every error with a page of our own."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(StoreUnavailableError, _unavailable)
    app.register_error_handler(BrokenChainError, _broken)
    app.register_error_handler(DamagedError, _damaged)
    app.register_error_handler(UnknownDossierError, lambda _error: _http_error(NotFound()))
    app.register_error_handler(UnknownAccountError, lambda _error: _http_error(NotFound()))
    app.register_error_handler(NothingPublishedError, lambda _error: _http_error(NotFound()))
    app.register_error_handler(UnknownHookError, lambda _error: _http_error(NotFound()))
    app.register_error_handler(NoAgreementsError, lambda _error: _http_error(NotFound()))
    app.register_error_handler(AnonymisedError, _anonymised)
    app.register_error_handler(EndedDepartmentError, lambda _error: _http_error(Gone()))


def said_wrong(
    title: str, text: str, code: int, *, is_ours: bool = False, headers: dict[str, str] | None = None
) -> Answer:
    """Answer that something is wrong: with a page, or to a program in its own way."""
    if is_api():
        return problem(code, title, text, headers=headers)
    said = {"title": title, "text": text, "is_ours": is_ours, "layout": _layout(code), "typed": typed_back()}
    return render_template("error.html", **said), code, headers or {}


def _layout(code: int) -> str:
    """Return the frame of a page for when something is wrong: who is signed in and comes where nothing is, keeps the
    menu. Of all else nobody knows whether the register answers."""
    inside = request.path.startswith(url_for("staff.work"))
    return "staff/base.html" if code == _NOT_THERE and inside and current_account() else "base.html"


def _http_error(error: HTTPException) -> Answer:
    code = error.code or 500
    titles = {
        403: _("Dit mag u niet zien"),
        404: _("Deze pagina bestaat niet"),
        405: _("Dit kan hier niet"),
        410: _("Deze afdeling neemt geen berichten meer aan"),
        413: _("Dit is te groot om te versturen"),
        429: _("Even wachten"),
    }
    texts = {
        403: _("Vraag aan uw kwaliteitscoördinator of u toegang moet hebben."),
        404: _("Kijk het adres na, of begin opnieuw vanaf de eerste pagina."),
        405: _("Ga terug naar de vorige pagina."),
        410: _("Kies op de eerste pagina een andere afdeling. Wie een volgcode heeft, kan daarmee verder."),
        413: _(
            "Maak de tekst korter of kies minder of kleinere bestanden, en probeer het opnieuw. "
            "Wat u typte, staat nog in uw browser: ga terug."
        ),
        429: _("Dit is van hier te vaak geprobeerd. Wacht een kwartier en probeer het opnieuw, of bel ons."),
    }
    sentence = getattr(error, "sentence", "")
    after = getattr(error, "retry_after", None)
    headers = {"Retry-After": str(after)} if after else {}
    if is_api():
        asks = getattr(error, "www_authenticate", None) or ()
        headers |= {"WWW-Authenticate": ", ".join(str(one) for one in asks)} if asks else {}
        allowed = getattr(error, "valid_methods", None)
        headers |= {"Allow": ", ".join(sorted(allowed))} if allowed else {}
        return http_problem(code, headers, sentence)
    if sentence:
        titles[code], texts[code] = _("Dit mag u hier niet doen"), sentence
    title = titles.get(code, _("Er ging iets mis"))
    text = texts.get(code, _("Het ligt niet aan u. Probeer het straks opnieuw, of bel ons."))
    return said_wrong(title, text, code, is_ours=code >= _OURS, headers=headers)


def _stale_form(_error: CSRFError) -> Answer:
    title = _("Dit formulier is verlopen")
    who, fields = current_account(), sent_back()
    if who is None or not fields or is_api():
        text = _(
            "Ga terug naar de vorige pagina: wat u typte, staat er nog. "
            "Neem het over voor u de pagina herlaadt, en verstuur het dan opnieuw."
        )
        return said_wrong(title, text, 400)
    # Signed in anew beside it, in another window: whoever is signed in now sends it, and says so.
    page = render_template(
        "staff/send_again.html",
        title=title,
        who=who,
        address=local(here()),
        fields=fields,
        typed=typed_back(),
        had_files=any(file.filename for file in request.files.values()),
    )
    return page, 400, {}


def _unavailable(error: StoreUnavailableError) -> Answer:
    log_failure(f"the store is unavailable: {error}", "store")
    # The page must not ask the store who is signed in.
    g.setdefault("account", None)
    title = _("Wij kunnen dit nu niet bewaren")
    text = _(
        "Er is iets mis met de opslag. Wat eerder bewaard werd, is er nog. "
        "Ga terug, wacht even en verstuur opnieuw, of bel ons."
    )
    return said_wrong(title, text, 503, is_ours=True, headers={"Retry-After": "30"})


def _broken(error: BrokenChainError) -> Answer:
    log_failure(f"the register holds something else than was written: {error}", "broken")
    title = _("Dit dossier klopt niet meer")
    text = _(
        "Wat er staat, is niet meer wat er bewaard werd. Daarom tonen wij het niet, en kan er niets bij. "
        "Meld dit aan wie Gehoor beheert, of bel ons: een kopie van vroeger kan teruggehaald worden."
    )
    return said_wrong(title, text, 500, is_ours=True)


def _anonymised(_error: AnonymisedError) -> Answer:
    title = _("Dit dossier is geanonimiseerd")
    text = _("Wat over mensen gaat, is eruit, en er kan niets meer in gewijzigd worden.")
    return said_wrong(title, text, 409)


def _damaged(_error: DamagedError) -> Answer:
    log_failure("what a page needs is damaged", "damaged")
    # Nothing else is: but who is signed in may be what is damaged.
    g.setdefault("account", None)
    title = _("Wat hier hoort te staan, is beschadigd")
    text = _(
        "Opnieuw proberen helpt niet. Al het andere werkt gewoon. "
        "Verwittig wie de server beheert, of bel ons: in het logboek staat wat het is."
    )
    return said_wrong(title, text, 500, is_ours=True)
