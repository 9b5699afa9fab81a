"""A process that works on a register: ``open FILE DEPARTMENT COUNT`` or ``sweep FILE MOMENT``."""

from __future__ import annotations

import sys
from uuid import uuid4

from gehoor.adapters.security.file_inspector import SniffingInspector
from gehoor.adapters.security.sealing import AesSealer
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.dossiers.opening import Opening, open_dossier
from gehoor.services.jobs.sweep import sweep
from gehoor.services.register.library import Library
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.tables import SCHEMAS
from tests.support.clock import at
from tests.support.de_linde import MELDEN, ORGANISATION, QuickEngine

if __name__ == "__main__":
    task, file, *rest = sys.argv[1:]
    store = TinyDBStore(file, SCHEMAS)
    runtime = Runtime(
        store, QuickEngine(), Library(), str, lambda: uuid4().hex, SniffingInspector(), AesSealer()
    )
    if task == "sweep":
        sys.stdout.write(str(len(sweep(runtime, at(rest[0])).flags)))
    else:
        for _ in range(int(rest[1])):
            opening = Opening(ORGANISATION, rest[0], "melden", MELDEN, uuid4().hex)
            sys.stdout.write(open_dossier(runtime, opening, at("2026-05-12 14:00")).number + "\n")
    store.close()
