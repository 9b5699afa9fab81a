"""The people and cases of a demo: those that come with Gehoor, or somebody for each role of another organisation."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, Final

from ruamel.yaml import YAML

from gehoor.core.agreement.model import Agreement

DEMO_PASSWORD: Final = "demo-gehoor"  # noqa: S105  Everybody knows it, so only a demo takes it.
"""What everybody in a demo signs in with."""


@cache
def demos() -> tuple[dict[str, Any], ...]:
    """Return the people and cases of each organisation that has a demo, in the order of its file, not to be changed:
    data of ours, so it is not checked further."""
    found = sorted(
        (one for one in (files("gehoor") / "demo").iterdir() if one.name.endswith(".yaml")),
        key=lambda one: one.name,
    )
    return tuple(YAML(typ="safe", pure=True).load(one.read_text(encoding="utf-8")) for one in found)


def demo_data_of(agreement: Agreement) -> dict[str, Any]:
    """Return a demo of another organisation: one person for each role, in all its departments, and no cases yet."""
    organisation = agreement.organisation
    return {
        "organisation": organisation,
        "agreed-by": agreement.organisation_name,
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
