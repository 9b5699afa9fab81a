"""Opening dossiers from answers, one or many."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from gehoor import bootstrap
from gehoor.cli.dossiers.answer_files import LARGEST, UnusableAnswersError, parse
from gehoor.cli.support.click_dutch import OptionProblem
from gehoor.cli.support.refusals import plain_refusals
from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.services.access.authorisation import OUTSIDE, Operator
from gehoor.services.dossiers.answers import RefusedError
from gehoor.services.dossiers.opening import Opening, open_dossier
from gehoor.services.register.runtime import Runtime


@dataclass
class Outcome:
    """What became of a submission: a receipt, or why it was refused."""

    receipt: dict[str, str] = field(default_factory=dict)
    refusals: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Desk:
    """Where submissions come in: a form of a department. ``now`` is fixed, or the clock when absent."""

    runtime: Runtime
    agreement: Agreement
    form: str
    actor: str
    now: datetime | None

    def submit(self, answers: Mapping[str, Any], key: str) -> Outcome:
        """Open a dossier with these answers; a key that was used before gives the dossier it made."""
        opening = Opening(
            organisation=self.agreement.organisation,
            department=self.agreement.department,
            form=self.form,
            answers=answers,
            key=key,
            actor=Operator(self.actor or OUTSIDE) if self.actor or self.form == DOSSIER_FORM else "",
            actor_name=self.actor,
        )
        try:
            receipt = open_dossier(self.runtime, opening, self.now or bootstrap.now())
        except RefusedError as error:
            return Outcome(refusals=plain_refusals(self.agreement, self.form, error.objections))
        code = {"code": receipt.code} if receipt.code else {}
        return Outcome({"dossier": receipt.dossier, "number": receipt.number, **code})


def submit_lines(desk: Desk, file: str, key: str) -> bool:
    """Submit each line of a file, and print a line of JSON for each. Says whether all were accepted."""
    every_one = True
    try:
        stream = Path(file).open("rb")  # noqa: SIM115 - closed below; only opening it may be a user's mistake
        size = Path(file).stat().st_size
    except OSError as error:
        raise OptionProblem(file, "dit bestand kan niet gelezen worden") from error
    # On a terminal that shows the answers, they are progress enough.
    shown = sys.stderr.isatty() and not sys.stdout.isatty()
    with stream, click.progressbar(length=size, label="Indienen", file=sys.stderr, hidden=not shown) as bar:
        number = 0
        # Never more of a line in memory than a submission may have.
        while line := stream.readline(LARGEST + 1):
            number += 1
            if line.strip():
                every_one &= _submit_line(desk, line, number, f"{key}/{number}")
            bar.update(len(line))
    return every_one


def _submit_line(desk: Desk, line: bytes, number: int, key: str) -> bool:
    try:
        outcome = desk.submit(parse(line), key)
    except UnusableAnswersError as error:
        outcome = Outcome(refusals=[{"field": "", "label": "", "message": str(error)}])
    answer = {"line": number, "error": outcome.refusals} if outcome.refusals else outcome.receipt
    # Flushed line by line: who reads along knows what is stored.
    click.echo(json.dumps(answer, ensure_ascii=False))
    sys.stdout.flush()
    return not outcome.refusals
