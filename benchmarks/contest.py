"""Commands that take turns at being measured, and tables of what came out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

_MEASURE = Path(__file__).resolve().parent / "measure.py"


class Sample(NamedTuple):
    """What one run of a command took: seconds and KiB."""

    wall: float
    cpu: float
    peak: int


class Contender(NamedTuple):
    """A command, and what its environment has besides the usual."""

    name: str
    command: Sequence[str]
    extra: Mapping[str, str] = {}


class Results(dict[str, list[Sample]]):
    """The samples of each contender, turn by turn."""

    def wall(self, name: str) -> float:
        return median(sample.wall for sample in self[name])

    def ratio(self, name: str, other: str) -> float:
        turns = zip(self[name], self[other], strict=True)
        return median(mine.wall / theirs.wall for mine, theirs in turns)


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """The environment of a measured command: like a user's, with bytecode written."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **extra}


def run(command: Sequence[str], extra: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command; findings (exit 1) are as good as none, anything else is a mistake."""
    done = subprocess.run(command, env=environment(extra), capture_output=True, text=True, encoding="utf-8")
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)}: exit {done.returncode}\n{done.stderr[-2000:]}")
    return done


def measure(contender: Contender) -> Sample:
    """Run a contender once, in a process that only measures it."""
    measuring = [sys.executable, "-I", "-S", str(_MEASURE), *contender.command]
    wall, cpu, peak = run(measuring, contender.extra).stdout.split()
    return Sample(float(wall), float(cpu), int(peak))


def compete(contenders: Sequence[Contender], runs: int) -> Results:
    """One unmeasured run of each, then turns in which the order goes to and fro."""
    for contender in contenders:
        measure(contender)
    results = Results((contender.name, []) for contender in contenders)
    for turn in range(runs):
        for contender in contenders if turn % 2 == 0 else reversed(contenders):
            results[contender.name].append(measure(contender))
    return results


def print_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under their heads, the first column to the left and the others to the right."""
    widths = [max(len(row[i]) for row in (heads, *rows)) for i in range(len(heads))]
    for row in (heads, *rows):
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        print("  " + "  ".join(cells))
