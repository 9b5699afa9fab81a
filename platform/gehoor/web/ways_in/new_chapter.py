"""Een hoofdstuk of een tabel toevoegen aan een verslag: what has to be written, and what is counted, said in rows.

It comes in the report as it is by now: a table in the chapter that the page named, or nowhere."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from flask import Blueprint, abort, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.proposals.asking import AdaptedChapter
from gehoor.core.proposals.sheets import Control
from gehoor.services.ports.drafting import Act, NoSuchPlaceError, SheetEdit, SheetRefusedError
from gehoor.services.proposals.changing import ChangedOtherwiseError, Edit, change_files
from gehoor.web.display.field_choices import FieldNames, field_names
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.security.text_room import text_room
from gehoor.web.ways_in.shown_chapters import (
    anchor,
    changed_meanwhile,
    chapter_called,
    one_line,
    report_in,
    report_shown,
    wrong_text,
    wrong_title,
)
from gehoor.web.ways_in.table_draft import TableDraft, TypedTable, has_rows, is_said, table_draft
from gehoor.web.workbench.given import NARROWS, PREFIX, given_in, narrowing, rows_typed
from gehoor.web.workbench.places import why_refused
from gehoor.web.workbench.shown import (
    REFUSALS,
    counted,
    current,
    drafter,
    judged,
    may_change_file,
    page,
    refusal,
)
from gehoor.web.workbench.verdicts import mistakes_of

pages = Blueprint(
    "new_chapter", __name__, url_prefix="/medewerker/werkplaats/voorstel/<proposal>/verslag/<report>/erbij"
)

Answer: TypeAlias = "Response | str | tuple[str, int]"
_MOST_FIELDS: Final = 8
_ONLY_TOTAL: Final = "totaal"
_PUBLIC: Final = "openbaar"


@pages.get("")
@allow(Policy.PROPOSAL)
def ask(proposal: str, report: str) -> Answer:
    """Ask what comes."""
    key = request.args.get("hoofdstuk")
    if key is not None and chapter_called(report_in(report), key) is None:
        abort(404)
    return _page(report, TypedTable(chapter=key), {}, {})


@pages.post("")
@allow(Policy.PROPOSAL)
@text_room(naam=None, titel=None, schrijf=None)
def add(proposal: str, report: str) -> Answer:
    """Add a chapter, with a table or without; or a table to a chapter; or ask about one field more."""
    seen, form = current(), request.form
    typed = _typed()
    tree = form.get("gezien", seen.proposal.tree)
    given: dict[str, list[str]] = {}
    try:
        draft = table_draft(seen.sources, report, replace(typed, chapter=_there(report, typed)))
        given = given_in(draft.table, form)
        if "nog" in form or NARROWS in form:
            more = NARROWS not in form
            return _page(report, _with_field(typed) if more else typed, given, {}, more=more)
        if typed.chapter is not None and not _is_as_shown(report, typed.chapter, tree):
            raise ChangedOtherwiseError(())
        counts = is_said(draft, given)
        wrong: Mapping[str, str] = _wanting(typed, draft, given, counts=counts)
        files: Mapping[str, bytes] = {}
        if not wrong:
            files, wrong = _whole(seen.sources, report, typed, (draft, given), counts=counts)
        if wrong:
            return _page(report, typed, given, wrong), 422
        what = (
            _("hoofdstuk “%(title)s” toegevoegd aan het verslag", title=typed.title)
            if typed.title
            else _("een tabel toegevoegd aan het verslag")
        )
        edit = Edit(seen.proposal.id, seen.proposal.tree, files, str(what))
        change_files(site().runtime, edit, me().name, now())
    except NoSuchPlaceError:
        abort(404)
    except SheetRefusedError as error:
        return _page(report, typed, given, {error.word: why_refused(error)}), 422
    except ChangedOtherwiseError:
        return _page(report, typed, given, {"": changed_meanwhile(tree)}), 409
    except REFUSALS as error:
        return _page(report, typed, given, {"": refusal(error)}), 409
    key = typed.chapter or typed.title
    where = url_for(
        "adapted_report.show",
        proposal=proposal,
        report=report,
        gedaan="gewijzigd",
        bij=key,
        _anchor=anchor(key),
    )
    return redirect(where, 303)


def _there(report: str, typed: TypedTable) -> str | None:
    """Return the chapter that a table comes in, where there still is one; else any can be shown beside what was
    typed."""
    chapters = report_in(report).chapters
    if typed.chapter is None or typed.chapter in {one.key for one in chapters}:
        return typed.chapter
    return chapters[0].key if chapters else None


def _is_as_shown(report: str, key: str, tree: str) -> bool:
    """Say whether the chapter that a table comes in is still the one that the page showed."""
    before, after = chapter_called(report_shown(report, tree), key), chapter_called(report_in(report), key)
    return (
        before is not None
        and after is not None
        and (before.title, before.dropped)
        == (
            after.title,
            after.dropped,
        )
    )


def _typed() -> TypedTable:
    form = request.form
    fields = [one for one in form.getlist("veld") if one][:_MOST_FIELDS]
    return TypedTable(
        form.get("hoofdstuk"),
        one_line(form.get("titel", "")),
        one_line(form.get("schrijf", "")),
        tuple(dict.fromkeys(fields)),
        form.get(_PUBLIC, "") == "ja",
        form.get(_ONLY_TOTAL, "") == "ja",
    )


def _with_field(typed: TypedTable) -> TypedTable:
    more = request.form.get("nog-een", "")
    fields = tuple(dict.fromkeys((*typed.fields, *([more] if more else ()))))[:_MOST_FIELDS]
    return replace(typed, fields=fields)


def _is_taken(title: str) -> bool:
    """Say whether a table of the report is called so; one that is left out may come back."""
    return any(title == table.title for one in report_in(_name()).chapters for table in one.tables)


def _wanting(
    typed: TypedTable, draft: TableDraft, given: Mapping[str, Sequence[str]], *, counts: bool
) -> dict[str, str]:
    """Return what is still to be said, by what asks it."""
    wrong: dict[str, str] = {}
    if typed.chapter is None:
        wrong["titel"] = wrong_title(typed.title, report_in(_name()))
        wrong["schrijf"] = wrong_text(typed.asks)
        if not typed.asks and not counts:
            wrong["schrijf"] = str(_("Zeg wat hier geschreven wordt, of wat de tabel telt."))
        wrong = {word: said for word, said in wrong.items() if said}
    name = next(one.word for one in draft.first if one.keyword == "name")
    is_table = counts or typed.chapter is not None
    if is_table and not any(map(str.strip, given.get(name, ()))):
        wrong[name] = str(_("Geef de tabel een naam."))
    elif is_table and _is_taken(one_line(given[name][0])):
        wrong[name] = str(_("Er is in dit verslag al een tabel met deze naam. Kies een andere."))
    if is_table and not typed.total and not has_rows(draft, given):
        wrong[draft.word("per")] = str(
            _(
                "Zonder rijen toont de tabel een enkel getal: het totaal. Kies wat in de rijen staat, of kruis aan dat "
                "alleen het totaal komt."
            )
        )
    for field, way, *texts in map(json.loads, given.get(draft.asks.word, ())):
        if way != "-" and ": " not in way and not any(map(str.strip, texts)):
            wrong[f"veld:{field}"] = str(_("Kies of typ waarmee het vergeleken wordt."))
    return wrong


def _name() -> str:
    return str((request.view_args or {})["report"])


def _whole(
    sources: Mapping[str, bytes],
    report: str,
    typed: TypedTable,
    made: tuple[TableDraft, Mapping[str, Sequence[str]]],
    *,
    counts: bool,
) -> tuple[Mapping[str, bytes], Mapping[str, str]]:
    """Return the files with all that was typed, and what is wrong with them."""
    draft, given = made
    if not counts and typed.chapter is None:
        return table_draft(sources, report, typed, table=False).files, {}
    files = dict(draft.files)
    said = {**given, draft.word("internal"): ["" if typed.public else "ja"]}
    filled = SheetEdit(Act.FILL, draft.file, draft.table.path, said)
    files |= drafter().edit({**sources, **files}, current().proposal.organisation, filled).files
    found = mistakes_of(sources, {**sources, **files}, draft.file, draft.table.path)
    return files, ({found.word: found.sentence} if found else {})


def _page(
    report: str,
    typed: TypedTable,
    given: Mapping[str, Sequence[str]],
    faults: Mapping[str, str],
    *,
    more: bool = False,
) -> str:
    """``more``: one field more is asked about."""
    seen, shown = current(), report_in(report)
    there = replace(typed, chapter=_there(report, typed))
    try:
        draft = table_draft(seen.sources, report, there)
    except NoSuchPlaceError:
        abort(404)
    except SheetRefusedError:
        # What was typed cannot stand in a file: it is shown again, beside a table that says nothing.
        draft = table_draft(seen.sources, report, TypedTable(there.chapter))
    # What was proposed to be able to show the table, nobody said.
    told = {one.word: [""] for one in draft.first if one.keyword == "name"} | dict(given)
    here = {one.word for one in (*draft.first, *draft.more)}
    word = next((one for one in faults if one in here), "")
    names = field_names(drafter().field_places(seen.sources, seen.proposal.organisation))
    chapter = chapter_called(shown, typed.chapter) if typed.chapter is not None else None
    return page(
        "new_chapter.html",
        seen,
        shown=shown,
        mine=all(may_change_file(seen, file) for file in shown.files),
        typed=typed,
        chapter=chapter,
        # The chapter that it was for is gone, or is called otherwise by now: somebody says in which one it comes.
        choose=[one for one in shown.chapters if not one.dropped] if _is_lost(typed, chapter) else [],
        for_table=typed.chapter is not None,
        begun=draft,
        given=told,
        rows=rows_typed(draft.asks, given),
        asked=_named(draft.asks, names),
        **narrowing(url_for(".add", proposal=seen.proposal.id, report=report), counts=True),
        may_be_public=chapter is None or not chapter.internal,
        more=more,
        faults=faults,
        summary=_summary(draft, faults, here),
        field_fault=faults.get(word, "") if word else "",
        fault_word=word,
        per=draft.word("per"),
        prefix=PREFIX,
        rows_typed=rows_typed,
        told={},
        sheet=draft.table,
        count=counted(judged(seen)),
    )


def _summary(draft: TableDraft, faults: Mapping[str, str], here: set[str]) -> list[tuple[str, str]]:
    """Return everything that is wrong, as it is said above the form, each with where it stands (empty: nowhere)."""
    rows = {f"veld:{row.field}": f"v-{number}" for number, row in enumerate(draft.asks.asked, 1)}
    found = []
    for at, sentence in faults.items():
        place = at if at in ("titel", "schrijf") else rows.get(at, "")
        found.append((f"w-{at.replace(' ', '_')}" if at in here else place, sentence))
    return found


def _is_lost(typed: TypedTable, chapter: AdaptedChapter | None) -> bool:
    return typed.chapter is not None and chapter is None


def _named(asks: Control, names: FieldNames) -> Control:
    """Return what a condition asks, each field called as people know it."""
    rows = tuple(replace(one, label=names.names.get(one.field, one.label)) for one in asks.asked)
    return replace(asks, asked=rows)
