"""Opening a register: its store, the rule engine, and how passwords are kept."""

from __future__ import annotations

from dataclasses import replace
from sqlite3 import sqlite_version
from typing import Final

from gehoor.adapters.durable.engine import DurableRuleEngine
from gehoor.adapters.security.common_passwords import ReckonedPasswords
from gehoor.adapters.security.file_inspector import SniffingInspector
from gehoor.adapters.security.fresh_ids import fresh_id
from gehoor.adapters.security.passwords import Argon2Hasher
from gehoor.adapters.security.sealing import AesSealer
from gehoor.adapters.stores.memory import MemoryStore
from gehoor.adapters.stores.sqlite.connections.reset_bug import GUARDED
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.bootstrap import Database, Place, base_url, beside, now
from gehoor.bootstrap.likeness import likeness
from gehoor.bootstrap.register_files.key import key_file, vault_of
from gehoor.bootstrap.register_files.ownership import give_to_folder
from gehoor.bootstrap.register_files.register_version import refuse_other
from gehoor.bootstrap.register_files.shared_key import refuse_other_key
from gehoor.bootstrap.register_files.turn import alone
from gehoor.services.ports.outside import CommonPasswords, FileRefusedError, PasswordHasher
from gehoor.services.ports.store import Store, StoreUnavailableError
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.library import Library
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.secrets import RegisterSecrets

_PATIENCE: Final = 60.0
"""How many seconds a file waits until other processes are done with theirs."""


def is_there(place: Place) -> bool:
    """Say whether there is a register. Raises ``StoreUnavailableError`` when a database does not say."""
    if not isinstance(place, Database):
        return place.exists()
    from gehoor.bootstrap.database import holds_register  # noqa: PLC0415 - as in ``open_store``

    return holds_register(place.address)


def no_register(place: Place) -> str:
    """Return the sentence that there is no register yet, and what to do."""
    return f"Er is nog geen register: {place}. Maak het met: gehoor publish"


def open_runtime(place: Place, address: str | None = None) -> Runtime:
    """Open a register, and make it when it is not there yet. ``address`` is where people open Gehoor.

    Raises ``StoreUnavailableError``; also for one of an earlier Gehoor, that is to be migrated first. ``SetupError``
    for one in a database of which the key is not on this computer.
    """
    store = beside(place)
    try:
        store.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StoreUnavailableError("the file cannot be opened") from error
    there = store.exists()
    if there and store.stat().st_size and place is store:
        refuse_other(store)
    secrets = RegisterSecrets(beside=lambda: vault_of(key_file(store)))
    # Unpacked, one picture takes a part of the memory: the processes of a website do so in turn.
    inspector = SniffingInspector(
        lambda: alone(store, "files", _PATIENCE, lambda: FileRefusedError("file-busy"))
    )
    opened = open_store(place)
    if isinstance(place, Database):
        try:
            refuse_other_key(opened, key_file(store))
        except BaseException:
            opened.close()
            raise
    runtime = replace(_runtime(opened, address), secrets=secrets, inspector=inspector)
    if not there:
        give_to_folder(store)
    return runtime


def open_store(place: Place) -> Store:
    """Open what keeps a register. Raises ``StoreUnavailableError``."""
    if isinstance(place, Database):
        # Imported here: most registers are a file, and need no driver of a database.
        from gehoor.bootstrap.database import opened_store  # noqa: PLC0415

        return opened_store(place.address)
    return TinyDBStore(place, SCHEMAS)


def store_notice(place: Place) -> str:
    """Return what whoever starts a website should know of what a register is kept with; empty when there is nothing."""
    if not GUARDED or isinstance(place, Database):
        return ""
    return (
        f"SQLite {sqlite_version} heeft een fout die bij druk verkeer kan wissen wat bewaard was. Gehoor vermijdt ze: "
        "processen schrijven om beurten. Vanaf SQLite 3.51.3 hoeft dat niet meer."
    )


def memory_runtime(address: str | None = None) -> Runtime:
    """Return a runtime whose register is in memory only, and gone when the process ends."""
    return _runtime(MemoryStore(SCHEMAS), address)


def _runtime(store: Store, address: str | None) -> Runtime:
    home = address or base_url()
    return Runtime(
        store=store,
        engine=DurableRuleEngine(),
        library=Library(),
        link=lambda dossier: f"{home}/medewerker/dossiers/{dossier}",
        new_id=lambda: fresh_id(now()),
        inspector=SniffingInspector(),
        sealer=AesSealer(),
        home=home,
        likeness=likeness(),
    )


def hasher() -> PasswordHasher:
    """Return how passwords are kept."""
    return Argon2Hasher()


def common_passwords() -> CommonPasswords:
    """Return what knows which passwords are quickly guessed."""
    return ReckonedPasswords()
