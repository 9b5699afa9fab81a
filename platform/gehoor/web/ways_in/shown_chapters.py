"""A chapter of a report as the page that somebody answers showed it: known by its name and not by its number, and held
against what it is by now."""

from __future__ import annotations

import re
from typing import Final

from flask import abort
from flask_babel import gettext as _

from gehoor.core.proposals.asking import AdaptedChapter, AdaptedReport
from gehoor.services.proposals.looking import sources_seen
from gehoor.web.request.session import me
from gehoor.web.request.site import site
from gehoor.web.workbench.shown import current, drafter, full_name

LONGEST_TITLE: Final = 120
LONGEST_TEXT: Final = 1000
_WORDS: Final = re.compile(r"\w+")


def report_in(name: str) -> AdaptedReport:
    """Return a report of the proposal that is looked at, by its name; 404 where there is none."""
    seen = current()
    found = [one for one in drafter().reports(seen.sources, seen.proposal.organisation) if one.name == name]
    if not found:
        abort(404)
    return found[0]


def report_shown(name: str, tree: str) -> AdaptedReport | None:
    """Return a report as a page showed it: of a tree that the proposal went through. None where that is not known any
    more, as what was undone and then done otherwise."""
    seen = current()
    if tree == seen.proposal.tree:
        return report_in(name)
    if tree not in seen.proposal.trees:
        return None
    sources = sources_seen(site().runtime, seen, tree)
    found = drafter().reports(sources, seen.proposal.organisation)
    return next((one for one in found if one.name == name), None)


def chapter_called(report: AdaptedReport | None, key: str) -> AdaptedChapter | None:
    """Return a chapter by what it is known by; None where it is not there (any more)."""
    return next((one for one in report.chapters if one.key == key), None) if report else None


def anchor(key: str) -> str:
    """Return where a chapter stands on its page."""
    return "h-" + "-".join(_WORDS.findall(key)).lower()


def changed_meanwhile(tree: str) -> str:
    """Return the sentence for a report that is no longer what a page showed: who changed it since a tree."""
    seen = current()
    at = max((n for n, one in enumerate(seen.entries) if one.data.get("tree") == tree), default=None)
    others = {one.by for one in seen.entries[at + 1 :]} if at is not None else set()
    if others == {me().name}:
        by = _("Het verslag is intussen gewijzigd: door u, in een ander venster.")
    elif others:
        names = ", ".join(sorted(map(full_name(), others)))
        by = _("Het verslag is intussen gewijzigd, door %(who)s.", who=names)
    else:
        by = _("Het verslag is intussen gewijzigd.")
    then = _(
        "Er is niets bewaard. Wat u typte, staat er nog. Kijk na wat er nu staat, en doe het dan opnieuw."
    )
    return f"{by} {then}"


def one_line(typed: str) -> str:
    """Return what was typed as one line."""
    return " ".join(typed.split())


def wrong_title(title: str, report: AdaptedReport, key: str = "") -> str:
    """Return what is wrong with the title of a chapter; empty: nothing. ``key``: of the chapter that has it; empty: it
    is new."""
    if not title:
        return str(_("Geef het hoofdstuk een titel."))
    if len(title) > LONGEST_TITLE:
        return str(
            _(
                "Een titel heeft hoogstens %(most)s tekens, en deze heeft er %(n)s. Maak ze korter.",
                most=LONGEST_TITLE,
                n=len(title),
            )
        )
    # Also what it is called in the report that is adapted: by that name is kept what people write in it.
    taken = {name for one in report.chapters if one.key != key for name in (one.title, one.key)}
    return str(_("Er is al een hoofdstuk met deze titel. Kies een andere.")) if title in taken else ""


def wrong_text(text: str) -> str:
    """Return what is wrong with what somebody asks to be written; empty: nothing."""
    if len(text) <= LONGEST_TEXT:
        return ""
    return str(
        _(
            "Dit heeft hoogstens %(most)s tekens, en u typte er %(n)s. Maak het korter.",
            most=LONGEST_TEXT,
            n=len(text),
        )
    )
