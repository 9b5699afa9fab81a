"""The web application: put together from a runtime, with everything that makes it safe by default."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Flask

from gehoor.services.ports.outside import PasswordHasher
from gehoor.services.register.runtime import Runtime
from gehoor.web.account import absence, calendar_feed, single_sign_on
from gehoor.web.account import own_account as my_account
from gehoor.web.account import second_factor as second_step
from gehoor.web.account import sign_in as signing_in
from gehoor.web.api import routes as api
from gehoor.web.display import compiled_templates, contacts, filters, letter_text, own_words, qr
from gehoor.web.forms import cleaning_queue, rendering
from gehoor.web.forms import form_cache as empty_forms
from gehoor.web.public import agreement as agreements
from gehoor.web.public import home as public
from gehoor.web.public import house_style
from gehoor.web.public import public_form as telling
from gehoor.web.public import quick_exit as leaving
from gehoor.web.public import resume as resuming
from gehoor.web.public import status_page as following
from gehoor.web.public import wizard as stepping
from gehoor.web.request import draft as draft_pages
from gehoor.web.request import errors, form_keys, languages, request_log, typed_text
from gehoor.web.request import session as sessions
from gehoor.web.request.draft import Draft
from gehoor.web.request.one_moment import OneMoment
from gehoor.web.request.site import SignInTools, Site
from gehoor.web.security import access_logging, menu, text_room
from gehoor.web.security import origin_check as own_site
from gehoor.web.security import rate_limits as limits
from gehoor.web.security.headers import SafeHeaders
from gehoor.web.security.host_names import HostNames
from gehoor.web.security.policies import guard
from gehoor.web.staff.administration import absences as account_absence
from gehoor.web.staff.administration import account as account_page
from gehoor.web.staff.administration import changes as account_changes
from gehoor.web.staff.administration import clients, dossier_viewers, webhooks
from gehoor.web.staff.administration import leaving as account_leaving
from gehoor.web.staff.administration import overview as accounts
from gehoor.web.staff.correspondence import (
    letter_sending,
    letter_writing,
    messages,
    new_codes,
    notes,
    sent_letters,
)
from gehoor.web.staff.dossier import autosave as unsaved
from gehoor.web.staff.dossier import closing, course, downloads, overview, printing, readers
from gehoor.web.staff.dossier import dossier as dossiers
from gehoor.web.staff.figures import export as exporting
from gehoor.web.staff.figures import overview as figures
from gehoor.web.staff.figures import report_lists, report_standing, reports, self_assessment
from gehoor.web.staff.handbook import handbook
from gehoor.web.staff.handling import assignment as assigning
from gehoor.web.staff.handling import break_glass as emergencies
from gehoor.web.staff.handling import duties as settling
from gehoor.web.staff.handling import term_changes as adjusting
from gehoor.web.staff.registration import classification as proposing
from gehoor.web.staff.registration import desk_typing
from gehoor.web.staff.registration import phone_intake as phoning
from gehoor.web.staff.registration import registration as registering
from gehoor.web.staff.relations import relating
from gehoor.web.staff.tasks import my_tasks, task_typing
from gehoor.web.staff.worklists import disclosure, retention, undelivered
from gehoor.web.staff.worklists import search as searching
from gehoor.web.staff.worklists import worklist as work_lists
from gehoor.web.ways_in import (
    adapted_report,
    new_chapter,
    new_question,
    new_rule,
    public_tables,
    ready_made,
    report_start,
)
from gehoor.web.workbench import agreeing as proposal_agreeing
from gehoor.web.workbench import conversation, live, new_organisation, unread
from gehoor.web.workbench import editing as proposal_editing
from gehoor.web.workbench import overview as workbench
from gehoor.web.workbench import proofs as proposal_proofs
from gehoor.web.workbench import proposal as proposal_page
from gehoor.web.workbench import reading as proposal_reading
from gehoor.web.workbench import text as proposal_text

MAX_REQUEST = 2 * 1024 * 1024
"""The largest request without files, in bytes: a long story and a whole dossier fit many times over."""


def create_app(
    runtime: Runtime,
    *,
    hasher: PasswordHasher,
    tools: SignInTools,
    clock: Callable[[], datetime],
    secret_key: str,
    secure_cookies: bool,
    draft: Draft | None = None,
) -> Flask:
    """Return the application. ``secure_cookies`` must be on whenever people reach it over https; with a ``draft``
    the pages follow the working files."""
    cookie = draft_pages.COOKIE if draft else "gehoor"
    app = Flask("gehoor.web")
    app.config.update(
        SECRET_KEY=secret_key,
        SESSION_COOKIE_NAME=f"__Host-{cookie}" if secure_cookies else cookie,
        SESSION_COOKIE_SECURE=secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=MAX_REQUEST,
        MAX_FORM_MEMORY_SIZE=MAX_REQUEST,
        MAX_FORM_PARTS=2000,
        # A story takes its time; the sign-in has its own, shorter limits.
        WTF_CSRF_TIME_LIMIT=None,
        # It would ask for the address of the page before, which browsers that are careful do not tell.
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_SSL_STRICT=False,
        BABEL_DEFAULT_LOCALE="nl",
    )
    app.jinja_options = {**compiled_templates.OPTIONS, "bytecode_cache": compiled_templates.COMPILED}
    app.extensions["gehoor"] = Site(runtime, hasher, tools, clock)
    request_log.install(app)
    typed_text.install(app)
    languages.install(app)
    own_site.install(app)
    filters.install(app)
    contacts.install(app)
    form_keys.install(app)
    rendering.install(app)
    empty_forms.install(app)
    cleaning_queue.install(app)
    house_style.install(app)
    qr.install(app)
    letter_text.install(app)
    own_words.install(app)
    work_lists.install(app)
    menu.install(app)
    handbook.install(app)
    sessions.install(app)
    limits.install(app)
    if draft is not None:
        draft_pages.install(app, draft)
    guard(app, signing_in.session_ended)
    access_logging.install(app)
    text_room.install(app)
    errors.install(app)
    unread.install(app)
    api.install(app)
    audiences = (
        public,
        telling,
        stepping,
        resuming,
        following,
        leaving,
        signing_in,
        single_sign_on,
        my_account,
        absence,
        calendar_feed,
        second_step,
        work_lists,
        registering,
        desk_typing,
        proposing,
        phoning,
        dossiers,
        workbench,
        new_organisation,
        proposal_page,
        proposal_reading,
        conversation,
        new_question,
        new_rule,
        new_chapter,
        adapted_report,
        public_tables,
        report_start,
        ready_made,
        live,
        proposal_editing,
        proposal_text,
        proposal_proofs,
        proposal_agreeing,
        messages,
        letter_writing,
        letter_sending,
        notes,
        new_codes,
        sent_letters,
        closing,
        my_tasks,
        task_typing,
        course,
        overview,
        downloads,
        adjusting,
        settling,
        relating,
        unsaved,
        printing,
        readers,
        emergencies,
        agreements,
        house_style,
        assigning,
        searching,
        undelivered,
        figures,
        reports,
        report_lists,
        report_standing,
        exporting,
        self_assessment,
        retention,
        handbook,
        disclosure,
        accounts,
        account_page,
        clients,
        webhooks,
        account_absence,
        account_changes,
        account_leaving,
        dossier_viewers,
        api,
    )
    for blueprint in (audience.pages for audience in audiences):
        app.register_blueprint(blueprint)
    app.wsgi_app = OneMoment(app.wsgi_app)  # type: ignore[method-assign]  # how Flask has it wrapped
    app.wsgi_app = HostNames(app.wsgi_app)  # type: ignore[method-assign]  # how Flask has it wrapped
    app.wsgi_app = SafeHeaders(  # type: ignore[method-assign]  # how Flask has it wrapped
        app.wsgi_app, static_path=app.static_url_path or "", https=secure_cookies
    )
    return app
