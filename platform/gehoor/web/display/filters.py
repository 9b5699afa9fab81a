"""How templates show dates, durations and statuses, in the reader's way."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time
from babel.lists import format_list
from babel.numbers import format_decimal, get_decimal_symbol
from flask import Flask
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from gehoor.core.access.roles import works_as
from gehoor.core.calendar.durations import Duration, Unit
from gehoor.core.deadlines.status import TermStatus
from gehoor.core.dossier.events import parse_instant
from gehoor.core.forms.fields import Field, example_words
from gehoor.web.display.absences import shown_days
from gehoor.web.display.conditions import show_when
from gehoor.web.display.field_choices import fitting, matching
from gehoor.web.request.languages import said


def install(app: Flask) -> None:
    """Give templates their filters."""
    app.jinja_env.globals["example_words"] = _examples
    app.jinja_env.globals["works_as"] = works_as
    app.jinja_env.filters.update(
        day=day,
        listed=listed,
        short_day=short_day,
        moment=moment,
        clock_time=clock_time,
        utc_moment=utc_moment,
        local_days=lambda one, zone: shown_days(
            {"from_at": one.from_at, "until_at": one.until_at}, ZoneInfo(zone)
        ),
        status_word=status_word,
        due_word=due_word,
        duration=duration,
        show_when=show_when,
        file_size=file_size,
        fitting=fitting,
        matching=matching,
        list_pair=lambda text: (text, text),
        shown=shown,
        figure=figure,
        grouped=grouped,
    )
    app.jinja_env.tests["timed"] = lambda value: isinstance(value, datetime)
    app.jinja_env.tests["picture"] = lambda media_type: str(media_type).startswith("image/")


def day(value: date | datetime | str) -> str:
    """Show a local date: dinsdag 7 april 2026."""
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    return format_date(value, "EEEE d MMMM y", locale=get_locale() or "nl")


def listed(names: Iterable[str]) -> str:
    """Name things as people do: Wonen, Zorg en Dagopvang."""
    return format_list(list(names), locale=get_locale() or "nl")


def figure(value: Decimal | int) -> str:
    """Show a number that was worked out."""
    return said().formats.number(value)


def grouped(value: int) -> str:
    """Show a whole number with its thousands apart: 10.000."""
    return format_decimal(value, locale=get_locale() or "nl")


def short_day(value: str) -> str:
    """Show a local date in a list: di 7 apr 2026."""
    return format_date(date.fromisoformat(value[:10]), "EEE d MMM y", locale=get_locale() or "nl")


def moment(value: datetime, zone: str = "Europe/Brussels") -> str:
    """Show an instant on the clock of a zone: 7 april 2026 14:02."""
    return format_datetime(value.astimezone(ZoneInfo(zone)), "d MMMM y HH:mm", locale=get_locale() or "nl")


def clock_time(value: datetime, zone: str = "Europe/Brussels") -> str:
    """Show the time of an instant on the clock of a zone: 14:02."""
    return format_time(value.astimezone(ZoneInfo(zone)), "HH:mm", locale=get_locale() or "nl")


def utc_moment(value: str, zone: str = "Europe/Brussels") -> str:
    """Show an instant as the register keeps it, on the clock of a zone: 7 april 2026 14:02."""
    return moment(parse_instant(value), zone)


def local_day(value: str, zone: str = "Europe/Brussels") -> date:
    """Return the day of an instant as the register keeps it, on the calendar of a zone."""
    return parse_instant(value).astimezone(ZoneInfo(zone)).date()


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


def due_word(days: int) -> str:
    """Say how far the day of a term is: vandaag, morgen, over 3 dagen, 2 dagen te laat."""
    near = {0: _("vandaag"), 1: _("morgen"), -1: _("1 dag te laat")}
    if days in near:
        return str(near[days])
    return str(_("over %(days)d dagen", days=days) if days > 0 else _("%(days)d dagen te laat", days=-days))


def duration(value: Duration) -> str:
    """Say how long something takes: 10 werkdagen."""
    n = value.amount
    words = {
        Unit.CALENDAR_DAYS: ngettext("%(num)d kalenderdag", "%(num)d kalenderdagen", n),
        Unit.WORKING_DAYS: ngettext("%(num)d werkdag", "%(num)d werkdagen", n),
        Unit.WORKING_DAYS_MON_SAT: ngettext(
            "%(num)d werkdag, zaterdag meegeteld", "%(num)d werkdagen, zaterdagen meegeteld", n
        ),
        Unit.WEEKS: ngettext("%(num)d week", "%(num)d weken", n),
        Unit.MONTHS: ngettext("%(num)d maand", "%(num)d maanden", n),
        Unit.YEARS: ngettext("%(num)d jaar", "%(num)d jaar", n),
        Unit.HOURS: ngettext("%(num)d uur", "%(num)d uur", n),
    }
    return str(words[value.unit])


def number(value: Decimal | str) -> str:
    """Show a number with the decimal sign of the language of the page, and without a sign between thousands."""
    text = str(value)
    return text.replace(".", get_decimal_symbol(get_locale() or "nl"))


def file_size(size: int) -> str:
    """Show a number of bytes: 1,5 MB."""
    return said().formats.size(size)


def _examples(field: Field) -> list[str]:
    return example_words(field, said().formats)


def shown(value: Any, field: Field) -> str:
    """Show an answer in the reader's way."""
    match field.kind:
        case "boolean":
            return str(_("Ja") if value else _("Nee"))
        case "date":
            return day(value)
        case "decimal":
            return number(value)
    return field.type.show(value, field, said().formats)
