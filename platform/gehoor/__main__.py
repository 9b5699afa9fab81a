"""``gehoor`` on the command line."""

from __future__ import annotations

from gehoor.cli.commands import gehoor


def main() -> None:
    """Run the command."""
    gehoor(prog_name="gehoor")


if __name__ == "__main__":
    main()
