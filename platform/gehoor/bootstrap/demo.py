"""Reading the demo that comes with Gehoor."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

_DEMO = "de-linde"


def demo_data() -> dict[str, Any]:
    """Return the people and cases of the demo: data of ours, so it is not checked further."""
    text = (files("gehoor") / "demo" / f"{_DEMO}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return data
