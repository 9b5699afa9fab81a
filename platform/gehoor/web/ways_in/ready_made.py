"""Een ander verslag gebruiken, een andere norm kiezen: what organisations share, used by a button or no longer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.core.proposals.asking import AdaptedChapter, Lack, ReadyMade
from gehoor.services.ports.drafting import Act, EditedFiles, SheetEdit, SheetRefusedError
from gehoor.services.proposals.changing import LONGEST_TITLE, Edit, begin_proposal, change_files
from gehoor.services.proposals.looking import InForceFiles, files_in_force, see_proposal
from gehoor.services.proposals.rights import NoAgreementsError
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.staff.figures.assessment_words import certainty_word
from gehoor.web.workbench.places import why_refused
from gehoor.web.workbench.shown import REFUSALS, drafter, organisation_name, refusal

pages = Blueprint("ready_made", __name__, url_prefix="/medewerker/werkplaats/kiezen/<organisation>/<kind>")

Answer: TypeAlias = "Response | str | tuple[str, int]"
_SECTIONS: Final[Mapping[str, str]] = {"verslagen": "reports", "zelfbeoordeling": "standards"}
"""Which part of what an organisation uses an address is about."""
_REPORTS: Final = "reports"


@pages.get("")
@allow(Policy.MAKES)
def choose(organisation: str, kind: str) -> Answer:
    """Show what can be used, and what is."""
    return _page(organisation, kind, "")


@pages.post("")
@allow(Policy.MAKES)
def use(organisation: str, kind: str) -> Answer:
    """Use a report or a standard, or no longer, in a proposal that is open or a new one."""
    files = _files(organisation)
    act = Act.LEAVE if "stop" in request.form else Act.USE
    name = request.form.get("stop" if act is Act.LEAVE else "gebruik", "")
    chosen = next((one for one in _offered(files, organisation, kind) if one.name == name), None)
    if chosen is None or not all(map(files.may_change, chosen.files)):
        abort(404)
    into = request.form.get("voorstel", "")
    if into and into not in {one.id for one in files.open}:
        abort(404)
    try:
        proposal = _proposed(files, (organisation, into), chosen, act)
    except SheetRefusedError as error:
        return _page(organisation, kind, why_refused(error)), 422
    except REFUSALS as error:
        return _page(organisation, kind, refusal(error)), 409
    return redirect(url_for("proposal_page.show", proposal=proposal, gedaan="gewijzigd"), 303)


def _proposed(files: InForceFiles, place: tuple[str, str], chosen: ReadyMade, act: Act) -> str:
    """Return the proposal in which something is used, or no longer."""
    (organisation, into), runtime, name = place, site().runtime, me().name
    if into:
        seen = see_proposal(runtime, into, name, now())
        proposal, sources = seen.proposal, seen.sources
        changed = _Changed(organisation, sources).made(chosen, act)
    else:
        # What cannot be written is known before a proposal begins that would stay empty.
        changed = _Changed(organisation, files.sources).made(chosen, act)
        proposal = begin_proposal(runtime, organisation, _said(chosen, act)[:LONGEST_TITLE], name, now())
    change_files(runtime, Edit(proposal.id, proposal.tree, changed, _said(chosen, act)), name, now())
    return proposal.id


def _said(chosen: ReadyMade, act: Act) -> str:
    if act is Act.LEAVE:
        return str(_("%(title)s niet meer gebruiken", title=chosen.title))
    return str(_("%(title)s gebruiken", title=chosen.title))


@dataclass(frozen=True)
class _Changed:
    """Files in which something is used or no longer."""

    organisation: str
    sources: Mapping[str, bytes]

    def made(self, chosen: ReadyMade, act: Act) -> Mapping[str, bytes]:
        """Return the files that change: of a report without the tables that nobody could count here, as a proposal with
        faults is of no use to who does not know files."""
        wanted = SheetEdit(act, "", (), name=chosen.name, kind=chosen.section)
        files = dict(self._edited({}, wanted).files)
        if act is Act.USE and chosen.lacks:
            for report in chosen.ids:
                files |= self._countable(files, report, chosen.lacks)
        return files

    def _countable(
        self, files: Mapping[str, bytes], report: str, lacks: tuple[Lack, ...]
    ) -> Mapping[str, bytes]:
        gone = {table for one in lacks for table in one.tables}
        begun = self._edited(files, SheetEdit(Act.ADAPT, "", (), name=report))
        files = {**files, **begun.files}
        file = next(iter(begun.files))
        found = drafter().reports({**self.sources, **files}, self.organisation)
        shown = next(one for one in found if one.name == report)
        for chapter in shown.chapters:
            at = (*begun.path, chapter.index)
            for keyword, texts in _left_out(chapter, gone):
                sheet = drafter().sheet({**self.sources, **files}, self.organisation, file, at)
                word = next(one.word for one in (*sheet.controls, *sheet.more) if one.keyword == keyword)
                filled = SheetEdit(Act.FILL, file, at, {word: texts})
                files = {**files, **self._edited(files, filled).files}
        return files

    def _edited(self, files: Mapping[str, bytes], wanted: SheetEdit) -> EditedFiles:
        return drafter().edit({**self.sources, **files}, self.organisation, wanted)


def _left_out(chapter: AdaptedChapter, gone: set[str]) -> Iterator[tuple[str, list[str]]]:
    titles = [one.title for one in chapter.tables]
    left = [one for one in titles if one in gone]
    if left and left == titles and not chapter.asks:
        yield "dropped", ["ja"]
    elif left:
        yield "without", left


def _files(organisation: str) -> InForceFiles:
    drafter()
    try:
        return files_in_force(site().runtime, organisation, me().name, now())
    except NoAgreementsError:
        abort(404)


def _offered(files: InForceFiles, organisation: str, kind: str) -> list[ReadyMade]:
    if kind not in _SECTIONS or not files.rights.any(Action.PROPOSE):
        abort(404)
    if not files.sources:
        return []
    found = drafter().ready_made(files.sources, organisation)
    return [one for one in found if one.section == _SECTIONS[kind]]


def _page(organisation: str, kind: str, fault: str) -> str:
    files = _files(organisation)
    offered = _offered(files, organisation, kind)
    return render_template(
        "workbench/ready_made.html",
        organisation=organisation,
        organisation_name=organisation_name(organisation),
        is_report=_SECTIONS[kind] == _REPORTS,
        free=[one for one in offered if not one.used],
        used=[one for one in offered if one.used],
        open=files.open,
        into=request.form.get("voorstel", ""),
        mine=all(files.may_change(file) for one in offered for file in one.files[:1]),
        has_files=bool(files.sources),
        may_change=files.may_change,
        certainty_word=certainty_word,
        lacking=_lacking,
        fault=fault,
    )


def _lacking(one: Lack) -> str:
    """Return what is missing, and what does not come for it."""
    what = one.name.replace("_", " ").replace(".", ": ")
    kinds: Mapping[str, str] = {
        "milestones": _("Bij u is er geen mijlpaal “%(name)s”.", name=what),
        "terms": _("Bij u is er geen termijn “%(name)s”.", name=what),
    }
    missing = kinds.get(one.group) or _("Bij u is er geen veld voor “%(name)s”.", name=what)
    if not one.tables:
        then = _("Daar telt heel dit verslag naar: zo kan het bij u niet.")
    else:
        tables = ", ".join(f"“{table}”" for table in one.tables)
        then = _("Daarom komt niet mee: %(tables)s.", tables=tables)
    return f"{missing} {then}"
