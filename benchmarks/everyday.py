"""The everyday run: nothing changed since the last one, and several processes over what has."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path
from statistics import median

from contest import Contender, compete, measure, print_table, run
from corpus import is_broken, make_corpus, make_report

PYTHON = sys.executable
UNCHANGED, MOSTLY, RUFF, BARE = (
    "reportlint check",
    "reportlint check, 15 % with findings",
    "ruff check",
    "python -c pass",
)
ONE, TWO = "--jobs 1", "--jobs 2"
TARGETS = {"unchanged": 1.0, "jobs": 1.7, "memory": 1.3}
_AT_REST_SECONDS = 3
"""Files that were changed just now are read again, by their content: the corpus has to lie a while."""
_MODULE = '''"""A module with nothing to find in it."""


def half(number: int) -> int:
    """Return the half of it, rounded down."""
    return number // 2


NUMBERS = [{numbers}]
'''


def check(folder: Path, *arguments: str) -> list[str]:
    """The command, as quiet as it can be."""
    return [PYTHON, "-m", "reportlint", "check", str(folder), "--output-format", "concise", *arguments]


def unchanged_part(options: argparse.Namespace, work: Path) -> None:
    """A second run over a folder, beside ruff's second run over as many files of like size."""
    ruff = shutil.which("ruff") or os.path.join(os.path.dirname(PYTHON), "ruff")
    clean, mixed, modules = work / "clean", work / "mixed", work / "modules"
    make_corpus(mixed, options.reports)
    for folder in (clean, modules):
        folder.mkdir()
    sound = [seed for seed in range(2 * options.reports) if not is_broken(seed)][: options.reports]
    for number, seed in enumerate(sound):
        (clean / f"report-{seed:06}.txt").write_text(make_report(seed), encoding="utf-8")
        numbers = ", ".join(str(each) for each in range(number, number + 1_500))
        (modules / f"module_{number}.py").write_text(_MODULE.format(numbers=numbers), encoding="utf-8")
    contenders = [
        Contender(BARE, [PYTHON, "-c", "pass"]),
        Contender(UNCHANGED, check(clean)),
        Contender(MOSTLY, check(mixed)),
    ]
    if os.path.exists(ruff):
        contenders.append(Contender(RUFF, [ruff, "check", str(modules), "--cache-dir", str(work / "ruff")]))
    for contender in contenders:
        run(contender.command, contender.extra)
    _lie_still()
    results = compete(contenders, 3 * options.runs)
    print(f"\n{options.reports} files, nothing changed since the last run ({3 * options.runs} runs)")
    rows = [
        [
            name,
            f"{results.wall(name) * 1000:.0f}",
            f"{min(sample.wall for sample in samples) * 1000:.0f}",
            f"{results.ratio(name, RUFF):.2f}" if RUFF in results else "-",
            f"{results.ratio(name, BARE):.2f}",
        ]
        for name, samples in results.items()
    ]
    print_table(["contender", "wall ms", "min ms", "x ruff", "x python"], rows)
    if RUFF in results:
        ratio = results.ratio(UNCHANGED, RUFF)
        verdict = "met" if ratio <= TARGETS["unchanged"] else "missed"
        print(f"  {UNCHANGED} / {RUFF}: {ratio:.2f} (target <= {TARGETS['unchanged']}: {verdict})")


def jobs_part(options: argparse.Namespace, work: Path) -> None:
    """One process against two, each over all reports anew."""
    folder = work / "jobs"
    make_corpus(folder, options.reports)
    contenders = [Contender(jobs, check(folder, "--no-cache", *jobs.split())) for jobs in (ONE, TWO)]
    texts = {run(contender.command, contender.extra).stdout for contender in contenders}
    results = compete(contenders, options.runs)
    print(f"\n{options.reports} reports, by one process and by two ({options.runs} runs)")
    rows = [
        [name, f"{results.wall(name):.3f}", f"{median(sample.cpu for sample in samples):.3f}"]
        for name, samples in results.items()
    ]
    print_table(["contender", "wall s", "cpu s"], rows)
    ratio = results.ratio(ONE, TWO)
    verdict = "met" if ratio >= TARGETS["jobs"] else "missed"
    same = "the same" if len(texts) == 1 else "NOT the same"
    print(f"  {ONE} / {TWO}: {ratio:.2f} (target >= {TARGETS['jobs']}: {verdict}); their outputs are {same}")


def flat_part(options: argparse.Namespace, work: Path) -> None:
    """Peak memory of the main process over very many reports (links to the same thousand), cache and all."""
    seeds = work / "seeds"
    make_corpus(seeds, 1_000)
    peaks = []
    for count in (1_000, 10_000, *([100_000] if options.big else [])):
        folder = work / f"flat-{count}"
        for thousand in range(count // 1_000):
            home = folder / f"{thousand:03}"
            home.mkdir(parents=True)
            for report in seeds.iterdir():
                os.link(report, home / report.name)
        peaks.append((count, measure(Contender("", check(folder))).peak, measure(Contender("", check(folder))).peak))
    print("\nPeak memory of the main process, MiB")
    rows = [[str(count), f"{first / 1024:.1f}", f"{again / 1024:.1f}"] for count, first, again in peaks]
    print_table(["reports", "first run", "second run"], rows)
    ratio = max(peaks[-1][turn] / peaks[0][turn] for turn in (1, 2))
    verdict = "met" if ratio <= TARGETS["memory"] else "missed"
    print(f"  last / first: {ratio:.2f} (target <= {TARGETS['memory']}: {verdict})")


def _lie_still() -> None:
    from time import sleep

    sleep(_AT_REST_SECONDS)
