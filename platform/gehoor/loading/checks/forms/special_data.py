"""Special personal data are not for everyone who works in a department."""

from __future__ import annotations

from collections.abc import Iterator

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.text.problems import Problem, Severity
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.merge.located_document import Sourced

_SPECIAL = ("P3", "P4")


def special_data_problems(whole: Sourced) -> Iterator[Problem]:
    """Yield the fields with special or criminal data that everyone sees. Whoever opens a dossier must be able to write
    down what is asked then, and what marks a milestone is a day."""
    moments = {name for one in whole.data["milestones"].values() for name in (one["field"], one.get("hour"))}
    for name, field in whole.at(("forms", DOSSIER_FORM, "properties")).items():
        special = field.get("personal-data") in _SPECIAL or any(
            member.get("personal-data") in _SPECIAL
            for member in (field.get("items") or {}).get("properties", {}).values()
        )
        if special and "seen-by" not in field and not field.get("at-opening") and name not in moments:
            spot = whole.spot(("forms", DOSSIER_FORM, "properties", name))
            yield Problem(spot.key, "bijzondere-gegevens-voor-iedereen", {"value": name}, Severity.WARNING)


CHECK = Check(
    Pass.CONSISTENCY,
    ("bijzondere-gegevens-voor-iedereen",),
    lambda on: special_data_problems(on.whole),
)
