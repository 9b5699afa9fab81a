"""The command ``gehoor``. Each command is imported when it is used, so that asking for help costs nothing."""

from __future__ import annotations

import gc
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from errno import EPIPE
from importlib import import_module
from types import ModuleType
from typing import Any, Final

import click

from gehoor import __version__
from gehoor.cli.support.click_dutch import DutchGroup, UnexpectedFailure
from gehoor.cli.support.harmless import harmless_streams
from gehoor.cli.support.options import place_options
from gehoor.services.records.within import everywhere


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a command stands (module below ``gehoor.cli``, and name), and one line about it; without a line it is not
    listed."""

    module: str
    name: str
    help: str = ""


COMMANDS: Final[Mapping[str, Entry]] = {
    "init": Entry("definitions.init", "init", "Begin een nieuwe map met afspraken."),
    "add": Entry("definitions.add", "add_part", "Voeg een termijn, veld, rol, kanaal, regel of brief toe."),
    "check": Entry("definitions.check", "check", "Kijk de afspraken na."),
    "explain": Entry("definitions.explain", "explain", "Leg een probleem uit."),
    "show": Entry("agreements.show", "show", "Toon wat geldt, en waar het staat."),
    "agreement": Entry("agreements.agreement", "agreement", "Toon de afspraken in gewone taal."),
    "access": Entry("agreements.access", "access", "Toon wie wat mag."),
    "questions": Entry("agreements.questions", "questions", "Toon alle wegen door de vragen."),
    "diff": Entry("agreements.diff", "diff", "Toon het verschil tussen twee afspraken."),
    "publish": Entry("agreements.publish", "publish", "Laat de afspraken ingaan voor nieuwe dossiers."),
    "proposal": Entry("proposals.proposal", "proposal", "Volg wat voor de afspraken voorgesteld is."),
    "sources": Entry(
        "proposals.sources", "sources", "Haal de bestanden van de afspraken op, of breng ze in."
    ),
    "end": Entry("agreements.end", "stop", "Laat een afdeling stoppen."),
    "publications": Entry(
        "agreements.publications", "publications", "Toon wat gepubliceerd is, en wat geldt."
    ),
    "serve": Entry("site.serve", "serve", "Start de website."),
    "sweep": Entry("dossiers.sweep", "sweep", "Kijk welke termijnen verstreken zijn en verstuur berichten."),
    "send": Entry("dossiers.send", "send", "Verstuur de berichten die wachten."),
    "receive": Entry("dossiers.receive", "receive", "Haal e-mails op uit een postbus."),
    "reindex": Entry("maintenance.reindex", "reindex", "Maak opnieuw wat lijsten en zoeken bijhouden."),
    "submit": Entry("dossiers.submit", "submit", "Dien een ingevuld formulier in."),
    "dossier": Entry("dossiers.dossier", "dossier", "Toon een dossier, of vul het aan."),
    "repin": Entry("dossiers.repin", "repin", "Breng een lopend dossier onder andere afspraken."),
    "due": Entry("dossiers.due", "due", "Reken een termijn uit."),
    "backup": Entry("maintenance.backup", "backup", "Maak een kopie van het register."),
    "restore": Entry("maintenance.restore", "restore", "Zet een kopie van het register terug."),
    "verify": Entry("maintenance.verify", "verify", "Lees het hele register na."),
    "repair": Entry(
        "maintenance.repair", "repair", "Herstel wat uit gebeurtenissen opnieuw gemaakt kan worden."
    ),
    "store": Entry("maintenance.store", "store", "Breng een register naar deze versie van Gehoor."),
    "doctor": Entry("maintenance.doctor", "doctor", "Kijk na of Gehoor veilig kan draaien."),
    "retention": Entry("maintenance.retention", "retention", "Anonimiseer wat niet langer bewaard hoeft."),
    "person": Entry("maintenance.person", "person", "Geef iemand inzage in wat er over hem bewaard is."),
    "user": Entry("accounts.user", "user", "Beheer wie zich mag aanmelden."),
    "export": Entry("exchange.export", "export", "Haal alles van een organisatie uit het register."),
    "import": Entry("exchange.import_", "import_", "Breng een register in dat elders bijgehouden werd."),
    "webhook": Entry("exchange.webhook", "webhook", "Beheer welke programma's horen wat er gebeurt."),
    "schema": Entry("definitions.schema", "schema", "Geef uw editor de sleutelwoorden."),
    "translations": Entry(
        "definitions.translations", "translations", "Toon welke teksten nog niet vertaald zijn."
    ),
    "translate": Entry(
        "definitions.translate", "translate", "Zet de sleutelwoorden van een bestand in een andere taal."
    ),
    "demo": Entry("site.demo", "demo", "Maak een register met voorbeelden om te proberen."),
    "reference": Entry("site.reference", "reference"),
}
"""Every command there is."""


def _imported(module: str) -> ModuleType:
    """Import a module. All that importing makes stays, so looking for garbage in it meanwhile is for nothing."""
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        return import_module(module)
    finally:
        if was_collecting:
            gc.enable()


class LazyGroup(DutchGroup):
    """A group that imports a command when it is asked for."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run the command line, for who runs the server: within all organisations. Of what is printed, also of what
        went wrong, nothing steers the terminal."""
        with harmless_streams(), everywhere():
            return super().main(*args, **options)

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        command: click.Command = getattr(_imported(f"gehoor.cli.{entry.module}"), entry.name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what nobody thought of is told in a sentence too."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit):
            raise
        except Exception as error:
            if getattr(error, "errno", None) == EPIPE:
                # Whoever reads along has stopped: click ends quietly.
                raise
            if ctx.params["debug"]:
                traceback.print_exception(error)
            raise UnexpectedFailure(error, debug=ctx.params["debug"]) from error

    def short_helps(self, _ctx: click.Context) -> list[tuple[str, str]]:
        """Return each command with one line about it, without importing any."""
        return [(name, entry.help) for name, entry in COMMANDS.items()]


@click.command("gehoor", cls=LazyGroup)
@click.version_option(__version__, message="gehoor %(version)s", help="Toon de versie.")
@click.option(
    "--debug", is_flag=True, help="Toon bij een fout van Gehoor zelf ook alles wat erover bekend is."
)
@place_options
def gehoor(debug: bool) -> None:
    """Klachten behandelen naar eigen afspraken.

    De afspraken staan in bestanden. Begin met "gehoor demo --serve" om te proberen, of met "gehoor init MAP"
    voor een eigen map. Kijk ze na met "gehoor check" en laat ze ingaan met "gehoor publish".
    """
