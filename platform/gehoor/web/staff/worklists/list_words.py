"""What a work list says of itself, in words: what it is called, what it holds, and what it can be asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask_babel import gettext as _

from gehoor.services.search.worklist import WorkList
from gehoor.services.search.worklist_filters import NOBODY, Standing, Tab, Wish
from gehoor.web.display.filters import grouped
from gehoor.web.staff.worklists.addresses import SORTS

WIDER: Final = (Tab.MINE, Tab.DEPARTMENT, Tab.UNASSIGNED)
"""The lists of what is open, whatever its term: the same may be asked of what is closed."""


def tab_names() -> dict[Tab, str]:
    """Return what each list is called."""
    return {
        Tab.DANGER: _("Gevaar"),
        Tab.MINE: _("Mijn zaken"),
        Tab.DEPARTMENT: _("Open dossiers"),
        Tab.LATE: _("Te laat"),
        Tab.WEEK: _("Komende 7 dagen"),
        Tab.UNASSIGNED: _("Niet toegewezen"),
        Tab.CLOSED: _("Afgesloten"),
        Tab.ALL: _("Alle dossiers"),
    }


def title_of(wish: Wish) -> str:
    """Return what a list is called, wherever a figure or a link leads to it."""
    named: Mapping[tuple[Tab, Standing], str] = {
        (Tab.LATE, Standing.LATE_TODAY): _("Sinds vandaag te laat"),
        (Tab.DEPARTMENT, Standing.TODAY): _("Vandaag te doen"),
        (Tab.CLOSED, Standing.LATE): _("Afgesloten, en er moet nog iets"),
    }
    title = named.get((wish.tab, wish.standing)) if wish.standing else None
    return title or tab_names()[wish.tab]


def number_of(listed: WorkList, count: int) -> str:
    """Return how many dossiers a list has, as a number; with a + where there are more than were counted."""
    return f"{grouped(count - 1)}+" if listed.is_beyond(count) else grouped(count)


def how_many(listed: WorkList, *, found: bool) -> str:
    """Say how many dossiers a list has. ``found``: whether something was asked of them."""
    if listed.is_beyond(listed.total):
        n = grouped(listed.total - 1)
        beyond: str = (
            _("Meer dan %(n)s dossiers gevonden.", n=n) if found else _("Meer dan %(n)s dossiers.", n=n)
        )
        return beyond
    n = grouped(listed.total)
    if found:
        said_found: str = (
            _("1 dossier gevonden.") if listed.total == 1 else _("%(n)s dossiers gevonden.", n=n)
        )
        return said_found
    plain: str = _("1 dossier.") if listed.total == 1 else _("%(n)s dossiers.", n=n)
    return plain


def left_out(wish: Wish) -> str:
    """Say what is closed and does not stand in a list."""
    if not wish.tab.only_open:
        return ""
    some: str = _("Afgesloten dossiers staan er alleen bij als ze nog iets vragen.")
    none: str = _("Afgesloten dossiers staan er niet bij.")
    return some if wish.tab in WIDER and not wish.standing else none


def standings(tab: Tab) -> dict[str, str]:
    """Return the standings of the next term that a list can be narrowed to."""
    names = {
        "te-laat": _("Te laat"),
        "sinds-vandaag": _("Sinds vandaag te laat"),
        "vandaag": _("Vandaag"),
        "later": _("Later"),
    }
    offered = {Tab.LATE: ["sinds-vandaag"], Tab.CLOSED: ["te-laat"], Tab.ALL: ["te-laat"]}
    return {word: names[word] for word in offered.get(tab, names)}


def heads() -> dict[str, str]:
    """Return what the columns of a list are called."""
    return {
        # A term that is over stands in it as well: it is no next one.
        "term": _("Termijn"),
        "status": _("Status"),
        "phase": _("Fase"),
        "handler": _("Behandelaar"),
        "responsible": _("Verantwoordelijke"),
        "message-kind": _("Soort"),
        "received-on": _("Ontvangen"),
        "severity": _("Ernst"),
        "judgement": _("Oordeel"),
        "carrier": _("Hoe het binnenkwam"),
        "changed": _("Laatst gewijzigd"),
    }


def sorts(wish: Wish) -> list[tuple[str, str, bool]]:
    """Return value, name and whether it is chosen, for each way to sort."""
    names = {
        "termijn": _("Dringendste eerst"),
        "-termijn": _("Minst dringend eerst"),
        "-ontvangen": _("Laatst ontvangen eerst"),
        "ontvangen": _("Eerst ontvangen eerst"),
        "nummer": _("Nummer, op"),
        "-nummer": _("Nummer, af"),
        "-gewijzigd": _("Laatst gewijzigd eerst"),
        "gewijzigd": _("Langst niet gewijzigd eerst"),
    }
    shown = wish.order[0]
    return [
        (word, name, shown == f"{'-' if word.startswith('-') else ''}{SORTS[word.removeprefix('-')]}")
        for word, name in names.items()
    ]


def chosen(listed: WorkList, wish: Wish) -> list[tuple[str, str]]:
    """Return what the list is narrowed to, each with the word in the address that takes it away."""
    offered = listed.offered
    severity = offered.severities.get(wish.severity, wish.severity)
    named = {
        "afdeling": offered.departments.get(wish.department, wish.department),
        "soort": offered.kinds.get(wish.kind, wish.kind),
        "fase": wish.phase,
        "ernst": _("ernst: %(value)s", value=severity) if wish.severity else "",
        "behandelaar": _("zonder behandelaar")
        if wish.handler == NOBODY
        else offered.handlers.get(wish.handler, wish.handler),
        "merk": wish.flag,
        "rol": _("verantwoordelijke: %(role)s", role=offered.roles.get(wish.responsible, wish.responsible))
        if wish.responsible
        else "",
        "stand": {
            Standing.LATE: _("te laat"),
            Standing.LATE_TODAY: _("sinds vandaag te laat"),
            Standing.TODAY: _("vandaag"),
            Standing.LATER: _("later"),
        }[wish.standing]
        if wish.standing
        else "",
        "van": _("ontvangen van %(day)s", day=wish.received_from.strftime("%d/%m/%Y"))
        if wish.received_from
        else "",
        "tot": _("ontvangen tot en met %(day)s", day=wish.received_until.strftime("%d/%m/%Y"))
        if wish.received_until
        else "",
    }
    return [(word, name) for word, name in named.items() if name]
