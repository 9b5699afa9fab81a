"""``gehoor questions``: every way through the questions that decide what a message is, with its examples."""

from __future__ import annotations

import click

from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.options import echo_json, format_option, place_options
from gehoor.cli.support.targets import working_agreement
from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.ways import Outcome, Way, walk, ways


@click.command("questions", cls=WorkCommand, short_help="Toon alle wegen door de vragen.")
@click.argument("department", metavar="ORGANISATIE/AFDELING")
@place_options
@format_option
@click.pass_context
def questions(ctx: click.Context, department: str, output: str) -> None:
    """Toon welke antwoorden op de vragen tot welke soort bericht leiden.

    Elke weg staat er een keer, met de voorbeelden die hem tonen.
    """
    agreement = working_agreement(ctx, department)
    found = ways(agreement.questions, agreement.otherwise) if agreement.questions else ()
    shown = [(way, _examples(agreement, way)) for way in found]
    if output == "json":
        echo_json({"department": department, "ways": [_plain(way, examples) for way, examples in shown]})
        return
    for way, examples in shown:
        answers = ", ".join(f"{name}: {'ja' if answer else 'nee'}" for name, answer in way.answers)
        click.echo(f"{answers}: dat is {_outcome(way.outcome)}")
        for example in examples:
            click.echo(f"    {' '.join(example.split())}")
    if not found:
        click.echo("Er zijn hier geen vragen die beslissen.")


def _examples(agreement: Agreement, way: Way) -> list[str]:
    return [
        example.message
        for example in agreement.examples
        if (walked := walk(agreement.questions, agreement.otherwise, example.answers)).outcome == way.outcome
        and walked.decided_by == way.decided_by
    ]


def _outcome(outcome: Outcome | None) -> str:
    if outcome is None:
        return "niets"
    return f"{outcome.kind}, langs de weg {outcome.route}" if outcome.route else outcome.kind


def _plain(way: Way, examples: list[str]) -> dict[str, object]:
    return {
        "answers": dict(way.answers),
        "kind": way.outcome.kind if way.outcome else None,
        "route": way.outcome.route if way.outcome else "",
        "examples": examples,
    }
