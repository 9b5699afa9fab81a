"""The key beside a register that several machines work with: the same on each of them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from gehoor.bootstrap import SetupError
from gehoor.bootstrap.register_files.key import vault_of
from gehoor.services.ports.store import DamagedError, Store
from gehoor.services.register.register import reading, writing

KNOWN: Final = "key-beside"
"""The setting that says by what the key is known; the key cannot be made from it."""

_ABSENT: Final = (
    "De sleutel van dit register staat niet op deze computer. Zet een kopie ervan als {}, met dezelfde "
    "rechten als op een andere computer. Is ze nergens meer, doe dan: gehoor store new-key"
)


def refuse_other_key(store: Store, file: Path) -> None:
    """Raise ``SetupError`` where the key in a file is not the one that this register is used with, or is not there;
    the first that is used is the one. With another, nobody who signed in on one machine would be known on the next."""
    try:
        with reading(store) as register:
            known = register.setting(KNOWN)
    except DamagedError:
        # Who mends a register opens it first, as does who shuts somebody out: any key that is there will do meanwhile.
        if file.exists():
            return
        raise SetupError(_ABSENT.format(file)) from None
    if not known:
        mine = vault_of(file).digest(KNOWN, "")
        with writing(store) as register:
            known = register.setting(KNOWN)
            if not known:
                register.save_setting(KNOWN, mine)
                return
    if not file.exists():
        raise SetupError(_ABSENT.format(file))
    if vault_of(file).digest(KNOWN, "") != known:
        raise SetupError(
            f"De sleutel in {file} is niet die van dit register. Zet er een kopie van die op een andere computer. "
            "Is ze nergens meer, doe dan: gehoor store new-key"
        )


def begin_with_another(store: Store) -> None:
    """Have the next key that is used be the one: whoever has a second step sets it up anew, and all sign in again."""
    with writing(store) as register:
        register.save_setting(KNOWN, "")
