"""The copy that `check --annotate` writes: whether it can be asked for, and what is said of it."""

from __future__ import annotations

import argparse
import os

from reportlint.errors import ReportlintError
from reportlint.files import STDIN
from reportlint.formats.text import named
from reportlint.session import Session


def check(copy: str, options: argparse.Namespace, session: Session) -> None:
    """ReportlintError where no such copy is to be written."""
    if options.fix or options.fix_only or options.diff:
        raise ReportlintError("--annotate 不能与 --fix、--fix-only 或 --diff 同用：先修改，再给改好的文件加批注")
    if len(options.paths) != 1 or options.paths[0] == STDIN or os.path.isdir(options.paths[0]):
        raise ReportlintError("--annotate 一次给一份文件加批注，要写出这份文件的名称")
    path: str = options.paths[0]
    if os.path.lexists(path):
        _check_format(path, copy, session)
    if _is_same(copy, path):
        raise ReportlintError(f"--annotate 写的是副本，不能写到报告自己的文件 {path}")
    if os.path.lexists(copy):
        raise ReportlintError(f"已有 {copy}，没有写批注；请另起一个名称")
    for output in options.output:
        if _is_same(output.partition("=")[2], copy):
            raise ReportlintError(f"--annotate 和 --output 都写到 {copy}")


def closing(copy: str, number: int) -> str:
    """What was written."""
    what = f"有 {number} 处批注" if number else "没有问题要批注，与原文件相同"
    return f"写好了 {named(copy)}，{what}"


def _check_format(path: str, copy: str, session: Session) -> None:
    suffix = os.path.splitext(path)[1].lower()
    readers = session.linters.of(path).readers
    reader = readers.of(path)
    if reader is None or reader.annotate is None:
        from reportlint.formats.annotations import suffixes

        known = "、".join(suffixes(readers)) or "没有"
        raise ReportlintError(f"{suffix or '没有后缀的'} 文件加不了批注，能加的是：{known}")
    if os.path.splitext(copy)[1].lower() != suffix:
        raise ReportlintError(f"副本的名称要和报告一样以 {suffix} 结尾，现为 {copy}")


def _is_same(one: str, other: str) -> bool:
    if not one or not other:
        return False
    try:
        return os.path.samefile(one, other)
    except OSError:
        return os.path.realpath(one) == os.path.realpath(other)
