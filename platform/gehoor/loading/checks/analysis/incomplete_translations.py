"""Translations of forms, and of what an organisation says on its pages, in which texts are missing."""

from __future__ import annotations

from collections.abc import Iterator

from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.forms.translations import missing_in
from gehoor.core.text.problems import Problem, Severity
from gehoor.core.wording.public_texts import public_texts
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path

_NAMED = 3
"""How many of the texts that are missing are named."""


def incomplete_translations(whole: Sourced, agreement: Agreement) -> list[Problem]:
    """Return a warning for each language of a form for people outside in which texts are missing, and likewise of
    what the organisation says on its pages. A translation of what is said no more is seen by what lacks one."""
    problems = list(_incomplete_texts(whole, agreement))
    for name, form in agreement.forms.items():
        for code in form.translations if name != DOSSIER_FORM else ():
            missing = list(dict.fromkeys(missing_in(form, code)))
            if missing and code in agreement.languages:
                problems.append(_missing(whole, ("forms", name, "translations", code), missing))
    return problems


def _incomplete_texts(whole: Sourced, agreement: Agreement) -> Iterator[Problem]:
    for code, said in agreement.translations.items():
        missing = [text for text in public_texts(agreement) if text not in said]
        if missing and code in agreement.languages:
            yield _missing(whole, ("translations", code), missing)


def _missing(whole: Sourced, path: Path, missing: list[str]) -> Problem:
    named = ", ".join(f"\u201c{text}\u201d" for text in missing[:_NAMED])
    details = {"value": path[-1], "count": len(missing), "named": named}
    return Problem(whole.spot(path).key, "vertaling-onvolledig", details, Severity.WARNING)


CHECK = Check(
    Pass.ANALYSIS, ("vertaling-onvolledig",), lambda on: incomplete_translations(on.whole, on.agreement)
)
