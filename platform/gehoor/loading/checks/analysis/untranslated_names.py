"""Departments whose name was not translated: people outside choose by it, and read it on every page."""

from __future__ import annotations

from collections.abc import Iterator

from gehoor.core.agreement.model import Agreement
from gehoor.core.text.problems import Problem, Severity
from gehoor.loading.checks.analysis.incomplete_translations import nameless_in
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.merge.located_document import Sourced


def untranslated_names(whole: Sourced, agreement: Agreement) -> Iterator[Problem]:
    """Yield a warning for each language in which a department has no name."""
    for code in agreement.languages[1:]:
        for name in nameless_in(agreement, code):
            details = {
                "value": code, "missing": "ontbreekt nog een tekst", "named": f"\u201c{name}\u201d",
            }  # fmt: skip
            place = whole.spot(("department", "name")).value
            yield Problem(place, "vertaling-onvolledig", details, Severity.WARNING)


CHECK = Check(
    Pass.ANALYSIS,
    ("vertaling-onvolledig",),
    lambda on: untranslated_names(on.whole, on.agreement),
    who=True,
)
