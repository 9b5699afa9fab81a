"""``gehoor agreement``: what was agreed, in plain Dutch, to read or to print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from gehoor.cli.agreement_page import page
from gehoor.cli.dutch import OptionProblem
from gehoor.cli.failures import WorkCommand
from gehoor.cli.opened import opened
from gehoor.cli.options import place_options
from gehoor.cli.targets import department_of, published_agreement, working_agreement
from gehoor.core.agreement import Agreement
from gehoor.core.sentences.model import Chapter
from gehoor.core.sentences.whole import in_words


@click.command("agreement", cls=WorkCommand, short_help="Toon de afspraken in gewone taal.")
@click.argument("department", metavar="ORGANISATIE/AFDELING")
@click.option("--html", is_flag=True, help="Als een bladzijde om te bewaren of af te drukken.")
@click.option("--published", metavar="CODE", help="Gepubliceerde afspraken in plaats van de bestanden.")
@place_options
@click.pass_context
def agreement(ctx: click.Context, department: str, html: bool, published: str | None) -> None:
    """Toon alle afspraken van een afdeling in gewone taal.

    De tekst komt uit de bestanden zoals ze nu zijn, of met --published uit afspraken die gepubliceerd zijn: noem
    dan minstens zes tekens van hun code.
    """
    agreed = _published(ctx, department, published) if published else working_agreement(ctx, department)
    chapters = in_words(agreed)
    click.echo(page(agreed, chapters) if html else "\n".join(_text(agreed, chapters)))


def _published(ctx: click.Context, department: str, beginning: str) -> Agreement:
    with opened(ctx) as runtime:
        agreed = published_agreement(runtime, beginning)
    if (agreed.organisation, agreed.department) != department_of(department):
        raise OptionProblem(
            "--published", f"deze afspraken zijn van {agreed.organisation}/{agreed.department}"
        )
    return agreed


def _text(agreed: Agreement, chapters: Iterable[Chapter]) -> Iterator[str]:
    title = f"Afspraken van {agreed.department_name}"
    yield from (title, "=" * len(title))
    for chapter in chapters:
        yield from ("", chapter.title, "-" * len(chapter.title))
        for item in chapter.items:
            if item.title:
                yield from ("", item.title)
            for sentence in item.sentences:
                first, *rest = sentence.text.splitlines()
                yield f"  - {first}"
                yield from (f"    {line}".rstrip() for line in rest)
    yield from ("", f"Code van deze afspraken: {agreed.hash}")
