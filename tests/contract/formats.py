"""What the format of a register is made of: how every table lies. Recorded with its number, so that no table changes
while the number stays. ``python -m tests.contract.formats`` records it anew."""

from __future__ import annotations

import json
from pathlib import Path

from gehoor.adapters.stores.sqlite.tables.conversion import FORMAT
from gehoor.services.records.tables import SCHEMAS

RECORDED = Path(__file__).with_name("registers") / "format.json"


def tables_now() -> dict[str, object]:
    """Return the number of the format, and how every table lies."""
    lie = {
        one.name: {
            "columns": [
                f"{column.name} {column.kind}{' required' * column.required}" for column in one.columns
            ],
            "key": one.key if one.narrow else "",
            "narrow": one.narrow,
            "words": one.words,
        }
        for one in SCHEMAS
    }
    return {"format": FORMAT, "tables": lie}


if __name__ == "__main__":
    RECORDED.write_text(json.dumps(tables_now(), indent=1, sort_keys=True) + "\n", encoding="utf-8")
