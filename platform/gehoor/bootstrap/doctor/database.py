"""Checks of a database that holds the register: who can read along, and whether what is kept stays kept."""

from __future__ import annotations

from collections.abc import Iterator

from gehoor.bootstrap import Database
from gehoor.bootstrap.doctor.check import Remark, Surroundings, note, warning
from gehoor.services.ports.store import StoreUnavailableError


def database(at: Surroundings) -> Iterator[Remark]:
    """Look at the way to the database, and at what it says of itself."""
    if not isinstance(at.place, Database):
        return
    # Only here: for a register in a file nobody needs the library.
    from gehoor.adapters.stores.postgres.safety import has_password, safety_of  # noqa: PLC0415

    if has_password(at.place.address):
        yield warning(
            "Het wachtwoord van de databank staat in haar adres: wie de processen of instellingen van deze computer "
            "ziet, leest het.",
            "Zet het in een bestand dat alleen Gehoor kan lezen, en noem dat in PGPASSFILE.",
        )
    try:
        found = safety_of(at.place.address)
    except StoreUnavailableError:
        return  # That it cannot be reached, is told where the register is looked at.
    if found.remote and not found.encrypted:
        yield warning(
            "Wat naar de databank gaat, gaat onversleuteld over het netwerk: wie meeleest, leest alle dossiers.",
            "Zet ssl aan in de databank, en schrijf sslmode=verify-full in haar adres.",
        )
    elif found.remote and not found.sure:
        yield note(
            "Niemand gaat na of het de databank zelf is die antwoordt: wie ertussen zit, kan zich voor haar uitgeven.",
            "Schrijf sslmode=verify-full in haar adres, met sslrootcert.",
        )
    if found.unkept:
        yield warning(
            "De databank staat zo ingesteld dat wat bewaard werd, bij een stroompanne weg kan zijn: "
            f"{', '.join(found.unkept)} staat uit.",
            "Zet het aan in postgresql.conf.",
        )
