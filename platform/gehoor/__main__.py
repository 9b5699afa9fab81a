"""``gehoor`` on the command line."""

from __future__ import annotations

import gc

from gehoor.cli.commands import gehoor


def main() -> None:
    """Run the command."""
    try:
        gehoor(prog_name="gehoor")
    finally:
        # Python looks for garbage once more when it ends, in all that was loaded.
        gc.freeze()


if __name__ == "__main__":
    main()
