"""Checks of keys and secrets: there, long enough, and nobody else's."""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from gehoor.bootstrap.doctor.check import Remark, Surroundings, refused, warning
from gehoor.bootstrap.metrics import TOKEN_FILE
from gehoor.bootstrap.register_files.key import key_file
from gehoor.services.register.register import reading
from gehoor.services.register.secrets import SIGNING

_SHORTEST: Final = 32
"""How many signs a key that signs cookies has at least."""
_LEAST_DIFFERENT: Final = 8
"""So many different signs are in it at least: what chance makes has more."""

_FILES: Final = ("GEHOOR_OIDC_SECRET_FILE", "GEHOOR_IMAP_PASSWORD_FILE", TOKEN_FILE)
"""The settings that name a file with a secret."""


def secrets(at: Surroundings) -> Iterator[Remark]:
    """Look at the keys of the register, and at the files that settings name."""
    if at.runtime is not None:
        with reading(at.runtime.store) as register:
            key = register.setting(SIGNING)
            steps = register.tables.count("second_steps")
        # Without one, the start of a website makes one.
        if key is not None and (len(key) < _SHORTEST or len(set(key)) < _LEAST_DIFFERENT):
            yield refused(
                "De sleutel die cookies ondertekent, is te raden: wie hem raadt, meldt zich aan als om het even wie.",
                "Zet het register terug uit een kopie van voor dat gewijzigd werd.",
            )
        file = key_file(at.store)
        if steps and not file.exists():
            yield refused(
                f"De sleutel van de tweede stap ontbreekt: {file}. Wie een tweede stap heeft ({steps}), kan niet meer "
                "binnen.",
                "Zet het bestand terug uit uw kopie. Is het weg, aanvaard dit dan en stel elke tweede stap opnieuw in.",
            )
    for setting in _FILES:
        named = at.environ.get(setting, "")
        if named and sys.platform != "win32":
            yield from _file(Path(named), setting)
    if at.environ.get("GEHOOR_OIDC_ISSUER") and not at.environ.get("GEHOOR_OIDC_SECRET_FILE"):
        yield warning(
            "GEHOOR_OIDC_SECRET_FILE ontbreekt: bij de andere dienst is Gehoor dan een publieke client.",
            "Zet het geheim van Gehoor daar in een bestand dat alleen Gehoor kan lezen.",
        )


def _file(file: Path, setting: str) -> Iterator[Remark]:
    try:
        mode = file.stat().st_mode
    except OSError as error:
        yield refused(f"{file} ({setting}) kan niet gelezen worden: {error.strerror}.")
        return
    if mode & (stat.S_IROTH | stat.S_IWOTH):
        yield refused(f"Iedereen op deze computer kan {file} lezen.", f"Doe: chmod 600 {file}")
