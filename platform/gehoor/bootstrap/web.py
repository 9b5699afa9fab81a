"""The web application of a register."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Final

from flask import Flask

from gehoor.adapters.documents.report_files import MadeReportFiles
from gehoor.adapters.documents.typst_letters import letter_printer
from gehoor.adapters.handbook.markdown_handbook import MarkdownHandbook
from gehoor.adapters.security.one_time_codes import TotpCodes
from gehoor.adapters.security.secret_box import SecretBox
from gehoor.bootstrap import SetupError, handbook_folder, now
from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.bootstrap.drafting.previews import Previews
from gehoor.bootstrap.exchange.hooks import hook_poster
from gehoor.bootstrap.register import common_passwords, hasher
from gehoor.bootstrap.register_files.key import vault_of
from gehoor.bootstrap.single_sign_on import single_sign_on
from gehoor.services.ports.drafting import Drafter, SourcesFolder
from gehoor.services.ports.handbook import Handbook
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.secrets import SIGNING
from gehoor.web.app import create_app
from gehoor.web.request.draft import Draft
from gehoor.web.request.site import (
    SignInTools,
    open_exchange,
    open_handbook,
    open_workbench,
    print_letters,
    write_reports,
)

_MOST_HOURS: Final = 168


@dataclass(frozen=True)
class WebOptions:
    """How people sign in. Without ``key_file`` the key of what is kept secret dies with the process."""

    key_file: Path | None = None
    home: str = ""
    """The address of the website, as people elsewhere send browsers back to it."""
    folder: SourcesFolder | None = None
    """Where the files of the agreements are, if they are on this machine."""
    previews: Path | None = None
    """Where the registers are with which proposals are tried; None: they are not."""


def web_app(
    runtime: Runtime, *, secure_cookies: bool, draft: Draft | None = None, options: WebOptions | None = None
) -> Flask:
    """Return the application, with the secret key of this register. Raises ``StoreUnavailableError``, and
    ``SetupError`` when the file with the key cannot be used."""
    app = create_app(
        runtime,
        hasher=hasher(),
        tools=_tools(options or WebOptions()),
        clock=now,
        secret_key=_secret_key(runtime),
        secure_cookies=secure_cookies,
        draft=draft,
    )
    print_letters(app, letter_printer())
    write_reports(app, MadeReportFiles())
    open_handbook(app, handbook())
    open_exchange(app, repeats_for(), hook_poster())
    if draft is None and options is not None:
        drafter = ConfinedDrafter()
        previews = _previews(runtime, drafter, options, secure_cookies=secure_cookies)
        open_workbench(app, drafter, options.folder, previews)
        if previews is not None:
            app.wsgi_app = previews.around(app.wsgi_app)  # type: ignore[assignment, method-assign]  # how Flask has it
    return app


def _previews(
    runtime: Runtime, drafter: Drafter, options: WebOptions, *, secure_cookies: bool
) -> Previews | None:
    if options.previews is None:
        return None

    def make(tried: Runtime, draft: Draft) -> Flask:
        return web_app(tried, secure_cookies=secure_cookies, draft=draft)

    return Previews(runtime, drafter, _secret_key(runtime), options.previews, make, now)


def _tools(options: WebOptions) -> SignInTools:
    return SignInTools(
        common=common_passwords(),
        vault=vault_of(options.key_file) if options.key_file else SecretBox(),
        codes=TotpCodes(),
        single_sign_on=single_sign_on(options.home),
    )


def _secret_key(runtime: Runtime) -> str:
    """Return the key that signs cookies: of one that was made once and is kept with the register, and the one beside
    it. Whoever has a copy of the register makes no cookie."""
    return runtime.secrets.of(runtime.store, SIGNING)


@cache
def handbook() -> Handbook | None:
    """Return the handbook, for all applications of a process: it is read when somebody first asks for it."""
    folder = handbook_folder()
    return MarkdownHandbook(folder) if folder else None


def repeats_for() -> timedelta:
    """Return how long it is known what a program sent: the setting ``GEHOOR_API_REPEAT``, in hours; else a day. Raises
    ``SetupError``."""
    text = os.environ.get("GEHOOR_API_REPEAT", "")
    if not text:
        return timedelta(days=1)
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= _MOST_HOURS):
        raise SetupError(
            f"GEHOOR_API_REPEAT kan niet; schrijf hoeveel uur bekend blijft wat een koppeling verstuurde: "
            f"1 tot {_MOST_HOURS}."
        )
    return timedelta(hours=int(text))
