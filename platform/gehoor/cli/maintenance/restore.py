"""``gehoor restore``: the register as it was when a copy was made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from gehoor import bootstrap
from gehoor.bootstrap.register_files.backup_file import check_backup, dump_in
from gehoor.bootstrap.register_files.key import key_file
from gehoor.bootstrap.register_files.marks import mark
from gehoor.cli.maintenance.one_dossier import one_dossier
from gehoor.cli.maintenance.telling import moment_of, told, told_lost_code
from gehoor.cli.maintenance.what_is_damaged import what_is_damaged
from gehoor.cli.support.click_dutch import Failure, OptionProblem, counted
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.opened import opened
from gehoor.cli.support.options import echo_json, format_option, place_options, places
from gehoor.cli.support.progress import Progress
from gehoor.services.backups.dump_format import BadDumpError
from gehoor.services.backups.restore import BackAgain, accounts_in, back_again, has_content
from gehoor.services.backups.restore import restore as do_restore
from gehoor.services.maintenance.findings import Finding, Kind
from gehoor.services.maintenance.repair import Repaired
from gehoor.services.maintenance.repair import repair as do_repair
from gehoor.services.maintenance.verify import verify
from gehoor.services.register.runtime import Runtime

_REASONS = {
    "other": 'het is geen kopie die "gehoor backup" maakte',
    "later": "een nieuwere versie van Gehoor maakte ze; zet eerst die versie",
    "damaged": "ze is niet volledig, of niet meer wat geschreven werd; neem een andere kopie",
    "unfit": "er staat iets in dat deze versie van Gehoor niet kent",
}


@click.command("restore", cls=WorkCommand, short_help="Zet een kopie van het register terug.")
@click.argument("file", metavar="BESTAND", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Ook als er al iets in het register staat: dat is dan weg.")
@click.option(
    "--dossier",
    "which",
    metavar="NUMMER",
    help="Zet alleen dit dossier terug, in het register dat doorloopt.",
)
@click.option(
    "--damaged",
    is_flag=True,
    help="Zet alleen terug wat beschadigd, verdwenen of gewijzigd is, in het register dat doorloopt.",
)
@place_options
@format_option
@click.pass_context
def restore(
    ctx: click.Context, file: Path, replace: bool, which: str | None, damaged: bool, output: str
) -> None:
    """Maak het register zoals het was toen de kopie gemaakt werd. Stop eerst "gehoor serve".

    De kopie wordt eerst helemaal nagelezen. Daarna komt alles terug, of niets. Staat er al iets in het register, dan
    gebeurt er niets, tenzij u --replace toevoegt.

    Met --dossier komt er een dossier terug en blijft al het andere zoals het is; anderen kunnen intussen verder werken.
    Staat dat dossier er nog, met andere gebeurtenissen, dan gebeurt er niets, tenzij u --replace toevoegt.

    Met --damaged komt alleen terug wat beschadigd, verdwenen of buiten Gehoor om gewijzigd is, en in de kopie staat
    zoals het grootboek zegt dat het laatst geschreven werd. Wat sinds de kopie gebeurde, blijft.
    """
    if damaged and (replace or which is not None):
        raise OptionProblem("--damaged", "dit gaat niet samen met --dossier of --replace")
    if damaged:
        with _readable(file), opened(ctx) as runtime:
            what_is_damaged(runtime.store, file, output=output)
        return
    if which is not None:
        with _readable(file), opened(ctx) as runtime:
            one_dossier(runtime, file, which, replace=replace, output=output)
        return
    with _readable(file):
        contents = check_backup(file)
        with opened(ctx, make=True) as runtime:
            if not replace and has_content(runtime.store):
                raise Failure(
                    f"In {places(ctx).register()} staat al iets, en dat blijft. Kies een andere plaats met "
                    "--store, of voeg --replace toe: dan is weg wat er nu in staat. Maak daar eerst een kopie van."
                )
            before = accounts_in(runtime.store)
            with dump_in(file) as lines:
                left_out = do_restore(runtime.store, lines, Progress("teruggezet")).left_out
            made, left = _made_again(runtime, places(ctx).register_file()) if left_out else (Repaired(), [])
            again = back_again(runtime.store, before)
    if output == "json":
        echo_json(
            {
                "made_at": contents.made_at,
                "documents": contents.total,
                "sha256": contents.digest,
                "made_again": [{"table": table, "key": key} for table, key in made.replaced],
                "codes_lost": sorted(made.codes_lost),
                "damaged": [{"table": one.table, "key": one.key} for one in left],
                "accounts_again": list(again.accounts),
                "passwords_again": list(again.passwords),
                "waiting": again.waiting,
            }
        )
        return
    documents = counted(contents.total, "document", "documenten")
    click.echo(f"{documents} teruggezet, zoals ze waren op {moment_of(contents.made_at)}.")
    for line in _without(made, left):
        click.echo(line)
    for line in _said(again):
        click.echo(line)
    key = key_file(places(ctx).register_file())
    if contents.rows.get("second_steps") and not key.exists():
        click.echo(
            f"Zet ook de sleutel terug, als {key}: zonder die sleutel klopt geen enkele code van de tweede stap."
        )


def _made_again(runtime: Runtime, register: Path) -> tuple[Repaired, list[Finding]]:
    """Make again what follows from the rest of a copy that was made without it, and return what that was, and what is
    damaged still: else a dossier would be in no list, and nobody would miss a term."""
    made = do_repair(runtime, bootstrap.now(), Progress("bijgewerkt", "dossier", "dossiers"))
    found = verify(runtime.store).findings
    mark(register, "verify", bootstrap.now(), str(len(found)))
    return made, sorted(one for one in found if one.kind is Kind.DAMAGED)


def _without(made: Repaired, left: Sequence[Finding]) -> Iterator[str]:
    if made.replaced:
        yield (
            f"De kopie werd gemaakt zonder wat toen beschadigd was. Daarvan opnieuw gemaakt: "
            f"{counted(len(made.replaced), 'document', 'documenten')}."
        )
    yield from map(told_lost_code, sorted(made.codes_lost))
    if left:
        yield (
            "Toen de kopie gemaakt werd, was dit beschadigd of verdwenen. Het telt ook hier als beschadigd, en wat het "
            "gesloten hield, blijft gesloten. Zet het terug uit een oudere kopie (gehoor restore KOPIE --damaged), of "
            "geef het op (gehoor repair --give-up):"
        )
        yield from (f"  {told(one)}" for one in left)


def _said(again: BackAgain) -> Iterator[str]:
    yield "Iedereen meldt zich opnieuw aan. Wat na de kopie geanonimiseerd werd, is er weer: zie gehoor retention list"
    if again.accounts:
        yield f"Deze accounts waren gesloten en zijn weer open: {', '.join(again.accounts)}"
    if again.passwords:
        yield f"Bij deze accounts geldt weer het wachtwoord van toen: {', '.join(again.passwords)}"
    if again.waiting:
        waiting = counted(again.waiting, "bericht wachtte", "berichten wachtten")
        yield f"{waiting} toen nog. Wat intussen vertrok, vertrekt opnieuw. Kijk na met: gehoor send --list"


@contextmanager
def _readable(file: Path) -> Iterator[None]:
    """Say in a sentence why a copy cannot be used."""
    try:
        yield
    except BadDumpError as error:
        raise Failure(
            f"{file} kan niet teruggezet worden: {_REASONS[error.reason]}. Er is niets gewijzigd."
        ) from error
    except FileNotFoundError as error:
        raise Failure(f"{file} is er niet. Er is niets gewijzigd.") from error
    except OSError as error:
        raise Failure(
            f"{file} kan niet gelezen worden: {error.strerror or error}. Er is niets gewijzigd."
        ) from error
