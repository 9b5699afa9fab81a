"""What pages work with, and the one moment that a request happens at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import cast

from flask import Flask, current_app, g

from gehoor.services.ports.drafting import Drafter, Previewer, SourcesFolder
from gehoor.services.ports.handbook import Handbook
from gehoor.services.ports.hooks import HookPoster
from gehoor.services.ports.outside import (
    CommonPasswords,
    LetterPrinter,
    OneTimeCodes,
    PasswordHasher,
    ReportFiles,
    SingleSignOn,
    Vault,
)
from gehoor.services.register.runtime import Runtime


@dataclass(frozen=True)
class SignInTools:
    """What signing in takes beside the passwords themselves."""

    common: CommonPasswords
    vault: Vault
    codes: OneTimeCodes
    single_sign_on: SingleSignOn | None = None


@dataclass(frozen=True)
class Site:
    """What the pages work with. ``clock`` is read once per request and gives a UTC instant."""

    runtime: Runtime
    hasher: PasswordHasher
    tools: SignInTools
    clock: Callable[[], datetime]
    printer: LetterPrinter | None = None
    """Who makes letters as PDF, where that can be done here."""
    drafter: Drafter | None = None
    """Who reads the files of agreements that are being made; None: they are not made here."""
    folder: SourcesFolder | None = None
    previewer: Previewer | None = None
    report_files: ReportFiles | None = None
    """Who makes files of reports."""
    handbook: Handbook | None = None
    """What staff read about how Gehoor works; None: it did not come along."""
    poster: HookPoster | None = None
    """Who tells programs what happened; None: they hear nothing from here."""
    repeats_for: timedelta = timedelta(days=1)
    """How long it is known that a program sent something, by the key that it gave."""


def site() -> Site:
    """Return what this application's pages work with."""
    return cast(Site, current_app.extensions["gehoor"])


def print_letters(app: Flask, printer: LetterPrinter | None) -> None:
    """Let an application make letters as PDF; without a printer people print them with their browser."""
    app.extensions["gehoor"] = replace(cast(Site, app.extensions["gehoor"]), printer=printer)


def write_reports(app: Flask, files: ReportFiles) -> None:
    """Let an application make files of reports."""
    app.extensions["gehoor"] = replace(cast(Site, app.extensions["gehoor"]), report_files=files)


def open_handbook(app: Flask, handbook: Handbook | None) -> None:
    """Let staff read a handbook in an application."""
    app.extensions["gehoor"] = replace(cast(Site, app.extensions["gehoor"]), handbook=handbook)


def open_exchange(app: Flask, kept_for: timedelta, poster: HookPoster) -> None:
    """Say how long an application knows what programs sent, and who tells them what happened."""
    before = cast(Site, app.extensions["gehoor"])
    app.extensions["gehoor"] = replace(before, repeats_for=kept_for, poster=poster)


def open_workbench(
    app: Flask, drafter: Drafter, folder: SourcesFolder | None, previewer: Previewer | None = None
) -> None:
    """Let agreements be made in an application. ``folder``: where their files are too; ``previewer``: who opens
    websites to try them on."""
    before = cast(Site, app.extensions["gehoor"])
    app.extensions["gehoor"] = replace(before, drafter=drafter, folder=folder, previewer=previewer)


def now() -> datetime:
    """Return the instant (UTC) of this request: read once, so that a whole page speaks of one moment."""
    moment: datetime | None = g.get("now")
    if moment is None:
        g.now = moment = site().clock()
    return moment
