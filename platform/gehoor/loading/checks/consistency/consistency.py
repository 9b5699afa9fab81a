"""What the parts of a department must make together: answers that are kept, phases that open, terms that count."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.agreement.parse_terms import build_calendar, build_term
from gehoor.core.deadlines.due import DeadlineError
from gehoor.core.forms.fields import FieldType, kind_of, type_of
from gehoor.core.forms.parse import members_of
from gehoor.core.text.problems import Problem, Severity
from gehoor.loading.checks.references.code_lists import codes_of
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path


def consistency_problems(whole: Sourced) -> list[Problem]:
    """Return what contradicts itself in the whole of a department, of which every part is right by itself."""
    closed = [*_closing_days(whole)]
    return [
        *_lost_fields(whole),
        *_circles_of_fields(whole),
        *_milestones_without_date(whole),
        *_unreachable_phases(whole),
        *_own_deputies(whole),
        *_kinds_without_code(whole),
        *closed,
        # Terms are counted with the calendar.
        *([] if closed else _broken_terms(whole)),
        *_term_circles(whole),
    ]


def _lost_fields(whole: Sourced) -> Iterator[Problem]:
    kept = whole.at(("forms", DOSSIER_FORM, "properties"))
    for form in whole.data["forms"]:
        for name, field in whole.at(("forms", form, "properties")).items():
            path: Path = ("forms", form, "properties", name)
            if name not in kept:
                yield Problem(whole.spot(path).key, "veld-niet-in-dossier", {"value": name})
            elif kind_of(field) != kind_of(kept[name]) or not _kinds_in_rows(field) <= _kinds_in_rows(
                kept[name]
            ):
                yield Problem(whole.spot(path).key, "veld-anders-dan-dossier", {"value": name})


def _kinds_in_rows(field: Mapping[str, Any]) -> set[tuple[str, str | None]]:
    """Give what each row of a list of groups asks; a form may ask less of it than the dossier, never more."""
    return {(name, kind_of(member)) for name, member in members_of(field).items()}


def _circles_of_fields(whole: Sourced) -> Iterator[Problem]:
    """A field stands after one field, so a circle is found by walking on from each."""
    for form, content in whole.data["forms"].items():
        after = {name: field["after"] for name, field in content["properties"].items() if "after" in field}
        settled: set[str] = set()
        for name in after:
            trail = [name]
            while trail[-1] in after and trail[-1] not in settled and after[trail[-1]] not in trail:
                trail.append(after[trail[-1]])
            if trail[-1] in after and trail[-1] not in settled:
                start = after[trail[-1]]
                spot = whole.spot(("forms", form, "properties", start, "after"))
                chain = " na ".join([*trail[trail.index(start) :], start])
                yield Problem(spot.value, "kring", {"chain": chain})
            settled.update(trail)


_MOMENTS: tuple[tuple[str, Callable[[FieldType], bool], str], ...] = (
    ("field", lambda of: of.moment is not None, "een veld met een datum"),
    ("hour", lambda of: of.holds_hour, "een veld met een uur"),
)


def _milestones_without_date(whole: Sourced) -> Iterator[Problem]:
    fields = whole.at(("forms", DOSSIER_FORM, "properties"))
    for name, milestone in whole.data["milestones"].items():
        for key, fits, wanted in _MOMENTS:
            if key in milestone and not ((of := type_of(fields[milestone[key]])) and fits(of)):
                spot = whole.spot(("milestones", name, key))
                yield Problem(
                    spot.value, "mijlpaal-zonder-datum", {"value": milestone[key], "wanted": wanted}
                )


def _unreachable_phases(whole: Sourced) -> Iterator[Problem]:
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
    for name, phase in phases.items():
        if name not in open_phases:
            spot = whole.spot(("phases", name, "opens-after"))
            details = {"value": name, "milestone": phase["opens-after"]}
            yield Problem(spot.value, "onbereikbare-fase", details)


def _own_deputies(whole: Sourced) -> Iterator[Problem]:
    """Two who stand in for each other are fine, a role that stands in for itself is not."""
    for name, role in whole.data["roles"].items():
        if role.get("deputy") == name:
            spot = whole.spot(("roles", name, "deputy"))
            yield Problem(spot.value, "eigen-vervanger", {"value": name})


def _kinds_without_code(whole: Sourced) -> Iterator[Problem]:
    fields = whole.at(("forms", DOSSIER_FORM, "properties"))
    field = next(data for data in fields.values() if data.get("meaning") == "message-kind")
    codes = codes_of(field) or frozenset()
    for kind in whole.data["kinds"]:
        if kind not in codes:
            yield Problem(whole.spot(("kinds", kind)).key, "soort-zonder-keuze", {"value": kind})


def _closing_days(whole: Sourced) -> Iterator[Problem]:
    """A closing day is one day, or a first and a last one in that order."""
    for index, closed in enumerate(whole.data["calendar"].get("closed", ())):
        given = {key: closed[key] for key in ("day", "from-day", "to-day") if key in closed}
        right = set(given) in ({"day"}, {"from-day", "to-day"})
        if not right or ("to-day" in given and given["to-day"] < given["from-day"]):
            yield Problem(whole.spot(("calendar", "closed", index)).value, "sluitingsdag-klopt-niet")


def _term_circles(whole: Sourced) -> Iterator[Problem]:
    """A term may start from another, never, along the way, from itself."""
    terms = whole.data["terms"]
    for name in terms:
        chain = [name]
        while (before := terms[chain[-1]].get("from-term")) in terms and before not in chain:
            chain.append(before)
        if before == name:
            spot = whole.spot(("terms", name, "from-term"))
            yield Problem(spot.value, "termijn-kring", {"chain": " na ".join([*chain, name])})


def _broken_terms(whole: Sourced) -> Iterator[Problem]:
    calendar = build_calendar(whole.data["calendar"])
    for name, data in whole.data["terms"].items():
        bare = {key: value for key, value in data.items() if not key.endswith("-if")}
        spot = whole.spot(("terms", name))
        try:
            build_term(name, bare, calendar, whole.data["organisation"]["time-zone"], {}, "")
        except DeadlineError:
            yield Problem(spot.key, "termijn-kan-niet", {"value": name})
        if not data.get("late"):
            yield Problem(spot.key, "niemand-verwittigd", {"value": name}, Severity.WARNING)
