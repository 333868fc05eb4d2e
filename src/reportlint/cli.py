"""The command line: arguments, files and the exit status."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from reportlint import config
from reportlint.errors import ConfigError, ReadError, ReportlintError
from reportlint.files import STDIN, Candidate, candidates
from reportlint.formats import PassedOver, Run, text
from reportlint.linter import TOOL, Linter, Result, unreadable
from reportlint.readers import from_bytes, read_file
from reportlint.settings import rules_named

if TYPE_CHECKING:
    from reportlint.source import Source

CLEAN, FINDINGS, FAILED, INTERRUPTED = 0, 1, 2, 130
_NOT_A_REPORT = f"{TOOL}/not-a-report"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit status: 0 nothing found, 1 findings, 2 not done as asked, 130 interrupted."""
    _tolerate_any_text()
    try:
        options = _parser().parse_args(arguments)
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


def _tolerate_any_text() -> None:
    """Nothing that stands in a report or file name may fail to be printed."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _parser() -> argparse.ArgumentParser:
    def formatter(prog: str) -> argparse.HelpFormatter:
        return argparse.HelpFormatter(prog, width=100)

    parser = argparse.ArgumentParser(
        prog="reportlint", description="检查政府信息公开工作年度报告", formatter_class=formatter
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="显示版本")
    commands = parser.add_subparsers(title="命令", metavar="COMMAND", required=True, prog="reportlint")

    check = commands.add_parser("check", help="检查报告", formatter_class=formatter)
    check.add_argument("paths", nargs="*", default=["."], metavar="PATH", help="文件、文件夹，或 - 表示标准输入")
    check.add_argument("--output-format", choices=("full", "concise", "json"), default="full", help="输出格式")
    check.add_argument("--select", metavar="RULES", type=_names, help="只运行这些规则（逗号分隔）")
    check.add_argument("--ignore", metavar="RULES", type=_names, help="不运行这些规则（逗号分隔）")
    check.add_argument("--config", metavar="FILE", help="配置文件；默认取离每份报告最近的一个")
    check.add_argument("--fail-on", choices=("error", "warning", "advice"), help="从哪一级起退出码为 1（默认 warning）")
    check.set_defaults(run=_check)

    rule = commands.add_parser("rule", help="说明规则", formatter_class=formatter)
    rule.add_argument("name", nargs="?", metavar="NAME", help="规则名")
    rule.add_argument("--all", action="store_true", help="列出所有规则")
    rule.add_argument("--config", metavar="FILE", help="配置文件")
    rule.set_defaults(run=_rule)

    for name, words, run in (("parse", "显示语法树", _parse), ("extract", "以 JSON 显示读出的报告", _extract)):
        command = commands.add_parser(name, help=words, formatter_class=formatter)
        command.add_argument("path", metavar="FILE", help="文件，或 - 表示标准输入")
        command.add_argument("--config", metavar="FILE", help="配置文件")
        command.set_defaults(run=run)

    show = commands.add_parser("config", help="显示对一份报告生效的配置及其来源", formatter_class=formatter)
    show.add_argument("path", nargs="?", default=".", metavar="PATH", help="报告或文件夹")
    show.add_argument("--config", metavar="FILE", help="配置文件")
    show.set_defaults(run=_config)

    test = commands.add_parser("test", help="测试规则包：说明页的例、案例、植错", formatter_class=formatter)
    test.add_argument("pack", nargs="?", metavar="PACK", help="规则包的名称或文件夹；默认各规则包")
    test.add_argument("--mutate", action="store_true", help="在合格的报告里植错，看哪条规则发现")
    test.add_argument("--output-format", choices=("text", "json"), default="text", help="输出格式")
    test.set_defaults(run=_test)

    kinds = commands.add_parser("init", help="建立规则包", formatter_class=formatter).add_subparsers(
        title="建立", metavar="WHAT", required=True
    )
    pack = kinds.add_parser("pack", help="在新文件夹 reportlint-NAME 里建立一个可用的规则包", formatter_class=formatter)
    pack.add_argument("name", metavar="NAME", help="规则包的名称：小写字母、数字和连字符")
    pack.add_argument("--directory", default=".", metavar="DIR", help="建在哪个文件夹里（默认当前文件夹）")
    pack.set_defaults(run=_init_pack)
    return parser


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from reportlint import __version__

        parser.exit(message=f"reportlint {__version__}\n")


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


class _Linters:
    """A linter for each configuration that the reports of a run have, made once."""

    def __init__(self, given: str | None, overrides: config.Layer | None = None) -> None:
        if given is not None and not os.path.isfile(given):
            raise ConfigError(f"没有配置文件 {given}")
        self._given = given
        self._overrides = overrides
        self._by_config: dict[str | None, Linter] = {}
        self._by_folder: dict[str, str | None] = {}

    def of(self, path: str) -> Linter:
        file = self._given or self._nearest(path)
        if file not in self._by_config:
            self._by_config[file] = Linter.from_layers([config.read(file)] if file else [], self._overrides)
        return self._by_config[file]

    def _nearest(self, path: str) -> str | None:
        folder = os.curdir if path == STDIN else path if os.path.isdir(path) else os.path.dirname(path) or os.curdir
        if folder not in self._by_folder:
            self._by_folder[folder] = config.find(folder)
        return self._by_folder[folder]


def _check(options: argparse.Namespace) -> int:
    ignore = tuple(config.Ignore((name,), (), "--ignore", "") for name in options.ignore or ())
    overrides = config.Layer("命令行", select=options.select, ignore=ignore, fail_on=options.fail_on)
    linters = _Linters(options.config, overrides)
    # Reports are freed as they are done with, by reference count; the collector, left as eager as it
    # is by default, would spend a third of the run on looking through what the memos keep.
    gc.set_threshold(100_000, 50, 50)
    passed_over: list[PassedOver] = []
    results: list[Result] = []
    worst = CLEAN
    show = {"full": text.full, "concise": text.concise}.get(options.output_format)
    colour = _colour(sys.stdout)
    tally = Run.empty()
    for linter, result in _lint_all(options.paths, linters, passed_over):
        worst = max(worst, _status(result, linter))
        tally = tally.plus(result)
        if show is None:
            results.append(result)
        else:
            _print(show(result, colour))
    tally = tally._replace(passed_over=tuple(passed_over))
    if show is None:
        from reportlint.formats import json

        _print(json.check(results, tally, ascii_only=_ascii_only()))
    else:
        # Behind lines that programs read, the closing words go where they disturb none.
        _print(text.summary(tally), sys.stdout if options.output_format == "full" else sys.stderr)
    if not tally.reports:
        raise ReportlintError(f"在 {'、'.join(options.paths)} 中没有找到报告")
    return worst


def _lint_all(
    paths: Iterable[str], linters: _Linters, passed_over: list[PassedOver]
) -> Iterator[tuple[Linter, Result]]:
    for candidate in candidates(paths):
        if not candidate.readable:
            passed_over.append(PassedOver(candidate.path, "还不能读取这种文件"))
            continue
        linter = linters.of(candidate.path)
        result = _lint(linter, candidate)
        if not candidate.named and [d.rule for d in result.diagnostics] == [_NOT_A_REPORT]:
            passed_over.append(PassedOver(candidate.path, "不像年度报告"))
            continue
        yield linter, result


def _lint(linter: Linter, candidate: Candidate) -> Result:
    if candidate.path != STDIN:
        return linter.lint_file(candidate.path)
    try:
        return linter.lint(from_bytes(sys.stdin.buffer.read(), "<stdin>"))
    except ReadError as error:
        return unreadable("<stdin>", error)


def _status(result: Result, linter: Linter) -> int:
    if result.failed:
        return FAILED
    fail_on = linter.settings.fail_on
    return FINDINGS if any(diagnostic.severity >= fail_on for diagnostic in result.diagnostics) else CLEAN


def _rule(options: argparse.Namespace) -> int:
    linter = _Linters(options.config).of(os.curdir)
    rules = linter.packs.rules
    if options.all:
        names = list(rules)
    elif options.name:
        names = rules_named(options.name, rules)
    else:
        raise ReportlintError("rule：要有规则名，或 --all")
    if options.all or len(names) > 1:
        widest = max(len(name) for name in names)
        _print(f"{name:{widest}}  {rules[name].severity.label:7}  {rules[name].summary}" for name in names)
        return CLEAN
    from reportlint.formats.manual import facts

    rule = rules[names[0]]
    lines = [rule.name, "", *(f"{fact.label}：{fact.value}" for fact in facts(rule, linter))]
    page = linter.packs.page(rule.name)
    _print([*lines, "", page] if page else lines)
    return CLEAN


def _source(path: str) -> Source:
    try:
        return from_bytes(sys.stdin.buffer.read(), "<stdin>") if path == STDIN else read_file(path)
    except ReadError as error:
        raise ReportlintError(f"{path}：{error}") from error


def _parse(options: argparse.Namespace) -> int:
    from reportlint.formats import tree

    linter = _Linters(options.config).of(options.path)
    source = _source(options.path)
    _print(tree.lines(source, linter.parse(source), linter.concealed(linter.read(source))))
    return CLEAN


def _extract(options: argparse.Namespace) -> int:
    from reportlint.formats import json

    linter = _Linters(options.config).of(options.path)
    report = linter.read(_source(options.path))
    _print([json.extract(report, linter.concealed(report), ascii_only=_ascii_only())])
    return CLEAN


def _config(options: argparse.Namespace) -> int:
    if not os.path.exists(options.path):
        raise ReportlintError(f"没有文件或文件夹 {options.path}")
    settings = _Linters(options.config).of(options.path).settings
    _print(f"{key} = {setting.value}  # {setting.origin}" for key, setting in settings.shown.items())
    ignored = settings.ignored(options.path)
    if ignored:
        _print([f"对 {options.path} 不运行：{'、'.join(sorted(ignored))}"])
    return CLEAN


def _test(options: argparse.Namespace) -> int:
    from reportlint.testing import command, suite

    checks = suite.check_packs(options.pack, mutants=options.mutate)
    if options.output_format == "json":
        _print([command.as_json(checks, ascii_only=_ascii_only())])
    else:
        _print(command.text(checks))
    return FINDINGS if any(check.faults for check in checks) else CLEAN


def _init_pack(options: argparse.Namespace) -> int:
    from reportlint import scaffold

    _print(scaffold.make_pack(options.name, options.directory))
    return CLEAN


def _print(lines: Iterable[str], stream: TextIO | None = None) -> None:
    for line in lines:
        (stream or sys.stdout).write(f"{line}\n")


def _ascii_only() -> bool:
    """Whether standard output cannot show every character: JSON then has escapes of its own for them."""
    return (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"


def _colour(stream: TextIO) -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stream.isatty()


if __name__ == "__main__":
    sys.exit(main())
