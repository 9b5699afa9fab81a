"""The working files, served live: a register in memory that follows them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Lock

from gehoor.bootstrap.files import load
from gehoor.bootstrap.register import hasher, memory_runtime
from gehoor.core.text.problems import Place, Problem, Severity, errors
from gehoor.loading.problems.texts import sentence
from gehoor.loading.source.fingerprints import Fingerprint, fingerprint
from gehoor.services.accounts.accounts import add_account
from gehoor.services.agreements.drafts import every_role, take_over
from gehoor.services.agreements.publishing import EnginesDisagreeError, Publishable
from gehoor.services.agreements.same_numbers import SameNumbersError
from gehoor.services.ports.records import Account
from gehoor.services.register.register import reading, writing
from gehoor.web.request.draft import DraftProblem, DraftState

USER = "concept"
"""Who can sign in to a draft, with every role there is."""


class WorkingFiles:
    """The files of a workspace and the register that follows them. ``password`` is that of ``USER``."""

    def __init__(self, workspace: Path, address: str) -> None:
        self.runtime = memory_runtime(address)
        self.password = secrets.token_hex(5)
        self._workspace = workspace
        self._seen: Fingerprint | None = None
        self._problems: tuple[DraftProblem, ...] = ()
        self._lock = Lock()
        add_account(self.runtime, hasher(), Account(USER, "Concept", "", ""), self.password)

    def state(self, now: datetime) -> DraftState:
        """Take over what changed in the files since the last time, and say how they stand."""
        with self._lock:
            found = fingerprint(self._workspace)
            if found != self._seen:
                # What changes while it is read differs from this fingerprint, and is read the next time.
                self._problems = tuple(_shown(problem) for problem in self._take_over(now))
                self._seen = found
            with reading(self.runtime.store) as register:
                serves = bool(register.published_departments())
            return DraftState(self._problems, serves)

    def _take_over(self, now: datetime) -> Sequence[Problem]:
        loaded = load(self._workspace)
        problems = list(loaded.problems)
        proposals = [
            Publishable(d.organisation, d.department, d.document, d.places) for d in loaded.departments
        ]
        sound = {proposal.organisation for proposal in proposals}
        faulty = set(loaded.organisations) - sound if errors(problems) else set()
        try:
            take_over(self.runtime, proposals, faulty, now)
        except EnginesDisagreeError as error:
            problems.append(Problem(Place("rules"), "motor-wijkt-af", {"case": error.case}))
        except SameNumbersError:
            # What was read says so, with the line: until that is solved, what was good before goes on.
            pass
        roles = every_role(self.runtime, now)
        with writing(self.runtime.store) as register:
            account = register.account(USER)
            assert account is not None
            register.save_account(replace(account, roles=roles))
        return problems


def _shown(problem: Problem) -> DraftProblem:
    return DraftProblem(
        str(problem.place), problem.code, sentence(problem), problem.severity is Severity.WARNING
    )
