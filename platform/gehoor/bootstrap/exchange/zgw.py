"""Dossiers as cases of ZGW, in a new folder or zip, by a mapping in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from gehoor.bootstrap.exchange.exit_kit.writing import FolderSink, write_new
from gehoor.core.agreement.model import Agreement
from gehoor.core.exchange.zgw_mapping import ZgwMapping
from gehoor.core.text.problems import Problem
from gehoor.loading.exchange.zgw_file import ZgwFile, load_zgw, zgw_problems
from gehoor.services.access.authorisation import Operator
from gehoor.services.exchange.zgw_export import Exported, export_zgw
from gehoor.services.register.runtime import Runtime

__all__ = ["ZgwFile", "problems_of", "write_zgw", "zgw_in"]

_README: Final = """# Uitvoer als zaken (ZGW)

Elk bestand is een lijst van resources zoals de API's van VNG ze geven: Zaken 1.5, Catalogi 1.3, Documenten 1.4 en
Besluiten 1.1. De adressen (`url`) zijn bij elke uitvoer dezelfde; op die adressen staat niets. Wie inleest, maakt de
resources aan in deze volgorde: `catalogi`, `zaken/zaken.json`, `documenten`, en dan de rest van `zaken` en `besluiten`.

De bestanden zelf staan in `documenten/bestanden`; de naam begint met het `uuid` van het document. Alles wat `concept`
is, wordt bij het inlezen gepubliceerd.

Dit zijn persoonsgegevens. `vertrouwelijkheidaanduiding` zegt bij elke zaak en elk document hoe vertrouwelijk ze zijn.
"""


def zgw_in(file: Path) -> ZgwFile:
    """Return the mapping in a file, or what is wrong with it."""
    return load_zgw(file)


def problems_of(found: ZgwFile, agreements: Iterable[Agreement]) -> list[Problem]:
    """Return what of a mapping does not fit the agreements."""
    return zgw_problems(found, agreements)


def write_zgw(
    runtime: Runtime,
    mapping: ZgwMapping,
    target: Path,
    actor: Operator,
    now: datetime,
    progress: Callable[[int], None] = lambda _: None,
) -> Exported:
    """Write the dossiers of an organisation to ``target``. Raises ``SetupError`` as ``write_new`` does."""

    def fill(folder: Path) -> Exported:
        with closing(FolderSink(folder)) as sink:
            sink.put("LEESMIJ.md", _README.encode())
            return export_zgw(runtime, mapping, sink, actor, now, progress)

    return write_new(target, fill)
