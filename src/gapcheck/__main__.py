"""The way in: `--version` answers before anything else is imported."""

from __future__ import annotations

import sys


def main() -> int:
    """Run gapcheck on the command line's arguments; gives the exit code."""
    if sys.argv[1:] == ["--version"] and sys.stdout is not None:
        from gapcheck.version import VERSION

        sys.stdout.write(f"gapcheck {VERSION}\n")
        return 0
    try:
        from gapcheck.cli.boundary import run
    except KeyboardInterrupt:  # before there is a boundary
        return 130
    return run()


if __name__ == "__main__":
    sys.exit(main())
