"""Composing a letter for a dossier: its template with what is known there, and what would be different by now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.conditions.engine import RuleEngine
from gehoor.core.deadlines.due import Due
from gehoor.core.decision.model import Decision
from gehoor.core.dossier.dossier import Dossier, register_facts
from gehoor.core.dossier.letters import LetterText
from gehoor.core.forms.form import facts_of
from gehoor.core.letters.composing import Source, compose, fields_told
from gehoor.core.letters.model import LetterTemplate
from gehoor.core.letters.places import CODE, CODE_SPOT, DUE
from gehoor.core.text.canonical_json import content_hash
from gehoor.core.text.formats import Formats
from gehoor.core.wording.port import Letters
from gehoor.core.wording.public_texts import department_in, in_words_of, organisation_in
from gehoor.core.wording.registry import sentences_in

_PASSING: Final = frozenset({"today", "sender"})


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a dossier when a letter is composed for it: ``sender`` and ``handler`` are full names, the
    second empty when nobody handles it; ``home`` is the address of the site, without a slash at its end."""

    agreement: Agreement
    dossier: Dossier
    decision: Decision
    sender: str
    handler: str
    home: str
    now: datetime


def composed(known: Known, template: LetterTemplate, language: str, engine: RuleEngine) -> LetterText:
    """Return a letter as its template gives it for a dossier now. Raises ``RuleEngineError``."""
    agreement, decision = known.agreement, known.decision
    said = sentences_in(language)
    facts = {**facts_of(agreement.dossier_form.fields, decision.values), **register_facts(known.dossier)}
    source = Source(
        form=agreement.form_in(DOSSIER_FORM, language),
        values=decision.values,
        holding=engine.fired(agreement.letter_rules, facts) if agreement.letter_rules.conditions else (),
        general=_general(known, language, said.letters, said.formats),
        due=_due_days(decision, said.formats),
        names=place_names(agreement, said.letters),
        formats=said.formats,
        missing=said.letters.missing,
    )
    made = compose(template, source, language)
    # Another day, or another who writes, is no reason to read it again.
    lasting = {name: told for name, told in source.general.items() if name not in _PASSING}
    held = compose(template, replace(source, general=lasting), language)
    basis = content_hash(f"{language}\n{held.subject}\n{held.text}")
    fields = fields_told(template, agreement.dossier_form)
    return LetterText(template.id, language, made.subject, made.text, fields, basis)


def _general(known: Known, language: str, words: Letters, formats: Formats) -> Mapping[str, str]:
    agreement = known.agreement
    today = known.now.astimezone(ZoneInfo(agreement.time_zone)).date()
    return {
        "number": known.dossier.number,
        "department": department_in(agreement, language),
        "organisation": organisation_in(agreement, language),
        "today": formats.day(today),
        "link": f"{known.home}/volgen",
        "phone": agreement.contact.phone,
        "email": agreement.contact.email,
        "address": agreement.contact.address,
        "sender": known.sender,
        "handler": known.handler,
        CODE: CODE_SPOT,
        "second-line": _second_line(agreement, language, words),
    }


def place_names(agreement: Agreement, words: Letters) -> Mapping[str, str]:
    """Return what people call the places that are no field of a dossier."""
    due = {f"{DUE} {name}": words.due(term.name) for name, term in agreement.terms.items()}
    return {**words.places, **due}


def _second_line(agreement: Agreement, language: str, words: Letters) -> str:
    def told(text: str) -> str:
        return in_words_of(agreement, text, language) or text

    return "\n".join(
        f"- {words.second_line(told(one.name), told(one.when), one.contact)}" for one in agreement.second_line
    )


def _due_days(decision: Decision, formats: Formats) -> dict[str, str]:
    return {
        state.term.id: _shown(state.due, formats)
        for state in decision.terms.values()
        if state.due is not None and state.due.due is not None and not state.row
    }


def _shown(due: Due, formats: Formats) -> str:
    day = due.due
    if day is None:
        return ""
    return formats.instant(day) if isinstance(day, datetime) else formats.day(day)
