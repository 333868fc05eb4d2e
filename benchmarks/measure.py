"""Runs one command and prints its wall seconds, processor seconds and peak memory in KiB.

    python benchmarks/measure.py COMMAND ARGUMENT...

A process of its own, because on Linux the peak of a child begins at that of the process that
started it: this one is smaller than anything that is measured. It exits as the command did.
"""

import os
import sys
import time


def main(command: list[str]) -> int:
    quiet = os.open(os.devnull, os.O_WRONLY)
    start = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, quiet, 1)])
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - start
    print(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
