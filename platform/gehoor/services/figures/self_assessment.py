"""Self-assessment: a standard held against what is agreed and the dossiers of a year, with what people answered.

What somebody answered is kept with their name and the day, for the organisation as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from gehoor.core.agreement.actions import Action
from gehoor.core.analysis.requirements import Evidence, Requirement, Share, Standard, standards_of
from gehoor.core.dossier.events import instant_text
from gehoor.core.figures.assessment import Finding, Standing, agreed_finding, share_finding, together
from gehoor.core.figures.counted import Period
from gehoor.core.reports.model import ReportTable
from gehoor.core.wording.registry import sentences_in
from gehoor.services.figures.looking import Looking, Place, looking, today_in
from gehoor.services.figures.reckoning import counted_in
from gehoor.services.figures.report_records import ASSESSMENT, ReportRecord, report_record, save_report
from gehoor.services.ports.records import Account
from gehoor.services.register.register import Register, writing
from gehoor.services.register.runtime import Runtime

LONGEST: Final = 4000
"""So many characters can be answered."""
VERDICTS: Final[Mapping[str, Standing]] = {
    "yes": Standing.SHOWN,
    "partly": Standing.PARTLY,
    "no": Standing.GAP,
}
"""What somebody answers, and what that says."""


class NoSuchStandardError(LookupError):
    """There is no such standard, or no such question in it, for who asks."""


class AnsweredMeanwhileError(Exception):
    """Somebody else answered meanwhile. ``theirs``: what stands there now."""

    def __init__(self, theirs: str) -> None:
        super().__init__(theirs)
        self.theirs = theirs


@dataclass(frozen=True, slots=True)
class Part:
    """What one piece of evidence comes to. ``lacking``: the departments (their names) where it is not so; ``shown``:
    the sentences of the agreement that show it, and in which part of it (``chapter``, from 1) of which department
    (``place``) they stand; ``answer``: what somebody said, with who (an account) and when."""

    evidence: Evidence
    standing: Standing
    lacking: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    chapter: int = 0
    place: str = ""
    percent: int | None = None
    answer: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """A requirement, and how it stands."""

    requirement: Requirement
    standing: Standing
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """A standard, held against an organisation: its departments by name, over the year ``year``."""

    organisation: str
    organisation_name: str
    standard: Standard
    year: int
    departments: Mapping[str, str]
    lines: tuple[Line, ...]

    @property
    def themes(self) -> Mapping[str, tuple[Line, ...]]:
        """Return the requirements by what they belong to, in their order."""
        found: dict[str, list[Line]] = {}
        for one in self.lines:
            found.setdefault(one.requirement.theme, []).append(one)
        return {theme: tuple(lines) for theme, lines in found.items()}

    def asks(self, requirement: str, number: int) -> bool:
        """Say whether it asks a person something: of a requirement, the piece of evidence at this place (from 0)."""
        one = self.standard.requirements.get(requirement)
        return one is not None and 0 <= number < len(one.shown_by) and bool(one.shown_by[number].asked)

    def count(self, standing: Standing) -> int:
        """Return how many requirements stand so."""
        return sum(one.standing is standing for one in self.lines)


def offered_standards(runtime: Runtime, account: Account, now: datetime) -> list[Assessment]:
    """Return what an account may hold its organisations against, without having counted anything."""
    with looking(runtime, account, now, Action.MAKE_REPORTS) as seen:
        found: dict[tuple[str, str], Assessment] = {}
        for place, agreement in seen.agreements.items():
            for name in agreement.standards:
                key = place[0], name
                if key not in found:
                    found[key] = assess(seen, key, counts=False)
        return list(found.values())


def assessment_of(
    runtime: Runtime, account: Account, now: datetime, asked: tuple[str, str], *, counts: bool = True
) -> Assessment:
    """Return a standard held against an organisation. ``asked``: the organisation and the standard; without ``counts``
    no dossiers are counted. Raises ``NoSuchStandardError``."""
    with looking(runtime, account, now, Action.MAKE_REPORTS) as seen:
        return assess(seen, asked, counts=counts)


def assess(seen: Looking, asked: tuple[str, str], year: int = 0, *, counts: bool = True) -> Assessment:
    """Return a standard held against the departments that somebody looks at. ``year``: of which the dossiers are
    counted; 0: the last full one; without ``counts`` none are. Raises ``NoSuchStandardError``."""
    organisation, name = asked
    places = [
        one for one in seen.agreements if one[0] == organisation and name in seen.agreements[one].standards
    ]
    if not places:
        raise NoSuchStandardError(name)
    first = seen.agreements[places[0]]
    standard = standards_of(first)[name]
    over = year or today_in(seen, places[0]).year - 1
    answers = _answers(seen.register, organisation, name)
    agreed = _Agreed(seen, places)
    lines = []
    for requirement in standard.requirements.values():
        parts = tuple(
            _part(agreed, one, answers.get(f"{requirement.id}/{number}", {}), over if counts else 0)
            for number, one in enumerate(requirement.shown_by)
        )
        lines.append(Line(requirement, together([one.standing for one in parts]), parts))
    return Assessment(
        organisation,
        first.organisation_name,
        standard,
        over,
        {"/".join(one): seen.agreements[one].department_name for one in places},
        tuple(lines),
    )


@dataclass
class _Agreed:
    """The agreements that something is held against, and what they say in sentences."""

    seen: Looking
    places: Sequence[Place]
    _said: dict[Place, list[tuple[int, str, str]]] = field(default_factory=dict)

    def sentences(self, place: Place, key: str) -> tuple[tuple[str, ...], int]:
        """Return what an agreement says under a key, and in which part of it."""
        if place not in self._said:
            agreement = self.seen.agreements[place]
            whole = sentences_in(agreement.languages[0]).agreements.whole(agreement)
            self._said[place] = [
                (number, sentence.key, f"{item.title}: {sentence.text}" if item.title else sentence.text)
                for number, chapter in enumerate(whole, start=1)
                for item in chapter.items
                for sentence in item.sentences
            ]
        found = [
            (number, text)
            for number, said, text in self._said[place]
            if said == key or said.startswith(f"{key}/")
        ]
        return tuple(text for _, text in found[:2]), found[0][0] if found else 0


def _part(agreed: _Agreed, evidence: Evidence, answer: Mapping[str, str], year: int) -> Part:
    if evidence.asked:
        return Part(evidence, VERDICTS.get(answer.get("verdict", ""), Standing.OPEN), answer=answer)
    if evidence.share is not None:
        found = _counted(agreed, evidence.share, year) if year else Finding(Standing.OPEN)
        return Part(evidence, found.standing, percent=found.percent)
    by_place = {one: agreed_finding(agreed.seen.agreements[one], evidence) for one in agreed.places}
    standing = together([one.standing for one in by_place.values()])
    lacking = [one for one, found in by_place.items() if found.standing is not Standing.SHOWN]
    there = next((one for one, found in by_place.items() if found.key), None)
    shown, chapter = agreed.sentences(there, by_place[there].key) if there else ((), 0)
    every = len(lacking) == len(agreed.places)
    return Part(
        evidence,
        standing,
        () if every else tuple(agreed.seen.agreements[one].department_name for one in lacking),
        shown,
        chapter,
        "/".join(there) if there else "",
    )


def _counted(agreed: _Agreed, share: Share, year: int) -> Finding:
    asking = [ReportTable(name, "", only=one) for name, one in (("only", share.only), ("which", share.which))]
    asking.append(ReportTable("in-time", "", term=share.in_time))
    counted = counted_in(agreed.seen, agreed.places, Period.of_year(year), asking)
    return share_finding(share, counted)


def answer_question(
    runtime: Runtime,
    account: Account,
    now: datetime,
    asked: tuple[str, str, str, int],
    said: tuple[str, str, str],
) -> None:
    """Keep what somebody answers. ``asked``: the organisation, the standard, the requirement, and which of what shows
    it; ``said``: the verdict, the text, and what stood there (when it was kept) as they began. Raises
    ``NoSuchStandardError`` and ``AnsweredMeanwhileError``."""
    organisation, standard, requirement, number = asked
    verdict, text, before = said
    with looking(runtime, account, now, Action.MAKE_REPORTS) as seen:
        found = assess(seen, (organisation, standard), counts=False)
        if not found.asks(requirement, number) or verdict not in VERDICTS:
            raise NoSuchStandardError(requirement)
        year = found.year
    key = f"{requirement}/{number}"
    with writing(runtime.store) as register:
        name = _id(organisation, standard)
        record = report_record(register, name) or ReportRecord(
            name, organisation, standard, year, ASSESSMENT, found.standard.name
        )
        stands = record.texts.get(key, {})
        if stands.get("at", "") != before:
            raise AnsweredMeanwhileError(stands.get("text", ""))
        kept = {"verdict": verdict, "text": text[:LONGEST], "by": account.name, "at": instant_text(now)}
        save_report(register, replace(record, texts={**record.texts, key: kept}))


def _answers(register: Register, organisation: str, standard: str) -> Mapping[str, Mapping[str, str]]:
    record = report_record(register, _id(organisation, standard))
    return record.texts if record else {}


def _id(organisation: str, standard: str) -> str:
    return f"{ASSESSMENT}/{organisation}/{standard}"
