"""``gehoor access``: who may do what, as a table and for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

import click

from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.options import place_options
from gehoor.cli.support.targets import working_agreement
from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import Agreement
from gehoor.core.wording.registry import DUTCH
from gehoor.services.access.matrix import Cell, Grant, matrix

_SHORT: Final = {Grant.NO: "-", Grant.YES: "ja", Grant.SEE: "L", Grant.CHANGE: "W"}
_LONG: Final = {Grant.NO: "niet", Grant.YES: "mag", Grant.SEE: "lezen", Grant.CHANGE: "lezen en wijzigen"}
_HEAD: Final = (
    "organisatie", "afdeling", "niveau", "rol", "naam van de rol", "soort", "wat", "omschrijving", "mag",
    "alleen als behandelaar",
)  # fmt: skip


@click.command("access", cls=WorkCommand, short_help="Toon wie wat mag.")
@click.argument("department", metavar="ORGANISATIE/AFDELING")
@click.option("--csv", "as_csv", is_flag=True, help="Als CSV, voor een rekenblad.")
@place_options
@click.pass_context
def access(ctx: click.Context, department: str, as_csv: bool) -> None:
    """Toon wie wat mag: elke rol, elke handeling en elk veld, voor elk niveau van vertrouwelijkheid.

    Zo staat het in de bestanden, voor wie alleen die rol heeft. Een vervanger krijgt er de rechten bij van een rol die
    niemand heeft. In de tabel is L lezen en W ook wijzigen; met een sterretje mag het alleen wie het dossier behandelt.
    """
    agreed = working_agreement(ctx, department)
    if as_csv:
        click.echo(_csv(agreed), nl=False)
    else:
        click.echo("\n".join(_table(agreed)))


def _table(agreed: Agreement) -> Iterator[str]:
    title = f"Wie wat mag bij {agreed.department_name}"
    yield from (title, "=" * len(title), "")
    roles = list(agreed.roles.values())
    yield from (f"{number}  {role.name}" for number, role in enumerate(roles, start=1))
    for level, cells in groupby(matrix(agreed), key=lambda cell: cell.level):
        found = list(cells)
        if level:
            name = f"Vertrouwelijkheid: {_level(agreed, level)}"
            yield from ("", name, "-" * len(name))
        for title, of_actions in (("Handelingen", True), ("Velden", False)):
            chosen = [cell for cell in found if (cell.action is not None) is of_actions]
            names = {_what(cell): _said(agreed, cell) for cell in chosen}
            width = max(map(len, (*names.values(), title)))
            yield from ("", _line(title, [str(number) for number in range(1, len(roles) + 1)], width))
            for what, said in names.items():
                yield _line(said, [_cell(one) for one in chosen if _what(one) == what], width)


def _line(title: str, cells: Sequence[str], width: int) -> str:
    return f"{title:<{width}}  {' '.join(f'{cell:<3}' for cell in cells)}".rstrip()


def _cell(cell: Cell) -> str:
    return f"{_SHORT[cell.grant]}{'*' if cell.as_handler else ''}"


def _csv(agreed: Agreement) -> str:
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(_HEAD)
    for cell in matrix(agreed):
        rows.writerow(
            _harmless(
                (
                    agreed.organisation,
                    agreed.department,
                    cell.level,
                    cell.role,
                    agreed.roles[cell.role].name,
                    "handeling" if cell.action else "veld",
                    _what(cell),
                    _said(agreed, cell),
                    _LONG[cell.grant],
                    "ja" if cell.as_handler else "nee",
                )
            )
        )
    return written.getvalue()


def _harmless(texts: Iterable[str]) -> list[str]:
    # A spreadsheet would work out what begins so.
    return [f"'{text}" if text[:1] in tuple("=+-@\t\r") else text for text in texts]


def _what(cell: Cell) -> str:
    return cell.action.value if cell.action else cell.field


def _said(agreed: Agreement, cell: Cell) -> str:
    if cell.action is None:
        return agreed.dossier_form.fields[cell.field].label
    return DUTCH.actions.names[Action(cell.action)]


def _level(agreed: Agreement, level: str) -> str:
    of = agreed.dossier_form.fields.get(agreed.field_for("confidentiality"))
    labels = {choice.code: choice.label for choice in of.choices} if of else {}
    return labels.get(level, level)
