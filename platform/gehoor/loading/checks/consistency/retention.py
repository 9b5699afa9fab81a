"""Retention periods can be counted, cover every dossier, and end with somebody who approves."""

from __future__ import annotations

from collections.abc import Iterator

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.agreement.parse_terms import duration
from gehoor.core.calendar.durations import Unit
from gehoor.core.forms.fields import type_of
from gehoor.core.text.problems import Problem, Severity
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.merge.located_document import Sourced


def retention_problems(whole: Sourced) -> Iterator[Problem]:
    """Yield the periods that cannot be counted, and what is missing for any dossier to be anonymised."""
    periods = whole.data.get("retention") or {}
    fields = whole.at(("forms", DOSSIER_FORM, "properties"))
    for name, data in periods.items():
        field = data.get("from-field")
        of = type_of(fields[field]) if field else None
        if field and (of is None or of.moment is None or of.holds_hour):
            spot = whole.spot(("retention", name, "from-field"))
            yield Problem(spot.value, "bewaring-zonder-datum", {"value": field})
        if duration(data["keep-for"]).unit is Unit.HOURS:
            spot = whole.spot(("retention", name, "keep-for"))
            yield Problem(spot.value, "bewaring-in-uren", {"value": name})
    if not periods:
        return
    closing = {name for name, data in whole.data["milestones"].items() if data.get("closes")}
    if not any("if" not in data and data.get("from") in closing for data in periods.values()):
        spot = whole.spot(("retention",))
        yield Problem(spot.key, "bewaring-niet-voor-elk-dossier", {}, Severity.WARNING)
    if (whole.data.get("rights") or {}).get("approve-retention", "nobody") == "nobody":
        spot = whole.spot(("retention",))
        yield Problem(spot.key, "bewaring-zonder-goedkeuring", {}, Severity.WARNING)


CHECK = Check(
    Pass.CONSISTENCY,
    (
        "bewaring-zonder-datum",
        "bewaring-in-uren",
        "bewaring-niet-voor-elk-dossier",
        "bewaring-zonder-goedkeuring",
    ),
    lambda on: retention_problems(on.whole),
)
