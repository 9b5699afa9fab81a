"""What the parts of a department must make together: fields kept, moments as dates, deputies without a circle."""

from __future__ import annotations

from gehoor.core.agreement import DOSSIER_FORM
from gehoor.core.deadlines import DeadlineError
from gehoor.core.fields import kind_of
from gehoor.core.problems import Problem, Severity
from gehoor.core.term_building import build_calendar, build_term
from gehoor.loading.canonical import Path
from gehoor.loading.sourced import Sourced
from gehoor.loading.typed_values import codes_of


def consistency_problems(whole: Sourced) -> list[Problem]:
    """Return what contradicts itself in the whole of a department."""
    return [
        *_lost_fields(whole),
        *_milestones_without_date(whole),
        *_unreachable_phases(whole),
        *_deputy_circles(whole),
        *_kinds_without_code(whole),
        *_broken_terms(whole),
    ]


def _lost_fields(whole: Sourced) -> list[Problem]:
    kept = whole.at(("forms", DOSSIER_FORM, "properties"))
    problems = []
    for form in whole.data["forms"]:
        for name, field in whole.at(("forms", form, "properties")).items():
            path: Path = ("forms", form, "properties", name)
            if name not in kept:
                problems.append(Problem(whole.spot(path).key, "veld-niet-in-dossier", {"value": name}))
            elif kind_of(field) != kind_of(kept[name]):
                problems.append(Problem(whole.spot(path).key, "veld-anders-dan-dossier", {"value": name}))
    return problems


def _milestones_without_date(whole: Sourced) -> list[Problem]:
    fields = whole.at(("forms", DOSSIER_FORM, "properties"))
    problems = []
    for name, milestone in whole.data["milestones"].items():
        if kind_of(fields[milestone["field"]]) not in ("date", "instant"):
            spot = whole.spot(("milestones", name, "field"))
            details = {"word": milestone["field"], "found": "geen datum", "wanted": "een veld met een datum"}
            problems.append(Problem(spot.value, "regel-past-niet", details))
    return problems


def _unreachable_phases(whole: Sourced) -> list[Problem]:
    """A phase opens after a milestone whose field stands in a phase that can be open by then."""
    fields = whole.at(("forms", DOSSIER_FORM, "properties"))
    phases, milestones = whole.data["phases"], whole.data["milestones"]
    open_phases = {name for name, phase in phases.items() if not phase.get("opens-after")}
    grown = True
    while grown:
        reachable = {m for m, data in milestones.items() if fields[data["field"]]["phase"] in open_phases}
        more = {name for name, phase in phases.items() if phase.get("opens-after") in reachable} - open_phases
        open_phases |= more
        grown = bool(more)
    return [
        Problem(
            whole.spot(("phases", name, "opens-after")).value,
            "onbereikbare-fase",
            {"value": name, "milestone": phase["opens-after"]},
        )
        for name, phase in phases.items()
        if name not in open_phases
    ]


def _deputy_circles(whole: Sourced) -> list[Problem]:
    """Two who stand in for each other are fine, a role that stands in for itself is not."""
    return [
        Problem(whole.spot(("roles", name, "deputy")).value, "kring", {"chain": f"{name} vervangt zichzelf"})
        for name, role in whole.data["roles"].items()
        if role.get("deputy") == name
    ]


def _kinds_without_code(whole: Sourced) -> list[Problem]:
    fields = whole.at(("forms", DOSSIER_FORM, "properties"))
    field = next(data for data in fields.values() if data.get("meaning") == "message-kind")
    codes = codes_of(field) or set()
    return [
        Problem(whole.spot(("kinds", kind)).key, "soort-zonder-keuze", {"value": kind})
        for kind in whole.data["kinds"]
        if kind not in codes
    ]


def _broken_terms(whole: Sourced) -> list[Problem]:
    problems = []
    calendar = build_calendar(whole.data["calendar"])
    for name, data in whole.data["terms"].items():
        bare = {key: value for key, value in data.items() if not key.endswith("-if")}
        try:
            build_term(name, bare, calendar, whole.data["organisation"]["time-zone"], {}, "")
        except DeadlineError:
            problems.append(Problem(whole.spot(("terms", name)).key, "termijn-kan-niet", {"value": name}))
        if not data.get("late"):
            spot = whole.spot(("terms", name)).key
            problems.append(Problem(spot, "niemand-verwittigd", {"value": name}, Severity.WARNING))
    return problems
