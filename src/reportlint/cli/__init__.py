"""The command line: which command, and the exit status."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence

from reportlint.cli import screen, signals
from reportlint.cli.arguments import parsed
from reportlint.cli.status import CLEAN, FAILED, INTERRUPTED
from reportlint.errors import ReportlintError, reason

_WRITING = (errno.ENOSPC, errno.EBADF, errno.EIO, errno.EFBIG)

_HERE = {errno.ENOENT: "当前文件夹已经不在"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit status: 0 nothing found, 1 findings, 2 not done as asked, 130 interrupted."""
    screen.prepare()
    try:
        status = _run(sys.argv[1:] if arguments is None else arguments)
    except SystemExit as ended:
        # Arguments that are not understood, or a question for help.
        raise SystemExit(_flushed(int(ended.code or CLEAN))) from None
    return _flushed(status)


def _run(arguments: Sequence[str]) -> int:
    try:
        options = parsed(arguments)
        with signals.heeded():
            status: int = options.run(options)
    except ReportlintError as error:
        return _failed(str(error))
    except signals.Terminated as terminated:
        return _failed("已被终止", terminated.status)
    except KeyboardInterrupt:
        return _failed("已中断", INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output went away; nobody is left to be told.
        screen.give_up(sys.stdout)
        return FAILED
    except OSError as error:
        if error.filename is None:
            # Files are told of by name: what is left are the streams, and a current folder that is gone.
            return _failed(f"写不出标准输出：{reason(error)}" if error.errno in _WRITING else reason(error, _HERE))
        return _failed(f"{os.fsdecode(error.filename)}：{reason(error)}")
    return status


def _flushed(status: int) -> int:
    """The status when all is written that was said; what cannot be written is not tried again when Python ends."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        screen.give_up(sys.stdout)
        status = FAILED
    except OSError as error:
        screen.give_up(sys.stdout)
        status = _failed(f"写不出标准输出：{reason(error)}")
    try:
        sys.stderr.flush()
    except OSError:
        screen.give_up(sys.stderr)
    return status


def _failed(words: str, status: int = FAILED) -> int:
    try:
        print(f"reportlint: {words}", file=sys.stderr, flush=True)
    except OSError:
        screen.give_up(sys.stderr)
    return status
