"""The command line: which command, and the exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from reportlint.cli import screen
from reportlint.cli.arguments import parsed
from reportlint.cli.status import FAILED, INTERRUPTED
from reportlint.errors import ReportlintError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit status: 0 nothing found, 1 findings, 2 not done as asked, 130 interrupted."""
    screen.tolerate_any_text()
    try:
        options = parsed(sys.argv[1:] if arguments is None else arguments)
        status: int = options.run(options)
        sys.stdout.flush()
    except ReportlintError as error:
        print(f"reportlint: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("reportlint: 已中断", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away; nobody is left to be told.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    return status
