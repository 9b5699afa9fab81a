"""How templates show dates, durations and statuses, in the reader's way."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from flask import Flask
from flask_babel import get_locale
from flask_babel import gettext as _

from gehoor.core.durations import show_duration
from gehoor.core.fields import KINDS
from gehoor.core.file_kinds import size_text
from gehoor.core.term_status import TermStatus
from gehoor.web.conditions import show_when


def install(app: Flask) -> None:
    """Give templates their filters."""
    app.jinja_env.filters.update(
        day=day,
        short_day=short_day,
        moment=moment,
        status_word=status_word,
        days_word=days_word,
        duration=show_duration,
        show_when=show_when,
        file_size=size_text,
        list_pair=lambda text: (text, text),
        shown=lambda value, field: KINDS[field.kind].show(value, field),
    )
    app.jinja_env.tests["timed"] = lambda value: isinstance(value, datetime)
    app.jinja_env.globals["get_locale"] = get_locale


def language_name(code: str) -> str:
    """Return what a language is called by who speaks it; one that nobody knows by its code."""
    try:
        name = Locale.parse(code).get_language_name(code)
    except (UnknownLocaleError, ValueError):
        name = None
    return name[:1].upper() + name[1:] if name else code


def day(value: date | datetime | str) -> str:
    """Show a local date: dinsdag 7 april 2026."""
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    return format_date(value, "EEEE d MMMM y", locale=get_locale() or "nl")


def short_day(value: str) -> str:
    """Show a local date in a list: di 7 apr 2026."""
    return format_date(date.fromisoformat(value[:10]), "EEE d MMM y", locale=get_locale() or "nl")


def moment(value: datetime, zone: str = "Europe/Brussels") -> str:
    """Show an instant on the clock of a zone: 7 april 2026 14:02."""
    return format_datetime(value.astimezone(ZoneInfo(zone)), "d MMMM y HH:mm", locale=get_locale() or "nl")


def status_word(status: TermStatus) -> str:
    """Say how a term stands, in a word or two."""
    words = {
        TermStatus.RUNNING: _("Loopt"),
        TermStatus.REMINDER: _("Binnenkort"),
        TermStatus.TODAY: _("Vandaag"),
        TermStatus.LATE: _("Te laat"),
        TermStatus.ON_TIME: _("Op tijd gedaan"),
        TermStatus.LATE_DONE: _("Te laat gedaan"),
        TermStatus.SUSPENDED: _("Opgeschort"),
        TermStatus.NOT_NEEDED: _("Niet nodig"),
    }
    return str(words[status])


def days_word(days: int) -> str:
    """Say how far a day is: vandaag, morgen, over 3 dagen, 2 dagen geleden."""
    near = {0: _("vandaag"), 1: _("morgen"), -1: _("gisteren")}
    if days in near:
        return str(near[days])
    return str(_("over %(days)d dagen", days=days) if days > 0 else _("%(days)d dagen geleden", days=-days))
