"""The people and cases of a demo: those that come with Gehoor, or somebody for each role of another organisation."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from gehoor.core.agreement.model import Agreement

_DEMO = "de-linde"


@cache
def demo_data() -> dict[str, Any]:
    """Return the people and cases of the demo, not to be changed: data of ours, so it is not checked further."""
    text = (files("gehoor") / "demo" / f"{_DEMO}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return data


def demo_data_of(agreement: Agreement, password: str) -> dict[str, Any]:
    """Return a demo of another organisation: one person for each role, in all its departments, and no cases yet."""
    organisation = agreement.organisation
    return {
        "organisation": organisation,
        "agreed-by": agreement.organisation_name,
        "password": password,
        "people": [
            {
                "name": role.id,
                "full-name": role.name,
                "email": f"{role.id}@{organisation}.example",
                "roles": [f"{organisation}/*:{role.id}"],
            }
            for role in agreement.roles.values()
        ],
        "cases": [],
    }
