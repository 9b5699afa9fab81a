"""The web application: put together from a runtime, with everything that makes it safe by default."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Flask

from gehoor.services.ports.outside import PasswordHasher
from gehoor.services.register.runtime import Runtime
from gehoor.web import (
    adjusting,
    agreements,
    assigning,
    dossiers,
    downloads,
    empty_forms,
    errors,
    filters,
    following,
    house_style,
    languages,
    leaving,
    limits,
    messages,
    my_account,
    own_site,
    own_words,
    phoning,
    printing,
    proposing,
    public,
    qr,
    registering,
    rendering,
    resuming,
    searching,
    second_step,
    sessions,
    settling,
    signing_in,
    single_sign_on,
    stepping,
    telling,
    unsaved,
    work_lists,
)
from gehoor.web import draft as draft_pages
from gehoor.web.draft import Draft
from gehoor.web.policies import guard
from gehoor.web.safe_headers import SafeHeaders
from gehoor.web.site import SignInTools, Site

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
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.extensions["gehoor"] = Site(runtime, hasher, tools, clock)
    languages.install(app)
    own_site.install(app)
    filters.install(app)
    rendering.install(app)
    empty_forms.install(app)
    house_style.install(app)
    qr.install(app)
    own_words.install(app)
    work_lists.install(app)
    sessions.install(app)
    limits.install(app)
    if draft is not None:
        draft_pages.install(app, draft)
    guard(app, signing_in.session_ended)
    errors.install(app)
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
        second_step,
        work_lists,
        registering,
        proposing,
        phoning,
        dossiers,
        messages,
        downloads,
        adjusting,
        settling,
        unsaved,
        printing,
        agreements,
        house_style,
        assigning,
        searching,
    )
    for blueprint in (audience.pages for audience in audiences):
        app.register_blueprint(blueprint)
    app.wsgi_app = SafeHeaders(  # type: ignore[method-assign]  # how Flask has it wrapped
        app.wsgi_app, static_path=app.static_url_path or "", https=secure_cookies
    )
    return app
