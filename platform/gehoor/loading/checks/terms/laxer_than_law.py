"""Terms and code lists, held against the laws that an organisation says it is under."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.agreement.terms import Term
from gehoor.core.analysis.law import Certainty, Demand, build_demand
from gehoor.core.analysis.law_comparison import YEARS_TRIED, Laxer, Laxity, laxer_than
from gehoor.core.calendar.holidays import FIRST_YEAR, LAST_YEAR
from gehoor.core.text.problems import Problem, Severity
from gehoor.core.text.suggestions import hint, listed
from gehoor.core.wording.registry import DUTCH
from gehoor.loading.checks.analysis.guideline import guideline
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Spot
from gehoor.loading.workspace.organisation import OrganisationFiles

_PLACES: Final[Mapping[Laxity, str]] = {
    Laxity.START: "from",
    Laxity.TERM: "within",
    Laxity.EXTENDED: "extend",
    Laxity.EXTENSION: "extend",
    Laxity.CONSENT: "further-delay",
    Laxity.SUSPENSION: "suspend",
}
_REASONS: Final[Mapping[Laxity, str]] = {
    Laxity.START: "hij begint niet bij de ontvangst van het bericht",
    Laxity.TERM: "wat u ontvangt op {start}, moet bij u klaar zijn op {own}, en volgens de eis op {legal}",
    Laxity.EXTENDED: "wat u ontvangt op {start}, moet met alle verlenging bij u klaar zijn op {own}, en volgens de eis "
    "op {legal}",
    Laxity.EXTENSION: "hij kan verlengd worden, en de eis kent geen verlenging",
    Laxity.CONSENT: "na de verlenging kan er nog uitstel zijn, en de eis kent dat niet",
    Laxity.SUSPENSION: "hij kan stilstaan, en de eis kent dat niet",
}
_STATUS: Final[Mapping[Certainty, str]] = {
    Certainty.CERTAIN: "Dit staat in: {source}.",
    Certainty.LIKELY: "Dit staat waarschijnlijk in: {source}.",
    Certainty.TO_CONFIRM: "Dit staat niet vast. Uw organisatie moet het nog bevestigen, bij: {source}.",
}


def law_problems(whole: Sourced, agreement: Agreement, files: OrganisationFiles) -> list[Problem]:
    """Return where the agreement is laxer than a law in use, as warnings with the source and an example."""
    demands = [
        (build_demand(name, data), spot)
        for law, spot in files.law_of(agreement.department)
        for name, data in files.law[law].canonical.data["demands"].items()
    ]
    known = {demand.term for demand, _ in demands} | {demand.term for demand in guideline().values()}
    unknown = [*_unknown_demands(whole, agreement, known)]
    # What a term with a misspelled demand is held against is not known.
    return unknown or [*_held(whole, agreement, demands)]


def _unknown_demands(whole: Sourced, agreement: Agreement, known: set[str]) -> Iterator[Problem]:
    for name, term in agreement.terms.items():
        if term.held_against and term.held_against not in known:
            details = {"what": "De eis", "value": term.held_against, "hint": hint(term.held_against, known)}
            spot = whole.spot(("terms", name, "held-against"))
            yield Problem(spot.value, "verwijst-naar-niets", details)


def _held(whole: Sourced, agreement: Agreement, demands: list[tuple[Demand, Spot]]) -> Iterator[Problem]:
    absent: set[str] = set()
    for demand, spot in demands:
        if demand.codes:
            yield from _codes(whole, agreement, demand, spot)
            continue
        terms = [term for term in agreement.terms.values() if (term.held_against or term.id) == demand.term]
        for term in terms:
            yield from _laxer(whole, agreement, term, demand)
        if not terms and not demand.only_if_present and demand.term not in absent:
            absent.add(demand.term)
            reason = f"u hebt geen termijn '{demand.term}'"
            yield _more(demand, spot, reason)


def _laxer(whole: Sourced, agreement: Agreement, term: Term, demand: Demand) -> Iterator[Problem]:
    start = agreement.milestones.get(term.starts)
    from_receipt = (
        start is not None and not term.other_starts and start.field == agreement.field_for("received-on")
    )
    for found in laxer_than(term, demand, _first_year(agreement), from_receipt=from_receipt):
        key = _PLACES[found.laxity]
        path = ("terms", term.id, _start(term) if key == "from" else key)
        details = {
            "value": term.id,
            "demand": demand.name,
            "reason": _reason(found),
            "status": _status(demand),
        }
        yield Problem(whole.spot(path).key, "ruimer-dan-de-wet", details, Severity.WARNING)


def _start(term: Term) -> str:
    """Return the keyword that says where a term starts."""
    if term.day:
        return "at-latest"
    return "as-soon-as" if term.begins_if else "from-term" if term.from_term else "from"


def _first_year(agreement: Agreement) -> int:
    """Return the year from which terms are tried: that of the agreement, as far as its holidays are known."""
    agreed = agreement.complaint.agreed_on
    return min(max(agreed.year if agreed else FIRST_YEAR, FIRST_YEAR), LAST_YEAR - YEARS_TRIED - 1)


def _reason(found: Laxer) -> str:
    days = {"start": found.start, "own": found.own, "legal": found.legal}
    return _REASONS[found.laxity].format(**{key: _shown(day) for key, day in days.items()})


def _shown(day: date | None) -> str:
    return DUTCH.formats.day(day) if day else ""


def _status(demand: Demand) -> str:
    said = _STATUS[demand.certainty].format(source=demand.source)
    return f"{said} {demand.explanation}".strip()


def _codes(whole: Sourced, agreement: Agreement, demand: Demand, spot: Spot) -> Iterator[Problem]:
    """Some code list must offer them all; the one that offers most of them is the one that is meant."""
    wanted = set(demand.codes)
    offered = {
        name: wanted.intersection(choice.code for choice in field.choices if not choice.retired)
        for name, field in agreement.dossier_form.fields.items()
    }
    nearest = max(offered, key=lambda name: len(offered[name]))
    missing = [code for code in demand.codes if code not in offered[nearest]]
    if not offered[nearest]:
        yield _more(demand, spot, f"geen enkele keuzelijst heeft {listed(demand.codes)}")
    elif missing:
        field = whole.spot(("forms", DOSSIER_FORM, "properties", nearest))
        yield _more(demand, field, f"in de keuzelijst van '{nearest}' ontbreekt {listed(missing)}")


def _more(demand: Demand, spot: Spot, reason: str) -> Problem:
    details = {"demand": demand.name, "reason": reason, "status": _status(demand)}
    return Problem(spot.key, "wet-vraagt-meer", details, Severity.WARNING)


CHECK = Check(
    Pass.ANALYSIS,
    ("verwijst-naar-niets", "ruimer-dan-de-wet", "wet-vraagt-meer"),
    lambda on: law_problems(on.whole, on.agreement, on.files),
)
