"""Printing what differs between two agreements."""

from __future__ import annotations

from itertools import groupby

import click

from gehoor.services.agreements.comparison import Comparison

_UNSAID = (
    "Er is iets veranderd dat niet in de afspraken te lezen is, zoals de voorbeelden bij de regels of hoe een "
    "scherm iets toont."
)


def print_differences(found: Comparison, indent: str = "") -> None:
    """Print the sentences under their subjects."""
    for subject, changes in groupby(found.changes, key=lambda change: change.subject):
        click.echo(f"{indent}{subject}")
        for change in changes:
            click.echo(_indented(change.sentence, f"{indent}  "))
            for detail in change.details:
                click.echo(_indented(detail, f"{indent}    - "))
    if not found.equal and not found.changes:
        click.echo(f"{indent}{_UNSAID}")


def plain_differences(found: Comparison) -> dict[str, object]:
    """Return the differences as data."""
    return {
        "equal": found.equal,
        "changes": [
            {
                "subject": change.subject,
                "key": change.key,
                "sentence": change.sentence,
                "details": list(change.details),
            }
            for change in found.changes
        ],
    }


def _indented(text: str, indent: str) -> str:
    first, *rest = text.splitlines()
    below = " " * len(indent)
    return "\n".join([indent + first, *(f"{below}  {line}".rstrip() for line in rest)])
