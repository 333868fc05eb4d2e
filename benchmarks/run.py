"""Times reportlint beside its rivals on the same made-up reports, in one run.

    python benchmarks/run.py [--runs N] [--only PART,PART] [--big]

Rivals take turns, so that a machine that drifts drifts for all; a ratio is the median of the ratios
of each turn. Nothing here fails for being slow: README.md says what the columns mean.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

import bare_lark
from contest import Contender, compete, measure, print_table, run
from corpus import is_broken, make_corpus, make_report, shape_of
from corpus_tables import SHAPES
from everyday import flat_part, jobs_part, unchanged_part
from keystrokes import keystrokes_part

from documents import documents_part

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PYTHON = sys.executable
REPORTS_A_TURN = 100
COLD_RUNS_A_RUN = 3
LINT, LINTER, SCRIPT, IMPORTS = "autocorrect-py lint_for", "reportlint check", "totals_script", "imports"
TARGETS = {"folder": 0.7, "reading": 2.0, "cold": 1.3}
_REPORT_NAME = re.compile(r"report-(\d{6})\.txt")


def print_target(part: str, what: str, ratio: float) -> None:
    verdict = "met" if ratio <= TARGETS[part] else "missed"
    print(f"  {what}: {ratio:.2f} (target <= {TARGETS[part]}: {verdict})")


def check_command(path: Path) -> list[str]:
    """One process that checks everything anew."""
    return [PYTHON, "-m", "reportlint", "check", str(path), "--output-format", "concise", "--no-cache", "--jobs", "1"]


def has_linter(module: str = "__init__") -> bool:
    """Whether reportlint is installed for this Python, and has that module."""
    spec = importlib.util.find_spec("reportlint")
    places = spec.submodule_search_locations if spec is not None else None
    return any((Path(place) / f"{module}.py").exists() for place in places or ())


def folder_contenders(folder: Path, command_line: str | None) -> list[Contender]:
    """Everything that goes over a folder of reports."""
    contenders = [Contender(SCRIPT, [PYTHON, str(HERE / "totals_script.py"), str(folder)])]
    if has_linter("__main__"):
        contenders.append(Contender(LINTER, check_command(folder)))
    if importlib.util.find_spec("autocorrect_py") is not None:
        loop = [PYTHON, str(HERE / "autocorrect_folder.py")]
        contenders.append(Contender(LINT, [*loop, "lint", str(folder)]))
        contenders.append(Contender("autocorrect-py format_for", [*loop, "format", str(folder)]))
    found = command_line or shutil.which("autocorrect")
    if found:
        contenders.append(Contender("autocorrect --lint", [found, "--lint", "--quiet", str(folder)]))
    return contenders


def folder_part(options: argparse.Namespace, work: Path) -> None:
    folder = work / "folder"
    make_corpus(folder, options.reports)
    print(f"\nA folder of {options.reports} reports ({sum(p.stat().st_size for p in folder.iterdir())} bytes)")
    contenders = folder_contenders(folder, options.autocorrect)
    results = compete(contenders, options.runs)
    rows = []
    for name, samples in results.items():
        rows.append(
            [
                name,
                f"{results.wall(name):.3f}",
                f"{min(sample.wall for sample in samples):.3f}",
                f"{median(sample.cpu for sample in samples):.3f}",
                f"{results.wall(name) / options.reports * 1000:.3f}",
                f"{results.ratio(name, SCRIPT):.2f}",
                f"{results.ratio(name, LINT):.2f}" if LINT in results else "-",
                f"{max(sample.peak for sample in samples) / 1024:.1f}",
            ]
        )
    print_table(["contender", "wall s", "min s", "cpu s", "ms/report", "x script", "x lint_for", "peak MiB"], rows)
    if LINTER in results and LINT in results:
        print_target("folder", f"{LINTER} / {LINT}", results.ratio(LINTER, LINT))
    for contender in contenders:
        if contender.name in (SCRIPT, LINTER):
            print_agreement(contender, options.reports)


def print_agreement(contender: Contender, reports: int) -> None:
    """How many of the broken and of the sound reports a checker names."""
    output = run(contender.command, contender.extra).stdout
    named = {int(seed) for seed in _REPORT_NAME.findall(output)}
    broken = {seed for seed in range(reports) if is_broken(seed)}
    listed = {seed for seed in broken if shape_of(seed) == "cell-a-line"}
    sound = reports - len(broken)
    print(
        f"  {contender.name} names {len(named & broken)} of {len(broken)} broken reports "
        f"({len(named & listed)} of the {len(listed)} with a cell a line) "
        f"and {len(named - broken)} of {sound} sound ones"
    )


def reading_part(options: argparse.Namespace, work: Path) -> None:  # noqa: ARG001 - as the other parts
    """Reading in this process. Every turn has reports not seen before, the same for all."""
    print(f"\nReading a report in a process that has read others ({options.runs} x {REPORTS_A_TURN} reports)")
    parser = bare_lark.build()
    readers: dict[str, Callable[[str], object]] = {"bare Lark": lambda text: bare_lark.parse(parser, text)}
    if has_linter():
        from reportlint import Linter
        from reportlint.source import Source

        linter = Linter.from_config(None)
        readers["linter.read"] = lambda text: linter.read(Source(text))
        readers["linter.lint_text"] = linter.lint_text
    else:
        print("  reportlint is not installed: bare Lark alone")
    times: dict[str, dict[str, list[float]]] = {name: {shape: [] for shape in SHAPES} for name in readers}
    totals: dict[str, list[float]] = {name: [] for name in readers}
    for turn in range(options.runs + 1):
        seeds = range(turn * REPORTS_A_TURN, (turn + 1) * REPORTS_A_TURN)
        texts = [(shape_of(seed), make_report(seed)) for seed in seeds]
        for name in readers if turn % 2 == 0 else reversed(readers):
            taken = [(shape, _time(readers[name], text)) for shape, text in texts]
            if turn == 0:
                continue
            totals[name].append(sum(seconds for _, seconds in taken))
            for shape, seconds in taken:
                times[name][shape].append(seconds)
    rows = []
    for name in readers:
        every = [seconds for shape in SHAPES for seconds in times[name][shape]]
        shapes = [f"{median(times[name][shape]) * 1000:.2f}" for shape in SHAPES]
        mean = median(totals[name]) / REPORTS_A_TURN
        rows.append([name, f"{mean * 1000:.3f}", f"{median(every) * 1000:.3f}", f"{min(every) * 1000:.3f}", *shapes])
    if "linter.read" in readers:
        read, bare = times["linter.read"], times["bare Lark"]
        shapes = [f"{median(read[shape]) / median(bare[shape]):.2f}" for shape in SHAPES]
        rows.append(["linter.read x bare Lark", "", "", "", *shapes])
    print_table(["ms a report", "mean", "median", "min", *SHAPES], rows)
    for name in list(readers)[1:]:
        ratio = median(mine / bare for mine, bare in zip(totals[name], totals["bare Lark"], strict=True))
        if name == "linter.read":
            print_target("reading", "linter.read / bare Lark", ratio)
        else:
            print(f"  {name} / bare Lark: {ratio:.2f}")


def _time(reader: Callable[[str], object], text: str) -> float:
    start = perf_counter()
    reader(text)
    return perf_counter() - start


def cold_part(options: argparse.Namespace, work: Path) -> None:
    """A fresh process for one report."""
    one = work / "one.txt"
    one.write_text(make_report(next(seed for seed in range(100) if not is_broken(seed)), "tab"), encoding="utf-8")
    contenders = [
        Contender("python -c pass", [PYTHON, "-c", "pass"]),
        Contender(IMPORTS, [PYTHON, "-c", "import lark, pluggy, argparse"]),
    ]
    if has_linter("__main__"):
        contenders.append(Contender(LINTER, check_command(one)))
        no_cache = {"REPORTLINT_CACHE_DIR": os.devnull}
        contenders.append(Contender(f"{LINTER}, grammars built", check_command(one), no_cache))
    runs = COLD_RUNS_A_RUN * options.runs
    print(f"\nA fresh process for one report ({runs} runs)")
    results = compete(contenders, runs)
    rows = [
        [
            name,
            f"{results.wall(name) * 1000:.0f}",
            f"{min(sample.wall for sample in samples) * 1000:.0f}",
            f"{median(sample.cpu for sample in samples) * 1000:.0f}",
            f"{results.ratio(name, IMPORTS):.2f}",
        ]
        for name, samples in results.items()
    ]
    print_table(["contender", "wall ms", "min ms", "cpu ms", "x imports"], rows)
    if LINTER in results:
        print_target("cold", f"{LINTER} / {IMPORTS}", results.ratio(LINTER, IMPORTS))


def memory_part(options: argparse.Namespace, work: Path) -> None:
    """Peak memory over growing folders; a single run of each, since a peak hardly varies."""
    counts = [100, 1_000, *([10_000] if options.big else [])]
    peaks: dict[str, list[int]] = {}
    for count in counts:
        folder = work / f"memory-{count}"
        make_corpus(folder, count)
        for contender in folder_contenders(folder, options.autocorrect):
            peaks.setdefault(contender.name, []).append(measure(contender).peak)
        shutil.rmtree(folder)
    print("\nPeak memory, MiB")
    rows = [
        [name, *(f"{peak / 1024:.1f}" for peak in found), f"{found[-1] / found[0]:.2f}"]
        for name, found in peaks.items()
    ]
    print_table(["contender", *(f"{count} reports" for count in counts), "last / first"], rows)


PARTS = {
    "folder": folder_part,
    "reading": reading_part,
    "cold": cold_part,
    "memory": memory_part,
    "unchanged": unchanged_part,
    "jobs": jobs_part,
    "flat": flat_part,
    "keystrokes": keystrokes_part,
    "documents": documents_part,
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Time reportlint beside its rivals.")
    parser.add_argument("--runs", type=int, default=7, help="turns that are measured (default: 7)")
    parser.add_argument("--reports", type=int, default=1_000, help="reports in the folder (default: 1000)")
    parser.add_argument("--only", default=",".join(PARTS), help=f"parts, of {','.join(PARTS)}")
    parser.add_argument(
        "--big", action="store_true", help="measure memory over 10,000 reports too, and flat over 100,000"
    )
    parser.add_argument(
        "--autocorrect", metavar="PATH", type=os.path.abspath, help="the autocorrect program (default: on the PATH)"
    )
    options = parser.parse_args()
    unknown = set(options.only.split(",")) - set(PARTS)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    roots = [str(ROOT / name) for name in ("src", "rules", "grammars")]
    subprocess.run([PYTHON, "-m", "compileall", "-q", *roots, str(HERE)], check=True)
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, {options.runs} runs")
    if not has_linter("__main__"):
        print("python -m reportlint is not there: its rivals are measured alone")
    with tempfile.TemporaryDirectory(prefix="reportlint-bench-") as folder:
        os.chdir(folder)
        os.environ["REPORTLINT_CACHE_DIR"] = os.path.join(folder, "cache")
        for name in options.only.split(","):
            PARTS[name](options, Path(folder))
        os.chdir(ROOT)


if __name__ == "__main__":
    main()
