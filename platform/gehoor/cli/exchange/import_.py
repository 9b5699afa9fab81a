"""``gehoor import``: a register that was kept elsewhere becomes dossiers."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from gehoor.bootstrap.exchange.sheets import MappingFile, SheetRefusedError, mapping_in, problems_of, sheet_in
from gehoor.cli.exchange.sheet_sentences import (
    refused_sentence,
    row_sentences,
    sheet_sentence,
    unsaid_columns,
)
from gehoor.cli.support.click_dutch import Failure, NeededOption, counted
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.moments import future_option, refuse_future
from gehoor.cli.support.opened import checked_department, opened
from gehoor.cli.support.options import Moment, echo_json, format_option, instant, now_option, place_options
from gehoor.cli.support.progress import Progress
from gehoor.core.exchange.cells import Sheet
from gehoor.core.exchange.register_mapping import RegisterMapping
from gehoor.core.text.problems import Problem, errors
from gehoor.loading.problems.texts import line, sentence
from gehoor.services.access.authorisation import Operator
from gehoor.services.exchange.bringing_in import (
    RowResult,
    State,
    agreements_for,
    bring_in,
    judge,
    wrong_in,
)
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime


@click.command("import", cls=WorkCommand, short_help="Breng een register in dat elders bijgehouden werd.")
@click.argument("file", metavar="BESTAND", type=click.Path(path_type=Path))
@click.option(
    "--mapping",
    cls=NeededOption,
    metavar="BESTAND",
    type=click.Path(path_type=Path),
    help="Welke kolom welk veld is.",
)
@click.option("--by", cls=NeededOption, metavar="NAAM", help="Voor wie u dit doet; dat staat in elk dossier.")
@click.option("--dry-run", "dry", is_flag=True, help="Toon wat er zou komen, en bewaar niets.")
@future_option
@now_option
@place_options
@format_option
@click.pass_context
def import_(
    ctx: click.Context,
    file: Path,
    mapping: Path,
    by: str,
    dry: bool,
    future: bool,
    moment: Moment | None,
    output: str,
) -> None:
    """Breng de rijen van een rekenblad (.xlsx) of CSV in als dossiers, met hun eigen nummer en datums.

    Klopt er iets niet, dan staat er welke rij en kolom, en komt er niets in het register. Begin met --dry-run. Wat al
    ingebracht is, komt geen tweede keer. Van wie er al een antwoord kreeg, wordt niemand nog verwittigd.
    """
    found = mapping_in(mapping)
    if found.mapping is None:
        _refuse(found.problems, output)
        return
    try:
        sheet = sheet_in(file, found.mapping)
    except SheetRefusedError as error:
        raise Failure(f"{file} {refused_sentence(error.code, error.details)}.") from error
    except OSError as error:
        raise Failure(f"{file} kan niet gelezen worden: {error.strerror or error}.") from error
    with opened(ctx) as runtime:
        now = instant(moment)
        refuse_future(runtime, moment, asked=future or dry, instead="Kijk eerst met --dry-run. ")
        _checked(runtime, found, sheet, moment, output)
        actor = Operator.on_behalf_of(by)
        if dry:
            results = judge(runtime, found.mapping, sheet, actor, now)
        else:
            progress = Progress("ingebracht", "dossier", "dossiers")
            results = bring_in(runtime, found.mapping, sheet, actor, now, progress)
    _tell(results, found.mapping, output, dry=dry, hidden=sheet.hidden)
    if wrong_in(results):
        sys.exit(1)


def _checked(runtime: Runtime, found: MappingFile, sheet: Sheet, moment: Moment | None, output: str) -> None:
    mapping = found.mapping
    assert mapping is not None
    with reading(runtime.store) as register:
        published = register.published_departments()
        named = [mapping.department] if mapping.department else []
        if mapping.departments is not None and not named:
            named = [*dict.fromkeys(mapping.departments.values.values())]
        for department in named or [""]:
            checked_department(published, mapping.organisation, department)
        agreements = agreements_for(runtime, register, mapping, instant(moment))
    problems = [*found.problems, *problems_of(found, agreements, sheet)]
    if errors(problems):
        _refuse(problems, output)
    wrong = [sheet_sentence(code, details) for code, details in sheet.problems]
    wrong += [
        f"De kolom '{one}' komt in geen veld. Geef ze een veld, of zet ze bij 'overslaan'."
        for one in unsaid_columns(sheet.heads, mapping)
    ]
    if wrong:
        if output == "json":
            echo_json({"sheet": wrong, "kept": False})
        for one in wrong if output != "json" else ():
            click.echo(one)
        raise Failure("Er is niets bewaard.")


def _refuse(problems: Sequence[Problem], output: str) -> None:
    if output == "json":
        echo_json({"mapping": [{**_place(one), "message": sentence(one)} for one in problems], "kept": False})
    for one in problems if output != "json" else ():
        click.echo(line(one))
    raise Failure("Er is niets bewaard. Kijk eerst dit bestand na.")


def _place(problem: Problem) -> dict[str, Any]:
    place = problem.place
    return {"file": place.file, "line": place.line, "column": place.column, "code": problem.code}


def _tell(
    results: Sequence[RowResult], mapping: RegisterMapping, output: str, *, dry: bool, hidden: int = 0
) -> None:
    wrong = wrong_in(results)
    came = sum(one.state is State.NEW and bool(one.dossier) for one in results)
    kept = not dry and (not wrong or came > 0)
    if output == "json":
        rows = [_plain(one, mapping) for one in results]
        echo_json({"kept": kept, "wrong": wrong, "hidden": hidden, "rows": rows})
        return
    for one in results:
        for text in _lines(one, mapping, dry=dry):
            click.echo(text)
    if hidden:
        single, several = (
            "rij die in het blad verborgen is, telt mee",
            "rijen die in het blad verborgen zijn, tellen mee",
        )
        click.echo(f"{counted(hidden, single, several)}. Verbergt een filter ze?")
    there = sum(one.state is State.THERE for one in results)
    fresh = sum(one.state is State.NEW for one in results)
    if wrong and came:
        # What was refused as it was written: the register changed since all was judged.
        click.echo(
            f"{counted(came, 'dossier', 'dossiers')} ingebracht; {there} van eerder. "
            f"{counted(wrong, 'rij kwam', 'rijen kwamen')} er niet bij. Verbeter dat, en breng het "
            "bestand opnieuw in: wat er al is, komt geen tweede keer."
        )
    elif wrong:
        click.echo(f"{counted(wrong, 'rij klopt', 'rijen kloppen')} niet. Er is niets bewaard.")
    elif dry:
        would = counted(fresh, "dossier zou er komen", "dossiers zouden er komen")
        click.echo(f"{would}; {there} van eerder. Er is niets bewaard.")
    else:
        click.echo(f"{counted(fresh, 'dossier', 'dossiers')} ingebracht; {there} van eerder.")


def _lines(one: RowResult, mapping: RegisterMapping, *, dry: bool) -> list[str]:
    if one.state is State.WRONG:
        return [
            f"rij {one.row}{f', kolom {column}' if column else ''}: {said}"
            for column, said in row_sentences(one, mapping)
        ]
    if one.state is State.THERE:
        since = ", en staat nu anders in het bestand: niets gewijzigd" if one.changed else ""
        return [f"rij {one.row}: was er al als {one.number}{since}."]
    if not dry and one.dossier:
        return [f"rij {one.row}: {one.number}."]
    number = one.number or "een nummer van hier"
    how = "afgesloten" if one.closed else f"loopt nog, fase {one.phase}" if one.phase else "loopt nog"
    assert one.agreement is not None
    fields = one.agreement.dossier_form.fields
    said = [f"rij {one.row}: {number}, {how}"]
    for what, names in (("niet ingevuld", one.lacking), ("komt niet mee, want dan niet gevraagd", one.left)):
        if labels := ", ".join(fields[name].label for name in names if name in fields):
            said.append(f"{what}: {labels}")
    return [f"{'; '.join(said)}."]


def _plain(one: RowResult, mapping: RegisterMapping) -> dict[str, Any]:
    wrong = [{"column": column, "message": said} for column, said in row_sentences(one, mapping)]
    return {
        "row": one.row,
        "key": one.key,
        "state": one.state.value,
        "dossier": one.dossier,
        "number": one.number,
        "changed": one.changed,
        "closed": one.closed,
        "lacking": list(one.lacking),
        "left": list(one.left),
        "wrong": wrong,
    }
