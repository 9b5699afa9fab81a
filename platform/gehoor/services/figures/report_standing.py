"""How a kept report stands: that it was approved, or is withdrawn. What it says does not change by either."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from gehoor.core.agreement.actions import Action
from gehoor.core.dossier.events import instant_text
from gehoor.services.figures.looking import looking
from gehoor.services.figures.offered_reports import NoSuchReportError
from gehoor.services.figures.report_records import KEPT, ReportRecord, report_record, save_report
from gehoor.services.ports.records import Account
from gehoor.services.register.register import writing
from gehoor.services.register.runtime import Runtime

LONGEST_WHO: Final = 200
"""So many characters say who approved a report."""
LONGEST_WHY: Final = 2_000
"""So many say why it is withdrawn."""


class WithdrawnError(Exception):
    """A report is withdrawn already."""


def note_approval(
    runtime: Runtime, account: Account, now: datetime, name: str, approved: tuple[str, date]
) -> ReportRecord:
    """Keep who approved a kept report, and on which local day; noted again, that takes the place of what was noted.
    Raises ``NoSuchReportError``, also for who may not make it, and ``WithdrawnError``."""
    who, on = approved
    said = {"who": who[:LONGEST_WHO], "on": on.isoformat()}
    return _say(runtime, account, now, name, lambda one, when: replace(one, approval={**said, **when}))


def withdraw_report(runtime: Runtime, account: Account, now: datetime, name: str, why: str) -> ReportRecord:
    """Withdraw a kept report: it stays as it is, and says everywhere that it no longer holds, and why. Raises
    ``NoSuchReportError``, also for who may not make it, and ``WithdrawnError``."""
    said = {"why": why[:LONGEST_WHY]}
    return _say(runtime, account, now, name, lambda one, when: replace(one, withdrawal={**said, **when}))


def may_say(runtime: Runtime, account: Account, now: datetime, record: ReportRecord) -> bool:
    """Say whether somebody may note of a kept report how it stands: who may make it, in each of its departments."""
    with looking(runtime, account, now, Action.MAKE_REPORTS) as seen:
        return set(record.departments) <= {"/".join(place) for place in seen.agreements}


def _say(
    runtime: Runtime,
    account: Account,
    now: datetime,
    name: str,
    saying: Callable[[ReportRecord, dict[str, str]], ReportRecord],
) -> ReportRecord:
    with looking(runtime, account, now, Action.MAKE_REPORTS) as seen:
        mine = {"/".join(place) for place in seen.agreements}
    with writing(runtime.store) as register:
        record = report_record(register, name)
        if record is None or record.state != KEPT or not set(record.departments) <= mine:
            raise NoSuchReportError(name)
        if record.withdrawal:
            raise WithdrawnError(name)
        changed = saying(record, {"by": account.name, "at": instant_text(now)})
        save_report(register, changed)
    return changed
