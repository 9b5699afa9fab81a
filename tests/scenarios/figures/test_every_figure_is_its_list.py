"""Every figure is the number of dossiers in its list, for random registers and every role; and totals add up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.agreements.publishing import publish
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.figures.listing import theme_list, whole_theme_list
from gehoor.services.figures.offered_reports import Asked
from gehoor.services.figures.overview import Count, Overview, overview
from gehoor.services.figures.report_lists import FigureLine, all_behind_figure, behind_figure
from gehoor.services.figures.reports import draft_of
from gehoor.services.ports.records import Account
from gehoor.services.ports.store import SOUND, Store
from gehoor.services.projection.projection import reading_projection
from gehoor.services.recording.answers import RefusedError
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import UnknownDossierError
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.dossier_access import dossier_for
from gehoor.services.search.worklist import PAGE, whole_list, work_list
from gehoor.services.search.worklist_filters import NOBODY, Tab, Wish
from tests.support.clock import at
from tests.support.de_linde import (
    INVESTIGATED,
    REGISTERED,
    by,
    fill,
    new_runtime,
    open_by_phone,
    proposal,
    staff,
)
from tests.support.figures import with_figures

JUDGED = {
    "gegrondheid": "gegrond",
    "gegrondheid_motivering": "Zoals het rooster laat zien.",
    "onderzoek_afgerond_op": "2026-06-02",
}
NOW = at("2026-06-10 12:00")
ASKED = Asked("de-linde", "jaarverslag", 2026)
PEOPLE = {
    "els": ("de-linde/*:kwaliteitscoordinator",),
    "koen": ("teamverantwoordelijke",),
    "rita": ("dagelijks-verantwoordelijke", "de-linde/eikenrode:teamverantwoordelijke"),
}
"""Who looks: of everything, of one department, and of two in different roles."""
READERS = {"dirk": ("algemeen-directeur",)}
MAKERS_AND_READERS = ("els", *READERS)
"""Who sees reports: one who makes them, and one who only reads them."""

Told = dict[str, Any]

DOSSIER = st.fixed_dictionaries(
    {
        "department": st.sampled_from(["beukenhof", "eikenrode"]),
        "day": st.sampled_from(["2025-12-30", "2026-01-02", "2026-05-04", "2026-06-01"]),
        "type_bericht": st.sampled_from(["klacht", "opmerking", "suggestie"]),
        "acuut_gevaar": st.booleans(),
        "soort_klacht_hoofd": st.sampled_from(["bejegening", "zorg_begeleiding", None]),
        "mogelijke_oorzaken": st.sampled_from([["onderbezetting"], ["onderbezetting", "communicatie"], None]),
        "ernst": st.sampled_from([None, 1, 4]),
        "vertrouwelijkheid": st.sampled_from([None, "beperkt", "streng"]),
        "belangenconflict": st.sampled_from([None, ["koen"], ["els"], ["dirk"]]),
        "handler": st.sampled_from([None, "koen", "rita"]),
        "done_on": st.sampled_from([None, "2026-05-20"]),
    }
)


def register_of(told: list[Told], store: Store | None = None) -> Runtime:
    runtime = new_runtime(store)
    publish(
        runtime,
        [proposal(one, with_figures) for one in ("beukenhof", "eikenrode")],
        at("2025-12-01 10:00"),
        "els",
    )
    for name, roles in {**PEOPLE, **READERS}.items():
        staff(runtime, name, *roles)
    for one in told:
        when = f"{one['day']} 09:00"
        dossier = open_by_phone(
            runtime, when, one["department"], type_bericht=one["type_bericht"],
            acuut_gevaar="ja" if one["acuut_gevaar"] else "nee",
        ).dossier  # fmt: skip
        fill_what_can(runtime, dossier, when, {**REGISTERED, "registratiedatum": one["day"]})
        kept = {name: one[name] for name in ("vertrouwelijkheid", "belangenconflict") if one[name]}
        judged = {
            name: one[name] for name in ("soort_klacht_hoofd", "mogelijke_oorzaken", "ernst") if one[name]
        }
        for answers in (kept, {**INVESTIGATED, **JUDGED, **judged} if one["done_on"] else judged):
            fill_what_can(runtime, dossier, when, answers)
        if one["done_on"]:
            action = {"omschrijving": "Rooster", "type": "organisatorisch", "uitgevoerd_op": one["done_on"]}
            fill_what_can(runtime, dossier, "2026-06-02 09:00", {"verbeteracties": [action]})
        if one["handler"]:
            # Not for whom it does not exist, or who cannot have it.
            with suppress(RefusedError, LookupError):
                assign(runtime, Assigning(dossier, one["handler"], by(runtime, "directie")), at(when))
    return runtime


def fill_what_can(runtime: Runtime, dossier: str, when: str, answers: Told) -> None:
    with suppress(RefusedError):
        fill(runtime, dossier, when, **answers)


def account(runtime: Runtime, name: str) -> Account:
    with reading_projection(runtime) as register:
        found = register.account(name)
    assert found is not None
    return found


def existing(runtime: Runtime, who: Account) -> set[str]:
    """The dossiers that somebody can open, asked one by one."""
    with reading_projection(runtime) as register:
        ids = [one["id"] for one in register.tables.select("dossiers", where=SOUND)]
    found = set()
    for one in ids:
        try:
            dossier_for(runtime, who, one, NOW)
        except UnknownDossierError:
            continue
        found.add(one)
    return found


def counts_of(found: Overview) -> Iterator[Count]:
    yield from found.tiles
    yield found.danger_of_nobody
    for rows in (found.by_handler, found.by_role, found.by_department):
        for row in rows:
            yield from row.counts


def listed(runtime: Runtime, who: Account, one: Count) -> int:
    work = work_list(runtime, who, NOW, one.wish)
    assert work.total <= PAGE
    assert whole_list(runtime, who, NOW, one.wish, PAGE) == (
        work.total,
        [line.summary.id for line in work.lines],
    )
    return len(work.lines)


def overview_is_its_lists(runtime: Runtime, who: Account) -> None:
    here = existing(runtime, who)
    for department in ("", "de-linde/beukenhof"):
        found = overview(runtime, who, NOW, department)
        for one in counts_of(found):
            assert one.number == listed(runtime, who, one)
        everybody = {"els", "koen", "rita", NOBODY}
        assert {row.key for row in found.by_handler} <= everybody
        of_nobody = next((row.counts[0].number for row in found.by_handler if row.key == NOBODY), 0)
        alone = work_list(runtime, who, NOW, Wish(Tab.UNASSIGNED, department=department)).lines
        assert of_nobody == len(alone)
        shown = [row for rows in found.recurring.values() for row in rows]
        for number, wish in [(row.lately, row.list_lately) for row in shown] + [
            (row.before, row.list_before) for row in shown
        ] + [(one.after, one.list_after) for one in found.effects if one.about] + [
            (one.before, one.list_before) for one in found.effects if one.about
        ] + [(one.number, one.wish) for one in found.unfilled]:  # fmt: skip
            lines = theme_list(runtime, who, NOW, wish)
            assert number == lines.total == len(lines.lines)
            assert {one.id for one in lines.lines} <= here
            assert whole_theme_list(runtime, who, NOW, wish, PAGE) == (
                number,
                [one.id for one in lines.lines],
            )
        assert {one.dossier for one in found.effects} <= here


def behind(runtime: Runtime, who: Account, figure: tuple[str, str | None, str | None]) -> list[FigureLine]:
    """All pages of the list behind a figure, which says itself how long it is."""
    lines: list[FigureLine] = []
    first = 0
    while True:
        found = behind_figure(runtime, who, NOW, ASKED, figure, first)
        lines += found.lines
        if not (first := found.after):
            break
    assert found.dossiers == len(lines) == len({one.summary.id for one in lines})
    assert found.counted == sum(one.times for one in lines)
    times = {one.summary.id: one.times for one in lines}
    assert list(all_behind_figure(runtime, who, NOW, ASKED, figure)[2].items()) == list(times.items())
    return lines


def report_is_its_lists(runtime: Runtime, who: Account) -> None:
    here = existing(runtime, who)
    draft = draft_of(runtime, who, NOW, ASKED)
    for name, table in draft.reckoned.tables.items():
        for line in table.lines:
            for column, number in zip(table.columns, line.counts, strict=True):
                lines = behind(runtime, who, (name, line.head.key, column.key))
                assert number == sum(one.times for one in lines)
                assert {one.summary.id for one in lines} <= here
            assert line.total == sum(one.times for one in behind(runtime, who, (name, line.head.key, None)))
        if table.total is not None:
            assert table.total.total == sum(one.times for one in behind(runtime, who, (name, None, None)))
            if table.adds_up and table.lines:
                assert sum(line.total for line in table.lines) == table.total.total


def same_in_all(told: list[Told], *, in_file: bool = False) -> None:
    with TemporaryDirectory() as folder:
        store = TinyDBStore(Path(folder) / "register.db", SCHEMAS) if in_file else None
        same_in(register_of(told, store))
        if store is not None:
            store.close()


def same_in(runtime: Runtime) -> None:
    for name in PEOPLE:
        overview_is_its_lists(runtime, account(runtime, name))
    for name in MAKERS_AND_READERS:
        report_is_its_lists(runtime, account(runtime, name))


@settings(max_examples=6, deadline=None)
@given(told=st.lists(DOSSIER, min_size=3, max_size=7))
def test_every_figure_is_the_number_of_its_list(told: list[Told]) -> None:
    same_in_all(told)


@settings(max_examples=3, deadline=None)
@given(told=st.lists(DOSSIER, min_size=3, max_size=7))
def test_every_figure_is_the_number_of_its_list_in_a_register_file(told: list[Told]) -> None:
    """A database passes over what surely does not count in a figure."""
    same_in_all(told, in_file=True)


@pytest.mark.soak
@settings(max_examples=300, deadline=None)
@given(told=st.lists(DOSSIER, max_size=25), in_file=st.booleans())
def test_every_figure_is_the_number_of_its_list_at_length(told: list[Told], in_file: bool) -> None:
    same_in_all(told, in_file=in_file)
