"""Terms can be counted: on a calendar that makes sense, from something else than themselves."""

from __future__ import annotations

from collections.abc import Iterator

from gehoor.core.agreement.parse_terms import build_calendar, build_term
from gehoor.core.deadlines.due import DeadlineError
from gehoor.core.text.problems import Problem, Severity
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.merge.located_document import Sourced


def term_problems(whole: Sourced) -> Iterator[Problem]:
    """Yield the closing days and terms that cannot be, and the terms of which nobody hears that they are late."""
    closed = [*_closing_days(whole)]
    # Terms are counted with the calendar.
    yield from closed or _broken_terms(whole)
    yield from _term_circles(whole)


def _closing_days(whole: Sourced) -> Iterator[Problem]:
    """A closing day is one day, or a first and a last one in that order."""
    for index, closed in enumerate(whole.data["calendar"].get("closed", ())):
        given = {key: closed[key] for key in ("day", "from-day", "to-day") if key in closed}
        right = set(given) in ({"day"}, {"from-day", "to-day"})
        if not right or ("to-day" in given and given["to-day"] < given["from-day"]):
            yield Problem(whole.spot(("calendar", "closed", index)).value, "sluitingsdag-klopt-niet")


def _broken_terms(whole: Sourced) -> Iterator[Problem]:
    calendar = build_calendar(whole.data["calendar"])
    for name, data in whole.data["terms"].items():
        bare = {key: value for key, value in data.items() if not key.endswith("-if")}
        spot = whole.spot(("terms", name))
        try:
            build_term(name, bare, calendar, whole.data["organisation"]["time-zone"], {}, "")
        except DeadlineError:
            yield Problem(spot.key, "termijn-kan-niet", {"value": name})
        if str(data["within"]).split(" ")[0] == "0":
            place = whole.spot(("terms", name, "within")).value
            yield Problem(place, "termijn-van-nul", {"value": name}, Severity.WARNING)
        if not data.get("late"):
            yield Problem(spot.key, "niemand-verwittigd", {"value": name}, Severity.WARNING)


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


CHECK = Check(
    Pass.CONSISTENCY,
    ("sluitingsdag-klopt-niet", "termijn-kan-niet", "termijn-van-nul", "niemand-verwittigd", "termijn-kring"),
    lambda on: term_problems(on.whole),
)
