"""Possible terms: how a term stands in a dossier that was otherwise, by the days of its milestones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from gehoor.core.agreement.terms import Term
from gehoor.core.calendar.working_days import CalendarError
from gehoor.core.deadlines.due import DeadlineError, due_day, too_late_at
from gehoor.core.deadlines.status import TermStatus
from gehoor.core.dossier.events import instant_text
from gehoor.core.figures.facts import TermFacts

_LATE_AT_NIGHT: Final = time(23, 59)


class UnsureError(Exception):
    """How a term would stand hangs on what is not known of a dossier."""


def is_plain(term: Term) -> bool:
    """Say whether it follows from the days of milestones alone how a term stands."""
    return bool(term.until and term.starts) and not (
        term.rows
        or term.day
        or term.begins_if is not None
        or term.from_term
        or term.recurring_until
        or term.of_duty
        or term.task
        or term.rule.within.unit.elapses
        or term.rule.backwards
    )


class TermModel:
    """A term that follows from the days of milestones, as ``decision/terms.py`` has it of a whole dossier."""

    def __init__(self, term: Term) -> None:
        self.term = term
        self._due: dict[str, tuple[str, str]] = {}

    def start(self, reached: Mapping[str, str]) -> str:
        """Return the day on which it starts; empty: it has not."""
        days = [reached.get(one, "") for one in (self.term.starts, *self.term.other_starts)]
        return max(days) if all(days) else ""

    def due(self, start: str) -> tuple[str, str]:
        """Return the first and the last day that it can be due, that starts on a day. Raises ``UnsureError``."""
        found = self._due.get(start)
        if found is None:
            found = self._due[start] = self._reckoned(date.fromisoformat(start))
        return found

    def _reckoned(self, start: date) -> tuple[str, str]:
        rule = self.term.rule
        rules = [rule] if self.term.start_days_if is None else [rule, replace(rule, start_days=None)]
        begun: list[date | datetime] = [start]
        if rule.cutoff is not None:
            # The hour of what came in is not among what is counted.
            begun.append(datetime.combine(start, _LATE_AT_NIGHT, ZoneInfo(rule.time_zone)))
        try:
            days = [due_day(each, one) for each in rules for one in begun]
        except (DeadlineError, CalendarError, OverflowError) as error:
            raise UnsureError from error
        known = sorted(one.isoformat() for one in days if one is not None)
        if len(known) < len(days):
            raise UnsureError
        return known[0], known[-1]

    def standing(
        self,
        was: TermFacts | None,
        before: Mapping[str, str],
        reached: Mapping[str, str],
        *,
        closed: bool,
    ) -> TermFacts | None:
        """Return how it stands; None: it is not there. ``was``, ``before``: how it stood in the dossier that there is,
        and which days were reached there. Raises ``UnsureError``."""
        term, start = self.term, self.start(reached)
        if not start:
            return None
        first, last = self.due(start)
        until = reached.get(term.until, "")
        same_start = start == self.start(before)
        lengthened = was is not None and bool(was.suspended or was.extended)
        made = was if was is not None else TermFacts(term.id, "")
        if not until:
            unchanged = lengthened or first != last
            if closed and not term.after_closing:
                return None
            return self._unchanged(was, same=same_start) if unchanged else self._running(made, first)
        if until <= first:
            # What stands still or is made longer is due later, never sooner.
            return replace(made, status=TermStatus.ON_TIME.value, late_at="")
        if not lengthened and until > last:
            return replace(made, status=TermStatus.LATE_DONE.value, late_at="")
        old = before.get(term.until, "")
        on_time = made.status == TermStatus.ON_TIME and until <= old
        late_done = made.status == TermStatus.LATE_DONE and until >= old
        if lengthened and same_start and old and (on_time or late_done):
            return was
        raise UnsureError

    def _running(self, made: TermFacts, due: str) -> TermFacts:
        late = too_late_at(date.fromisoformat(due), self.term.rule.time_zone)
        return replace(made, status=TermStatus.RUNNING.value, late_at=instant_text(late) if late else "")

    @staticmethod
    def _unchanged(was: TermFacts | None, *, same: bool) -> TermFacts:
        if was is not None and same and was.status == TermStatus.RUNNING:
            return was
        raise UnsureError
