"""Self-assessment: what is asked held against an agreement and the dossiers of a year: shown, missing, or open.

What nothing here can show is left open for somebody to answer: it is never taken for shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.agreement.terms import Term
from gehoor.core.analysis.law import Certainty, Demand
from gehoor.core.analysis.law_comparison import YEARS_TRIED, laxer_than
from gehoor.core.analysis.requirements import Evidence, Share
from gehoor.core.calendar.durations import Duration
from gehoor.core.calendar.holidays import FIRST_YEAR, LAST_YEAR
from gehoor.core.conditions.evaluate import holds
from gehoor.core.figures.counted import ON_TIME, RUNNING, Counted
from gehoor.core.figures.counting import term_standings

FEWEST: Final = 5
"""Of fewer dossiers no share is told: it would be about somebody."""


class Standing(StrEnum):
    """How something that is asked stands."""

    SHOWN = "shown"
    GAP = "gap"
    PARTLY = "partly"
    OPEN = "open"
    """Nobody can tell: a person has to answer, or too few dossiers say it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one piece of evidence says of one agreement. ``key``: what the sentences of the agreement begin with that
    show it; ``percent``: of a share, what it is."""

    standing: Standing
    key: str = ""
    percent: int | None = None


def agreed_finding(agreement: Agreement, evidence: Evidence) -> Finding:
    """Return what an agreement says of evidence that is not about dossiers, and asks nobody."""
    if evidence.demand is not None:
        return _of_demand(agreement, evidence.demand)
    if evidence.term:
        return _of_term(agreement, evidence)
    key = ""
    if evidence.medium:
        found = [one.id for one in agreement.channels.values() if one.medium == evidence.medium]
        key = f"channels/{found[0]}" if found else ""
    elif evidence.meanings:
        named = [agreement.field_for(one) for one in evidence.meanings]
        key = next((_field_key(one) for one in named if one), "")
    elif evidence.milestone:
        key = f"milestones/{evidence.milestone}" if evidence.milestone in agreement.milestones else ""
    elif evidence.agreed:
        key = evidence.agreed if _how_many(agreement, evidence.agreed) >= evidence.least else ""
    return Finding(Standing.SHOWN if key else Standing.GAP, key)


def _field_key(name: str) -> str:
    return f"forms/{DOSSIER_FORM}/properties/{name}"


def _how_many(agreement: Agreement, section: str) -> int:
    """Return how many things are agreed in a part of the agreement."""
    counts: Mapping[str, int] = {
        "complaint": int(bool(agreement.complaint.description)),
        "kinds": len(agreement.kinds),
        "questions": len(agreement.questions),
        "channels": len(agreement.channels),
        "roles": len(agreement.roles),
        "rights": len(agreement.rights),
        "confidentiality": len(agreement.confidentiality),
        "retention": len(agreement.retention),
        "second-line": len(agreement.second_line),
        "notices": len(agreement.notices),
        "correspondence": len(agreement.correspondence),
        "reports": len(agreement.reports),
        "rules": len(agreement.rules),
        "tasks": len(agreement.tasks),
        "translations": len(agreement.translations),
        "withdraw": int(agreement.belonging.withdrawing is not None),
    }
    return counts[section]


def _of_term(agreement: Agreement, evidence: Evidence) -> Finding:
    terms = [one for one in agreement.terms.values() if evidence.term in (one.id, one.held_against)]
    if not terms:
        return Finding(Standing.GAP)
    if evidence.at_most is not None and any(_is_longer(one, evidence.at_most, agreement) for one in terms):
        return Finding(Standing.PARTLY, f"terms/{terms[0].id}")
    return Finding(Standing.SHOWN, f"terms/{terms[0].id}")


def _is_longer(term: Term, most: Duration, agreement: Agreement) -> bool:
    demand = Demand("", "", "", Certainty.CERTAIN, term.id, at_most=most)
    return any(laxer_than(term, demand, _first_year(agreement), from_receipt=True))


def _of_demand(agreement: Agreement, demand: Demand) -> Finding:
    if demand.codes:
        for name, field in agreement.dossier_form.fields.items():
            if set(demand.codes) <= {one.code for one in field.choices if not one.retired}:
                return Finding(Standing.SHOWN, _field_key(name))
        return Finding(Standing.GAP)
    if demand.meanings or demand.medium:
        return agreed_finding(agreement, Evidence(meanings=demand.meanings, medium=demand.medium))
    terms = [one for one in agreement.terms.values() if (one.held_against or one.id) == demand.term]
    if not terms:
        return Finding(Standing.SHOWN if demand.only_if_present else Standing.GAP)
    laxer = any(
        any(laxer_than(one, demand, _first_year(agreement), from_receipt=_from_receipt(one, agreement)))
        for one in terms
    )
    return Finding(Standing.PARTLY if laxer else Standing.SHOWN, f"terms/{terms[0].id}")


def _from_receipt(term: Term, agreement: Agreement) -> bool:
    start = agreement.milestones.get(term.starts)
    return start is not None and not term.other_starts and start.field == agreement.field_for("received-on")


def _first_year(agreement: Agreement) -> int:
    agreed = agreement.complaint.agreed_on
    return min(max(agreed.year if agreed else FIRST_YEAR, FIRST_YEAR), LAST_YEAR - YEARS_TRIED - 1)


def share_finding(share: Share, counted: Iterable[Counted]) -> Finding:
    """Return what the dossiers of a year say of a share."""
    of, right = 0, 0
    for one in counted:
        if share.only is not None and not holds(share.only, one.typed):
            continue
        if share.in_time:
            stood = [each for each in term_standings(share.in_time, one) if each != RUNNING]
            of += bool(stood)
            right += bool(stood) and all(each == ON_TIME for each in stood)
        else:
            of += 1
            right += share.which is not None and holds(share.which, one.typed)
    if of < FEWEST:
        return Finding(Standing.OPEN)
    percent = right * 100 // of
    return Finding(Standing.SHOWN if right * 100 >= share.percent * of else Standing.GAP, "", percent)


def together(standings: Sequence[Standing]) -> Standing:
    """Return how something stands that several things have to show: a gap counts most, then what is open."""
    for one in (Standing.GAP, Standing.PARTLY, Standing.OPEN):
        if one in standings:
            return one
    return Standing.SHOWN
