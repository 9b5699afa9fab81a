"""``gehoor agreement``: what was agreed, in plain Dutch, to read or to print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import click

from gehoor.cli.agreements.agreement_page import page
from gehoor.cli.support.click_dutch import OptionProblem
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.opened import opened
from gehoor.cli.support.options import Moment, instant, now_option, place_options
from gehoor.cli.support.targets import department_of, published_agreement, working_agreement
from gehoor.core.agreement.model import Agreement
from gehoor.core.wording.chapters import Chapter
from gehoor.core.wording.registry import DUTCH
from gehoor.services.agreements.publications import all_in_force
from gehoor.services.register.register import reading
from gehoor.services.register.validity import local_day, review_overdue


@click.command("agreement", cls=WorkCommand, short_help="Toon de afspraken in gewone taal.")
@click.argument("department", metavar="ORGANISATIE/AFDELING")
@click.option("--html", is_flag=True, help="Als een bladzijde om te bewaren of af te drukken.")
@click.option("--published", metavar="CODE", help="Gepubliceerde afspraken in plaats van de bestanden.")
@now_option
@place_options
@click.pass_context
def agreement(
    ctx: click.Context, department: str, html: bool, published: str | None, moment: Moment | None
) -> None:
    """Toon alle afspraken van een afdeling in gewone taal.

    De tekst komt uit de bestanden zoals ze nu zijn, of met --published uit afspraken die gepubliceerd zijn: noem
    dan minstens zes tekens van hun code.
    """
    if published:
        agreed, review = _published(ctx, department, published, moment)
    else:
        agreed = working_agreement(ctx, department)
        review = agreed.complaint.review_before
    today = local_day(instant(moment, agreed.time_zone), agreed.time_zone)
    late = review if review_overdue(review, today) else None
    notice = DUTCH.notices.review_overdue(agreed.department_name, late) if late else ""
    chapters = (*DUTCH.agreements.whole(agreed), DUTCH.agreements.by_role(agreed))
    click.echo(page(agreed, chapters, notice) if html else "\n".join(_text(agreed, chapters, notice)))


def _published(
    ctx: click.Context, department: str, beginning: str, moment: Moment | None
) -> tuple[Agreement, date | None]:
    """Return published agreements, and the day before which they have to be reviewed when they are in force."""
    with opened(ctx) as runtime:
        agreed = published_agreement(runtime, beginning)
        now = instant(moment, agreed.time_zone)
        with reading(runtime.store) as register:
            place = (agreed.organisation, agreed.department)
            found = all_in_force(register, runtime.library, [place], now)
    if (agreed.organisation, agreed.department) != department_of(department):
        raise OptionProblem(
            "--published", f"deze afspraken zijn van {agreed.organisation}/{agreed.department}"
        )
    review = next((one.review_before for one in found if one.agreement.hash == agreed.hash), None)
    return agreed, review


def _text(agreed: Agreement, chapters: Iterable[Chapter], notice: str) -> Iterator[str]:
    title = f"Afspraken van {agreed.department_name}"
    yield from (title, "=" * len(title))
    if notice:
        yield from ("", notice)
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
