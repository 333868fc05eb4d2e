"""The arguments of every command. A command's module is imported when the command is run."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NoReturn

_SEVERITIES = ("error", "warning", "advice")
_HERE = ["."]
_Add = Callable[[argparse.ArgumentParser], None]


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """The options; `run` of them is the function of the command."""
    if arguments and arguments[0] in _COMMANDS:
        # The parsers of all the other commands would take as long as the rest of the start.
        words, run, add = _COMMANDS[arguments[0]]
        command = _Parser(f"reportlint {arguments[0]}", words)
        command.set_defaults(run=_lazy(run))
        add(command)
        return _with_all_paths(command, arguments)
    parser = _Parser("reportlint", "检查政府信息公开工作年度报告")
    parser.add_argument("--version", action=_Version, nargs=0, help="显示版本")
    commands = parser.add_subparsers(
        title="命令", metavar="COMMAND", required=True, parser_class=argparse.ArgumentParser
    )
    for name, (words, _, _) in _COMMANDS.items():
        commands.add_parser(name, help=words)
    if arguments and not arguments[0].startswith("-"):
        from reportlint.vocabulary import nearest

        parser.error(f"没有命令 {arguments[0]}{nearest(arguments[0], _COMMANDS)}")
    if not arguments:
        parser.error("要有命令")
    return parser.parse_args(arguments)


def _with_all_paths(command: argparse.ArgumentParser, arguments: Sequence[str]) -> argparse.Namespace:
    """The options, with paths behind an option that stands behind other paths: argparse leaves those over."""
    options, rest = command.parse_known_args(arguments[1:], argparse.Namespace(arguments=arguments))
    if rest and (not hasattr(options, "paths") or any(each.startswith("-") for each in rest)):
        command.error(f"看不懂的参数：{' '.join(rest)}")
    if rest:
        options.paths = rest if options.paths is _HERE else [*options.paths, *rest]
    return options


class _Parser(argparse.ArgumentParser):
    """A parser whose own words are Chinese, too, and whose flags are written in full."""

    def __init__(self, prog: str, description: str | None = None) -> None:
        # An option that is cut short would come to mean another one when there are more.
        super().__init__(
            prog=prog, description=description, formatter_class=_Formatter, add_help=False, allow_abbrev=False
        )
        self.add_argument("-h", "--help", action="help", help="显示用法")

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"reportlint: 参数有误：{message}（{self.prog} --help 显示用法）\n")


class _Formatter(argparse.HelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=100)

    def start_section(self, heading: str | None) -> None:
        super().start_section(_HEADINGS.get(heading or "", heading))

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


_HEADINGS = {"options": "选项", "positional arguments": "参数"}


def _lazy(run: str) -> Callable[[argparse.Namespace], int]:
    module, _, function = run.partition(".")

    def call(options: argparse.Namespace) -> int:
        status: int = getattr(importlib.import_module(f"reportlint.cli.{module}"), function)(options)
        return status

    return call


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from reportlint import __version__

        print(f"reportlint {__version__}")
        parser.exit()


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"应为正整数，现为 {text}")
    return int(text)


def _config(parser: argparse._ActionsContainer, words: str = "配置文件") -> None:
    parser.add_argument("--config", metavar="FILE", help=words)


def _check(parser: argparse.ArgumentParser) -> None:
    from reportlint.formats import FORMATS

    parser.add_argument("paths", nargs="*", default=_HERE, metavar="PATH", help="文件、文件夹，或 - 表示标准输入")

    output = parser.add_argument_group("输出")
    words = f"输出格式：{'、'.join(FORMATS)}（默认 full）"
    output.add_argument("--output-format", metavar="FORMAT", help=words)
    words = "输出格式和文件，可以有多个；没有文件则输出到屏幕"
    output.add_argument("--output", action="append", default=[], metavar="FORMAT[=FILE]", help=words)
    output.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="是否用颜色（默认 auto）")
    output.add_argument("--statistics", action="store_true", help="最后按规则、按单位统计")
    output.add_argument("--quiet", action="store_true", help="只输出发现的问题：没有最后的小结和进度条")

    rules = parser.add_argument_group("规则")
    rules.add_argument("--select", metavar="RULES", type=_names, help="只运行这些规则（逗号分隔）")
    rules.add_argument("--ignore", metavar="RULES", type=_names, help="不运行这些规则（逗号分隔）")
    _config(rules, "配置文件；默认取离每份报告最近的一个")
    rules.add_argument("--fail-on", choices=_SEVERITIES, help="从哪一级起退出码为 1（默认 warning）")
    rules.add_argument("--ignore-suppressions", action="store_true", help="接受、忽略的和基线里的问题也显示")
    rules.add_argument("--baseline", metavar="FILE", help="基线文件（默认配置所在文件夹的 .reportlint-baseline.json）")
    rules.add_argument("--no-baseline", action="store_true", help="不用基线")

    fixes = parser.add_argument_group("修改")
    ways = fixes.add_mutually_exclusive_group()
    ways.add_argument("--fix", action="store_true", help="修改可以自动修改的问题，再报告其余的")
    ways.add_argument("--fix-only", action="store_true", help="只修改，不报告其余的")
    ways.add_argument("--diff", action="store_true", help="只显示将作的修改，不写入")
    words = "连同可能改变文字意思的修改（与 --fix、--fix-only 或 --diff 同用）；数字从不修改"
    fixes.add_argument("--unsafe-fixes", action="store_true", help=words)

    words = "把发现的问题作为批注写进报告的副本（.docx、.pdf），原文件不变；一次一份"
    output.add_argument("--annotate", metavar="COPY", help=words)

    files = parser.add_argument_group("文件")
    words = "另外排除的文件或文件夹，写法同 .gitignore，相对于当前文件夹；可以有多个"
    files.add_argument("--exclude", action="append", default=[], metavar="PATTERN", help=words)
    files.add_argument("--force-exclude", action="store_true", help="指名的文件也按 include、exclude、.gitignore 取舍")
    words = "不理会 .gitignore"
    files.add_argument("--no-respect-gitignore", dest="respect_gitignore", action="store_false", help=words)
    files.add_argument("--stdin-filename", default="<stdin>", metavar="PATH", help="标准输入的报告叫什么")

    run = parser.add_argument_group("运行")
    run.add_argument("--jobs", type=_number, metavar="N", help="用几个进程（默认处理器的个数）")
    run.add_argument("--no-cache", action="store_true", help="不用以前的结果")
    run.add_argument("--watch", action="store_true", help="有改动时重新检查，直到中断")


def _rule(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", metavar="NAME", help="规则名")
    parser.add_argument("--all", action="store_true", help="列出所有规则")
    _config(parser)


def _file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="FILE", help="文件，或 - 表示标准输入")
    _config(parser)


def _convert(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    words = "写到哪个文件或文件夹，或 - 表示标准输出（默认）"
    parser.add_argument("-o", "--output", metavar="FILE", help=words)
    parser.add_argument("--force", action="store_true", help="文件已有也覆盖")
    parser.add_argument("--stdin-filename", default="<stdin>", metavar="PATH", help="标准输入的报告叫什么")


def _show_config(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", nargs="?", default=".", metavar="PATH", help="报告或文件夹")
    parser.add_argument("--readers", action="store_true", help="显示能读取哪些格式的文件，还缺什么")
    _config(parser)
    parser.add_argument("--output-format", choices=("text", "json"), default="text", help="输出格式")


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:6]) < 65536):
        raise argparse.ArgumentTypeError(f"应为 0 到 65535 的整数，现为 {text}")
    return int(text)


def _serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=_port, default=0, metavar="N", help="端口（默认任选一个空闲的）")
    words = "只显示地址，不打开浏览器"
    parser.add_argument("--no-browser", dest="browser", action="store_false", help=words)
    _config(parser, "配置文件；默认取当前文件夹的")


def _schema(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", metavar="NAME", help="哪一种；不写则列出各种")
    _config(parser, "配置文件，决定有哪些规则包；默认取当前文件夹的")


def _nothing(_: argparse.ArgumentParser) -> None:
    """A command without arguments."""


def _test(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("pack", nargs="?", metavar="PACK", help="规则包的名称或文件夹；默认各规则包")
    parser.add_argument("--mutate", action="store_true", help="在合格的报告里植错，看哪条规则发现")
    parser.add_argument("--output-format", choices=("text", "json"), default="text", help="输出格式")


def _accept(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "target", metavar="PATH[:LINE[:COLUMN]]", help="报告，以及问题所在的行和列（文档没有行列，可写位置的说法）"
    )
    parser.add_argument("--because", metavar="TEXT", required=True, help="理由")
    parser.add_argument("--by", metavar="NAME", help="谁接受的")
    parser.add_argument("--until", metavar="DATE", help="到哪一天为止，如 2027-01-31")
    parser.add_argument("--rule", metavar="RULE", help="哪条规则的问题")
    parser.add_argument(
        "--place", metavar="PLACE", help="哪个位置的问题，如 requests/received/total，或文档里的位置，如 表三第5行"
    )
    words = "写到哪个 reportlint.accepted.toml（默认报告所在文件夹的）"
    parser.add_argument("--file", metavar="FILE", help=words)
    parser.add_argument("--renew", action="store_true", help="更新已有的一条，如内容改变、过期的")
    _config(parser)


def _accepted(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", default=_HERE, metavar="PATH", help="报告或文件夹")
    parser.add_argument("--output-format", choices=("text", "json"), default="text", help="输出格式")
    _config(parser)


def _baseline(parser: argparse.ArgumentParser) -> None:
    words = "建立（create）、补充（update）或清理（prune）"
    parser.add_argument("action", choices=("create", "update", "prune"), metavar="ACTION", help=words)
    parser.add_argument("paths", nargs="*", default=_HERE, metavar="PATH", help="报告或文件夹")
    words = "基线文件（默认配置所在文件夹的 .reportlint-baseline.json）"
    parser.add_argument("--file", metavar="FILE", help=words)
    parser.add_argument("--check", action="store_true", help="只看有没有要改的，不写文件；有则退出码为 1")
    _config(parser)


def _new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("organisation", metavar="ORGANISATION", help="单位名称，如 云溪县水务局")
    parser.add_argument("--year", type=_number, metavar="YEAR", help="报告年度（默认上一年）")
    words = "写到哪个文件或文件夹，或 - 表示标准输出（默认当前文件夹，以报告的标题为名）"
    parser.add_argument("-o", "--output", metavar="FILE", help=words)
    parser.add_argument("--form", metavar="FORM", help="报告格式，如 annual-2021（默认按年度）")
    words = "表格用制表符（tab）还是竖线（pipe，即 Markdown）隔开（默认看文件名，.md 为竖线）"
    parser.add_argument("--layout", choices=("tab", "pipe"), help=words)
    words = "写成 Word 文件，表格按规定的格式合并单元格（默认看文件名，.docx 就是）"
    parser.add_argument("--docx", action="store_true", help=words)
    parser.add_argument("--force", action="store_true", help="文件已有也覆盖")
    _config(parser, "配置文件；默认取离写出的文件最近的一个")


def _server(parser: argparse.ArgumentParser) -> None:
    # Some clients say how they speak; it is the only way there is.
    parser.add_argument("--stdio", action="store_true", help="用标准输入输出（默认就是）")


def _init(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--directory", default=".", metavar="DIR", help="写在哪个文件夹里（默认当前文件夹）")
    parser.set_defaults(run=_lazy("configuration.init"))
    kinds = parser.add_subparsers(title="建立别的", metavar="[WHAT]")
    words = "在新文件夹 reportlint-NAME 里建立一个可用的规则包"
    pack = kinds.add_parser("pack", help=words, description=words)
    pack.add_argument("name", metavar="NAME", help="规则包的名称：小写字母、数字和连字符")
    pack.add_argument("--directory", default=".", metavar="DIR", help="建在哪个文件夹里（默认当前文件夹）")
    pack.set_defaults(run=_lazy("packs.make"))


_COMMANDS: dict[str, tuple[str, str, _Add]] = {
    "check": ("检查报告", "check.check", _check),
    "new": ("写一份各项为 0 的新报告", "new.new", _new),
    "convert": ("把各种格式的报告转换成纯文本", "convert.convert", _convert),
    "rule": ("说明规则", "inspect.rule", _rule),
    "config": ("显示对一份报告生效的配置及其来源", "configuration.show", _show_config),
    "schema": ("显示配置文件或输出的 JSON Schema", "configuration.schema", _schema),
    "parse": ("显示语法树", "inspect.parse", _file),
    "extract": ("以 JSON 显示读出的报告", "inspect.extract", _file),
    "clean": ("清除缓存的结果", "clean.clean", _nothing),
    "test": ("测试规则包：说明页的例、案例、植错", "packs.test", _test),
    "accept": ("接受一处问题，写明理由", "accepting.accept", _accept),
    "accepted": ("列出接受的问题，以及是否仍然有效", "accepting.accepted", _accepted),
    "baseline": ("把现有的问题记作基线，以后只提出新的", "baseline.baseline", _baseline),
    "server": ("编辑器用的语言服务（标准输入输出上的 LSP）", "serving.server", _server),
    "serve": ("在浏览器页面里检查粘贴的报告，只在本机", "serve.serve", _serve),
    "init": ("写一份带说明的 reportlint.toml，或建立规则包", "", _init),
}
"""Each command: what it does, its function as module.function, and its arguments."""
