"""The list behind a figure: which dossiers were counted, the latest received first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from heapq import merge
from itertools import islice

from gehoor.core.agreement.actions import Action
from gehoor.core.figures.counting import UNANSWERED
from gehoor.core.figures.themes import answered_in, lacking, theme_fields, theme_parts, themes_in
from gehoor.core.reports.model import Overview
from gehoor.core.wording.registry import sentences_of
from gehoor.services.access.summary_rights import summary_for
from gehoor.services.figures.looking import Looking, Place, label_of, looking
from gehoor.services.ports.documents import summary_of
from gehoor.services.ports.records import Account, Summary
from gehoor.services.ports.store import Bounds, Cursor, Document, Where
from gehoor.services.register.runtime import Runtime

PAGE = 50
_AT_ONCE = 500
"""So many are read at once where one by one it is looked at what they say."""
_LATEST = 100
"""Of so many that came in it is looked at what they lack, where a page shows more than that."""
_AFTER = "~"
"""Follows on every sign in a day."""


@dataclass(frozen=True, slots=True)
class ThemeWish:
    """Which dossiers: of which department (``organisation/department``; empty: all), with all of these themes (of one
    that stands for no answer: in which the field has none), received on which local days, both included. ``after``:
    from where to go on."""

    themes: tuple[str, ...]
    department: str = ""
    received_from: date | None = None
    received_until: date | None = None
    after: Cursor | None = None

    @property
    def received(self) -> Bounds:
        """Return the bounds of the day of receipt, as stores compare it."""
        until = f"{self.received_until.isoformat()}{_AFTER}" if self.received_until else None
        return (self.received_from.isoformat() if self.received_from else None, until)


@dataclass(frozen=True, slots=True)
class ThemeList:
    """A page of dossiers, how many there are in all, and from where to go on."""

    wish: ThemeWish
    lines: tuple[Summary, ...]
    total: int
    department_names: dict[str, str]
    labels: tuple[str, ...] = ()
    """What people call the themes: the field and its answer."""
    phase: str = ""
    """The phase in which one fills in what has no answer; empty: nothing of that was asked for."""
    after: Cursor | None = None


def theme_list(runtime: Runtime, account: Account, now: datetime, wish: ThemeWish) -> ThemeList:
    """Return the dossiers with some themes that exist for an account."""
    with looking(runtime, account, now, Action.SEE_FIGURES) as seen:
        total = sum(count_themes(seen, place, wish) for place in seen.places(wish.department))
        found = _first(seen, wish, PAGE + 1)
        lines = tuple(
            summary_for(
                account, summary_of(one), register=seen.register, library=runtime.library, staff=seen.staff
            )
            for one in found[:PAGE]
        )
        names = {"/".join(place): one.department_name for place, one in seen.agreements.items()}
        labels = tuple(_in_words(seen, one) for one in wish.themes)
        phase = next(iter(_phases(seen, wish)), "")
    last = found[PAGE - 1] if len(found) > PAGE else None
    after = Cursor(last["received"], last["id"]) if last else None
    return ThemeList(wish, lines, total, names, labels, phase, after)


def whole_theme_list(
    runtime: Runtime, account: Account, now: datetime, wish: ThemeWish, most: int
) -> tuple[int, list[str]]:
    """Return how many dossiers with some themes there are, and all of them (ids) in the order of the list; none where
    there are more than ``most``."""
    wish = replace(wish, after=None)
    with looking(runtime, account, now, Action.SEE_FIGURES) as seen:
        total = sum(count_themes(seen, place, wish) for place in seen.places(wish.department))
        if total > most:
            return total, []
        return total, [str(one["id"]) for one in _first(seen, wish, most)]


def latest_of(seen: Looking, account: Account, wish: ThemeWish, most: int) -> list[Summary]:
    """Return the latest dossiers of a list, as an account may see them, no more than so many: of what lacks an answer,
    those among the latest that came in."""
    library = seen.runtime.library
    return [
        summary_for(account, summary_of(one), register=seen.register, library=library, staff=seen.staff)
        for one in _first(seen, wish, most, _LATEST)
    ]


def _in_words(seen: Looking, kept: str) -> str:
    name, code = theme_parts(kept)
    for one in seen.agreements.values():
        if of := one.dossier_form.fields.get(name):
            said = sentences_of(one).figures.unanswered if code == UNANSWERED else label_of(of, code)
            return f"{of.label}: {said}"
    return kept


def _phases(seen: Looking, wish: ThemeWish) -> Iterator[str]:
    """Give the phases of the fields that have no answer in the dossiers that are asked for."""
    for name in lacking(wish.themes)[1]:
        for one in seen.agreements.values():
            if of := one.dossier_form.fields.get(name):
                yield of.phase


def count_themes(seen: Looking, place: Place, wish: ThemeWish) -> int:
    """Return how many dossiers of a department have some themes."""
    told, stale = split_digests(seen, place, {theme_parts(one)[0] for one in wish.themes})
    count = _count(seen, _where(seen, place, wish, told), lacking(wish.themes)[1]) if told else 0
    return count + sum(1 for _ in _stale(seen, place, wish, stale))


def _count(seen: Looking, where: Where, fields: frozenset[str]) -> int:
    if not fields:
        return seen.register.tables.count("dossiers", where=where)
    found = seen.register.tables.parts("dossiers", (("themes",),), where=where)
    return sum(fields.isdisjoint(answered_in(themes or ())) for (themes,) in found)


def split_digests(seen: Looking, place: Place, fields: set[str]) -> tuple[list[str], list[str]]:
    """Return the agreements of a department under which somebody may see some fields: those that looked at these fields
    too, so that what was kept of dossiers tells it, and those that did not."""
    told: list[str] = []
    stale: list[str] = []
    # All of it goes by the day of receipt: who may not see that, would find it by trying.
    for digest in seen.digests(place, fields | {seen.agreements[place].field_for("received-on")}):
        agreement = seen.runtime.library.sound_agreement(seen.register, digest)
        if agreement is not None:
            (told if fields <= _looked_at(agreement.overview) else stale).append(digest)
    return told, stale


def _looked_at(overview: Overview) -> set[str]:
    return {*theme_fields(overview), *({overview.measures.rows} if overview.measures else ())}


def _where(seen: Looking, place: Place, wish: ThemeWish, digests: list[str]) -> Where:
    return seen.where(
        place,
        equals={"agreement": list(digests)},
        between={"received": wish.received},
        holding=tuple(("themes", one) for one in lacking(wish.themes)[0]),
    )


def _stale(seen: Looking, place: Place, wish: ThemeWish, digests: list[str]) -> Iterator[Document]:
    """Give the dossiers that answer too, of those that were kept before anybody looked at these fields."""
    if not digests:
        return
    asked = _where(seen, place, replace(wish, themes=()), digests)
    held, fields = lacking(wish.themes)
    wanted = set(held)
    for document in seen.select(asked):
        values = document.get("figures", {}).get("values", {})
        themes = themes_in(seen.agreements[place], values)
        if wanted <= set(themes) and fields.isdisjoint(answered_in(themes)):
            yield document


def _first(seen: Looking, wish: ThemeWish, limit: int, within: int | None = None) -> list[Document]:
    """Return the first dossiers of a list. ``within``: of so many that came in only; None: of all."""
    found: list[Document] = []
    fields = lacking(wish.themes)[1]
    for place in seen.places(wish.department):
        told, stale = split_digests(seen, place, {theme_parts(one)[0] for one in wish.themes})
        if told:
            asked = _where(seen, place, wish, told)
            documents = (
                _without(seen, asked, wish.after, fields, within)
                if fields
                else seen.select(asked, order_by=("-received",), limit=limit, cursor=wish.after)
            )
            found += islice(documents, limit)
        found += [one for one in _stale(seen, place, wish, stale) if _follows(one, wish.after)]
    found.sort(key=lambda one: (one["received"], one["id"]), reverse=True)
    return found[:limit]


def _without(
    seen: Looking, asked: Where, after: Cursor | None, fields: frozenset[str], within: int | None
) -> Iterator[Document]:
    """Give the dossiers in which some fields have no answer, the latest first: no index tells which, so they are read
    from there on, no further than somebody takes them."""
    # What is open and what is closed is each found in its order; both together would be put in order first.
    each = (replace(asked, equals={**asked.equals, "closed": closed}) for closed in (False, True))
    return merge(
        *(_without_answer(seen, one, after, fields, within) for one in each),
        key=lambda one: (one["received"], one["id"]),
        reverse=True,
    )


def _without_answer(
    seen: Looking, asked: Where, after: Cursor | None, fields: frozenset[str], within: int | None
) -> Iterator[Document]:
    looked_at = 0
    while within is None or looked_at < within:
        select = seen.register.tables.select
        limit = _AT_ONCE if within is None else min(_AT_ONCE, within - looked_at)
        some = list(select("dossiers", where=asked, order_by=("-received",), limit=limit, cursor=after))
        if not some:
            return
        for one in some:
            if seen.exists(one) and fields.isdisjoint(answered_in(one.get("themes") or ())):
                yield one
        looked_at += len(some)
        after = Cursor(some[-1]["received"], some[-1]["id"])


def _follows(document: Document, after: Cursor | None) -> bool:
    return after is None or (document["received"], document["id"]) < (str(after.value), after.key)
