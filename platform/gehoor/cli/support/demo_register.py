"""Which registers are demos: their passwords are known to everyone."""

from __future__ import annotations

from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime

_SETTING = "demo"


def is_demo(runtime: Runtime) -> bool:
    """Say whether a register was made as a demo."""
    with reading(runtime.store) as register:
        return register.setting(_SETTING) is not None


def mark_as_demo(runtime: Runtime) -> None:
    """Remember for good that a register is a demo."""
    with writing(runtime.store) as register:
        register.save_setting(_SETTING, "ja")
