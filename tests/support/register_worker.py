"""A process that works on a register: ``open PLACE DEPARTMENT COUNT``, ``sweep PLACE MOMENT``, or
``work PLACE MOMENT PORT``: sweep, and send over the mail server at that port."""

from __future__ import annotations

import sys
from uuid import uuid4

from gehoor.adapters.mail.smtp import SmtpMailer
from gehoor.adapters.security.file_inspector import SniffingInspector
from gehoor.adapters.security.sealing import AesSealer
from gehoor.services.dossiers.incoming import Opening
from gehoor.services.dossiers.opening import open_dossier
from gehoor.services.jobs.sweep import sweep
from gehoor.services.messages.sending import deliver
from gehoor.services.ports.belonging import EVERYWHERE
from gehoor.services.records.within import go_on_within
from gehoor.services.register.library import Library
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import MELDEN, ORGANISATION, QuickEngine
from tests.support.patience import PATIENCE
from tests.support.stores import opened_at

if __name__ == "__main__":
    task, place, *rest = sys.argv[1:]
    # As a command of who runs the server does.
    go_on_within(EVERYWHERE)
    store = opened_at(place)
    runtime = Runtime(
        store, QuickEngine(), Library(), str, lambda: uuid4().hex, SniffingInspector(), AesSealer()
    )
    if task == "sweep":
        sys.stdout.write(str(len(sweep(runtime, at(rest[0])).missed)))
    elif task == "work":
        moment, port = at(rest[0]), int(rest[1])
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        post = SmtpMailer(host="127.0.0.1", port=port, sender="gehoor@delinde.example", timeout=PATIENCE)
        flags = len(sweep(runtime, moment).missed)
        sent, waiting = deliver(runtime, post, lambda: moment)
        sys.stdout.write(f"{flags} {sent} {waiting}")
    else:
        for _ in range(int(rest[1])):
            opening = Opening(ORGANISATION, rest[0], "melden", MELDEN, uuid4().hex)
            sys.stdout.write(open_dossier(runtime, opening, at("2026-05-12 14:00")).number + "\n")
    store.close()
