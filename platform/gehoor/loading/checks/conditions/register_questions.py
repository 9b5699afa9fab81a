"""Questions to the register in conditions: only rules can ask them, about fields whose answers can be alike."""

from __future__ import annotations

from collections.abc import Iterator

from gehoor.core.conditions.register_questions import NUMBERS
from gehoor.core.forms.fields import type_of
from gehoor.core.text.problems import Problem
from gehoor.core.text.suggestions import hint
from gehoor.loading.checks.forms.field_places import Fields
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE, load_vocabulary
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path


def register_problems(whole: Sourced, path: Path, fields: Fields) -> Iterator[Problem]:
    """Yield what is wrong with a question to the register. ``fields``: what is asked where it stands."""
    spot, question = whole.spot(path), whole.at(path)
    words = load_vocabulary(DEFAULT_LANGUAGE)
    if fields.rows_of or path[0] != "rules":
        reason = (
            f"'{spot.word}' kan alleen in een regel, niet bij tabellen, termijnen, fasen, velden en rijen"
        )
        yield Problem(spot.key, "voorwaarde-klopt-niet", {"reason": reason})
    if not any(word in question for word in NUMBERS):
        missing = f"een aantal, zoals '{words.word('at-least')}'"
        yield Problem(spot.key, "ontbreekt", {"missing": missing})
    for index, name in enumerate(question.get("same", ())):
        at = whole.spot((*path, "same", index))
        if fields.excuses(name):
            continue
        if name not in fields.data:
            details = {"what": "Het veld", "value": name, "hint": hint(name, fields.data)}
            yield Problem(at.value, "verwijst-naar-niets", details)
        elif (asked := type_of(fields.data[name])) is None or not asked.comparable:
            reason = f"in '{name}' staat zelden twee keer hetzelfde; vergelijk velden met een keuze, of een korte tekst"
            yield Problem(at.value, "voorwaarde-klopt-niet", {"reason": reason})
        elif name in fields.given:
            # Dossiers are found by what people answered: a value that a rule gives would never count.
            reason = f"'{name}' krijgt zijn waarde van een regel; vergelijk een veld dat iemand invult"
            yield Problem(at.value, "voorwaarde-klopt-niet", {"reason": reason})
