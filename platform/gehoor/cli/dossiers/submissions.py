"""Opening dossiers from answers, one or many."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

import click

from gehoor import bootstrap
from gehoor.cli.dossiers.answer_files import LARGEST, UnusableAnswersError, parse
from gehoor.cli.support.click_dutch import OptionProblem
from gehoor.cli.support.harmless import as_it_is, json_text
from gehoor.cli.support.refusals import plain_refusals
from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.services.access.authorisation import OUTSIDE, Operator
from gehoor.services.dossiers.incoming import Opening, Receipt
from gehoor.services.dossiers.opening import open_dossiers
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.runtime import Runtime

LINES_AT_ONCE: Final = 25
"""How many lines share one transaction: enough to share its cost, and few enough not to keep others waiting."""


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
        (outcome,) = self.submit_all([(answers, key)])
        return outcome

    def submit_all(self, given: Sequence[tuple[Mapping[str, Any], str]]) -> list[Outcome]:
        """Open dossiers with answers, each with its key."""
        openings = [self._opening(answers, key) for answers, key in given]
        return [
            self._outcome(found)
            for found in open_dossiers(self.runtime, openings, self.now or bootstrap.now())
        ]

    def _opening(self, answers: Mapping[str, Any], key: str) -> Opening:
        return Opening(
            organisation=self.agreement.organisation,
            department=self.agreement.department,
            form=self.form,
            answers=answers,
            key=key,
            actor=self.actor or (Operator(OUTSIDE) if self.form == DOSSIER_FORM else ""),
            actor_name=self.actor,
        )

    def _outcome(self, found: Receipt | RefusedError) -> Outcome:
        if isinstance(found, RefusedError):
            return Outcome(refusals=plain_refusals(self.agreement, self.form, found.objections))
        code = {"code": found.code} if found.code else {}
        return Outcome({"dossier": found.dossier, "number": found.number, **code})


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
    with (
        stream,
        click.progressbar(length=size, label="Indienen", file=as_it_is(sys.stderr), hidden=not shown) as bar,
    ):
        for batch in _batches(stream):
            every_one &= _submit_batch(desk, batch, key)
            bar.update(sum(len(line) for _, line in batch))
    return every_one


def _batches(stream: BinaryIO) -> Iterator[list[tuple[int, bytes]]]:
    """Give the lines of a file with their numbers, some at a time."""
    batch: list[tuple[int, bytes]] = []
    number = size = 0
    # Never more of a line in memory than a submission may have.
    while line := stream.readline(LARGEST + 1):
        number, size = number + 1, size + len(line)
        batch.append((number, line))
        if len(batch) == LINES_AT_ONCE or size > LARGEST:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _submit_batch(desk: Desk, batch: list[tuple[int, bytes]], key: str) -> bool:
    read: dict[int, dict[str, Any]] = {}
    outcomes: dict[int, Outcome] = {}
    for number, line in batch:
        try:
            if line.strip():
                read[number] = parse(line)
        except UnusableAnswersError as error:
            outcomes[number] = Outcome(refusals=[{"field": "", "label": "", "message": str(error)}])
    given = [(answers, f"{key}/{number}") for number, answers in read.items()]
    outcomes |= zip(read, desk.submit_all(given), strict=True)
    # Only now are they kept: who reads along knows what is.
    answers = (
        {"line": number, "error": outcome.refusals} if outcome.refusals else outcome.receipt
        for number, outcome in sorted(outcomes.items())
    )
    click.echo("".join(f"{json_text(answer)}\n" for answer in answers), nl=False)
    return not any(outcome.refusals for outcome in outcomes.values())
