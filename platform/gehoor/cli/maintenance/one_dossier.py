"""``gehoor restore --dossier``: one dossier as it was when a copy was made."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Final

import click

from gehoor import bootstrap
from gehoor.bootstrap.register_files.backup_file import dump_in
from gehoor.cli.maintenance.telling import moment_of
from gehoor.cli.support.click_dutch import Failure, counted
from gehoor.cli.support.options import echo_json
from gehoor.services.backups.restore_dossier import DossierRefusedError, Refusal, restore_dossier
from gehoor.services.register.runtime import Runtime

_MOST: Final = 20
"""So many are named."""
_REFUSED: Final = {
    Refusal.MISSING: "het staat niet in {file}, of niet volledig. Neem een andere kopie",
    Refusal.INCOMPLETE: (
        "het is niet volledig in {file}. Daar ontbreekt: {details}. Misschien sloot net dat iemand uit. Neem een "
        "oudere kopie, waarin het nog volledig was, of geef op wat geen enkele kopie heeft (gehoor repair --give-up)"
    ),
    Refusal.SEVERAL: "meer dossiers in {file} hebben dat nummer. Kies een van: {details}",
    Refusal.DIFFERS: (
        "het staat nog in het register, met andere gebeurtenissen ({now} nu, {then} in de kopie), en dat blijft. Maak "
        "eerst een kopie van nu, en voeg dan --replace toe: wat er sinds de kopie mee gebeurde, is weg"
    ),
    Refusal.NUMBER_TAKEN: "een ander dossier heeft dat nummer intussen. Zet de kopie terug in een ander register",
    Refusal.ANONYMISED: "het is intussen geanonimiseerd, en wat over mensen gaat, komt niet terug",
}


def one_dossier(runtime: Runtime, file: Path, which: str, *, replace: bool, output: str) -> None:
    """Put a dossier back and say what came back. Raises ``Failure``, and as ``restore_dossier`` does for a bad copy."""
    try:
        done = restore_dossier(runtime, lambda: dump_in(file), which, bootstrap.now(), replace=replace)
    except DossierRefusedError as error:
        now, then = error.details if error.refusal is Refusal.DIFFERS else ("", "")
        why = _REFUSED[error.refusal].format(
            file=file, details=", ".join(error.details[:_MOST]), now=now, then=then
        )
        belongs = (
            f" Let op: {', '.join(error.related)} hoort erbij (verbonden, samengevoegd of doorgestuurd) en komt niet "
            "mee terug. Wat daar over dit dossier staat, komt er dan weer bij; wie nog iets moest horen, moet het "
            "opnieuw horen."
            if error.related
            else ""
        )
        raise Failure(
            f"Dossier {which} is niet teruggezet: {why}. Er is niets gewijzigd.{belongs}"
        ) from error
    if output == "json":
        echo_json(asdict(done))
        return
    if done.changed:
        how = counted(done.events, "gebeurtenis", "gebeurtenissen")
        click.echo(f"{done.number} staat terug zoals het was op {moment_of(done.made_at)}: {how}.")
    else:
        click.echo(f"{done.number} stond er al zoals in de kopie.")
    if done.in_line:
        click.echo(
            f"Dit dossier hoort bij {', '.join(done.in_line)}, en zegt daarvan weer wat daar staat. Kijk beide na: wie "
            "nog iets moest horen, moet het opnieuw horen, en wat sloot omdat het elders verdergaat, staat weer open."
        )
    if done.code_stays:
        click.echo(
            f"De volgcode die na de kopie gegeven werd, blijft gelden voor {done.number}; die van de kopie niet."
        )
    if done.code_lost:
        click.echo(
            f"De volgcode van dossier {done.number} werkt niet meer: noch de kopie, noch het register kent ze."
        )
    for table, one, more in (
        ("attachments", "bijlage", "bijlagen"), ("messages", "bericht", "berichten"),
    ):  # fmt: skip
        if table in done.added:
            click.echo(f"{counted(done.added[table], one, more)} mee teruggezet.")
    click.echo(f"Kijk het na met: gehoor dossier {done.number}")
