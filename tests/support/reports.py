"""De Linde of the tests with a yearly report that organisations share, and who makes it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.web.request.site import open_workbench
from tests.support.site import Site, new_site
from tests.support.workbench import WHO_WE_ARE, files, with_agreements

BASIS: Final = "rules/basis/jaarverslag.yaml"
OWN: Final = "rules/de-linde/verslagen.yaml"
_REPORT: Final = """\
# Het verslag dat organisaties delen.
taal: nl
verslagen:
  jaarverslag:
    naam: Jaarverslag klachten
    periode-volgens: ontvangst
    hoofdstukken:
      - naam: Hoeveel er binnenkwam
        schrijf: Wat valt op in de aantallen?
        cijfers:
          - {naam: Berichten per soort, per: type_bericht, grafiek: staven}
          - {naam: Klachten per maand, als: {type_bericht: klacht}, per: maand}
      - naam: Gegrond of niet
        cijfers:
          - {naam: Gegrondheid, als: {type_bericht: klacht}, per: gegrondheid}
      - naam: Wat wij leerden
        schrijf: Wat nemen wij volgend jaar anders op?
"""
_RIGHTS: Final = """\
  cijfers-zien: [kwaliteitscoordinator]
  verslagen-maken: [kwaliteitscoordinator]
  verslagen-lezen: [kwaliteitscoordinator]
"""
_LAST_RIGHT: Final = b"  afspraken-voorstellen: [kwaliteitscoordinator]\n"
_USED: Final = b"  regels: ["


@cache
def files_with_report() -> Mapping[str, bytes]:
    """Return the files of De Linde with a report of a file that organisations share."""
    found = files()
    main = found[WHO_WE_ARE]
    assert main.count(_LAST_RIGHT) == 1
    assert main.count(_USED) == 1
    main = main.replace(_LAST_RIGHT, _LAST_RIGHT + _RIGHTS.encode())
    main = main.replace(_USED, b"  verslagen: [basis/jaarverslag]\n" + _USED)
    return {**found, WHO_WE_ARE: main, BASIS: _REPORT.encode()}


def site_with_report(drafter: ConfinedDrafter) -> Site:
    """Return the site of De Linde with its workbench and its report."""
    site = new_site(runtime=with_agreements(drafter, files_with_report()))
    open_workbench(site.app, drafter, None)
    return site
