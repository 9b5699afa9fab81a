"""``gehoor restore --damaged``: what is damaged, as a copy has it."""

from __future__ import annotations

from pathlib import Path

import click

from gehoor.bootstrap.register_files.backup_file import dump_in
from gehoor.cli.maintenance.telling import moment_of, name_of_table
from gehoor.cli.support.click_dutch import counted
from gehoor.cli.support.options import echo_json
from gehoor.services.backups.restore_damaged import restore_damaged
from gehoor.services.ports.store import Store


def what_is_damaged(store: Store, file: Path, *, output: str) -> None:
    """Put back what is damaged and say what. Raises as ``restore_damaged`` does."""
    done = restore_damaged(store, lambda: dump_in(file))
    if output == "json":
        echo_json(
            {
                "made_at": done.made_at,
                "put_back": [{"table": table, "key": key} for table, key in done.put_back],
                "dropped": [{"table": table, "key": key} for table, key in done.dropped],
                "left": [{"table": table, "key": key} for table, key in done.left],
            }
        )
        return
    for table, key in done.put_back:
        click.echo(f"Teruggezet: {name_of_table(table)}, {table} {key}")
    for table, key in done.dropped:
        click.echo(
            f"Weg, want het grootboek kent niets anders dan wat er staat: {name_of_table(table)}, {table} {key}"
        )
    for table, key in done.left:
        click.echo(f"Nog beschadigd: {name_of_table(table)}, {table} {key}")
    documents = counted(len(done.put_back), "document", "documenten")
    click.echo(f"{documents} teruggezet uit de kopie van {moment_of(done.made_at)}.")
    click.echo("Maak nu opnieuw wat uit gebeurtenissen volgt: gehoor repair")
