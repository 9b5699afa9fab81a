"""Every kind of message can be chosen."""

from __future__ import annotations

from collections.abc import Iterator

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.text.problems import Problem
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.checks.forms.code_lists import codes_of
from gehoor.loading.merge.located_document import Sourced


def kind_problems(whole: Sourced) -> Iterator[Problem]:
    """Yield the kinds that are no code of the field that holds the kind of a message."""
    fields = whole.at(("forms", DOSSIER_FORM, "properties"))
    field = next(data for data in fields.values() if data.get("meaning") == "message-kind")
    codes = codes_of(field) or frozenset()
    for kind in whole.data["kinds"]:
        if kind not in codes:
            yield Problem(whole.spot(("kinds", kind)).key, "soort-zonder-keuze", {"value": kind})


CHECK = Check(Pass.CONSISTENCY, ("soort-zonder-keuze",), lambda on: kind_problems(on.whole))
