"""Law: what holds under one agreement of what a report asks of its dossiers."""

from __future__ import annotations

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.facts import FactValue
from gehoor.core.conditions.relative_dates import Day
from gehoor.core.decision.term_course import fields_timing
from gehoor.core.figures.counted import Counted, typed_answer
from gehoor.core.figures.suppression.agreed_links import Asking, Links
from gehoor.core.figures.suppression.possible_terms import TermModel, is_plain
from gehoor.core.forms.fields import StoredValue
from gehoor.core.reports.model import LeadTime, Report


class Law:
    """What holds under one agreement of what a report asks. ``plain``: the terms that follow from the days of
    milestones; ``loose``: those that do not, but of which nothing else goes into the report; ``timing``: the fields
    that say when each began and was done."""

    def __init__(self, agreement: Agreement, report: Report) -> None:
        self.agreement = agreement
        self.links = Links(agreement, report)
        terms = self.links.terms
        self.plain = {name: TermModel(term) for name, term in terms.items() if is_plain(term)}
        self.timing = {name: fields_timing(agreement, term) for name, term in terms.items()}
        leads = [one.lead_time for one in report.tables.values() if one.lead_time]
        named = {one for lead in leads for one in (lead.start, lead.until)} | {
            report.closing_of(one) for one in report.tables.values() if one.flow
        }
        counted = {self.links.milestone_fields.get(one, "") for one in named} | self.links.fields
        self.loose = {name for name in terms if name not in self.plain and self._is_loose(name, counted)}
        self.closers = [name for name, one in agreement.milestones.items() if one.closes]
        fills = (one.fills for term in terms.values() for one in term.levels)
        self.filled_when_late = frozenset(name for one in fills for name in one) & self.links.asked
        self.derived = frozenset(effect.field for _, effect, _ in self.links.derived)
        form = agreement.dossier_form
        self.offers = {
            name: {
                one.code: Asking(one.offered_if, self.links.known)
                for one in form.fields[name].choices
                if one.offered_if is not None
            }
            for name in sorted(self.links.fields)
            if name in form.fields and form.fields[name].has_offers
        }
        dated = [(name, of) for name, of in form.fields.items() if of.kind == "date"]
        self.bounds: list[tuple[str, Day, int]] = [
            *((name, of.not_before, 1) for name, of in dated if of.not_before is not None),
            *((name, of.not_after, -1) for name, of in dated if of.not_after is not None),
        ]
        self.key = self.links.key

    def _is_loose(self, name: str, counted: set[str]) -> bool:
        term = self.agreement.terms[name]
        starts = {self.links.milestone_fields.get(one, "") for one in (term.starts, *term.other_starts)}
        others = set[str]().union(*(fields for one, fields in self.timing.items() if one != name))
        return (self.timing[name] - starts).isdisjoint(counted | (others - starts))

    def lead_of(self, term: str) -> LeadTime | None:
        """Return between which milestones a term runs that follows from their days."""
        model = self.plain.get(term)
        if model is None or model.term.other_starts:
            return None
        return LeadTime(model.term.starts, model.term.until, ())

    def typed(self, name: str, value: StoredValue | None) -> FactValue | None:
        """Return an answer as conditions ask for it."""
        form = self.agreement.dossier_form
        return None if value is None or name not in form.fields else typed_answer(self.agreement, name, value)

    def facts_of(self, one: Counted) -> dict[str, FactValue]:
        """Return a dossier as conditions ask for it, with the days of its milestones."""
        facts = dict(one.typed)
        if one.agreement is not self.agreement:
            facts = {
                name: fact
                for name, value in one.facts.values.items()
                if (fact := self.typed(name, value)) is not None
            }
        for milestone, name in self.links.dates.items():
            fact = self.typed(name, one.facts.reached.get(milestone) or None)
            if fact is not None:
                facts[name] = fact
        return facts
