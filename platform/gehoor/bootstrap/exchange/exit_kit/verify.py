"""Kijkt een uitvoerpakket van Gehoor na, zonder Gehoor: alleen Python 3.9 of later is nodig.

    python3 verify.py [MAP] [--manifest SHA-256] [--zegel BESTAND]

This program goes along in each kit, with what it does in the folder ``verifying``. It looks at the manifest (SHA-256 of
each file), the chain of events of each dossier, the log of who looked, the attachments, and the ledger of the register.
It says in Dutch what is wrong, and where.
"""

import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    # Nothing is added to the kit that is looked at.
    sys.dont_write_bytecode = True
    # Behind all else: whatever stands beside it takes the place of no module of Python.
    sys.path.append(str(Path(__file__).resolve().parent))
    runpy.run_module("verifying", run_name="__main__", alter_sys=False)
