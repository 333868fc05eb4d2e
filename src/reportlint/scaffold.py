"""`reportlint init pack NAME`: a pack that works, in a new folder."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from string import Template

from reportlint.config import Layer
from reportlint.errors import ReportlintError, reason
from reportlint.linter import Linter, settings_for
from reportlint.packs import Packs
from reportlint.result import TOOL
from reportlint.settings import ALL
from reportlint.testing.draft import Draft
from reportlint.testing.reports import choose

_TEMPLATES = os.path.join(os.path.dirname(__file__), "templates", "pack")
_SUFFIX = ".tmpl"
_PACKAGE_FOLDER = "package"
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_LONGEST = 40
_LEVEL = "town"
_CELL = ("disclosure", "normative_documents", "in_force")
_ISSUED = ("disclosure", "normative_documents", "issued")


def make_pack(name: str, directory: str) -> Iterator[str]:
    """Write a pack into a new folder `reportlint-NAME`; what to say of it. ReportlintError where that cannot be."""
    name = name.replace("_", "-")
    packs = Packs.load()
    _check(name, packs)
    folder = os.path.normpath(os.path.join(directory, f"reportlint-{name}"))
    if not os.path.isdir(directory):
        raise ReportlintError(f"没有文件夹 {directory}")
    if os.path.lexists(folder):
        raise ReportlintError(f"{folder} 已经存在，没有改动；可换一个名称，或以 --directory 指定别的文件夹")
    files = _files(name, packs)
    _write(folder, files)
    yield f"建立了规则包 {name}：{folder}（{len(files)} 个文件）"
    yield f"试一试：reportlint test {folder} --mutate"


def _check(name: str, packs: Packs) -> None:
    if not _NAME.fullmatch(name) or len(name) > _LONGEST:
        raise ReportlintError(
            f"规则包名称“{name}”不能用：应以小写字母开头，由小写字母、数字和单个连字符组成，不超过 {_LONGEST} 个字符"
        )
    if name in (ALL, TOOL):
        raise ReportlintError(f"规则包名称“{name}”不能用：它在 reportlint 里另有意义")
    bare = {rule.partition("/")[2] for rule in packs.rules}
    if name in packs.names or name in packs.presets or name in bare:
        raise ReportlintError(f"规则包名称“{name}”不能用：已有规则包、预设或规则叫 {name}")


def _files(name: str, packs: Packs) -> dict[str, str]:
    """What is written, by path below the folder."""
    package = f"reportlint_{name.replace('-', '_')}"
    extends = [preset.name for preset in packs.presets.values() if preset.default]
    linter = Linter(packs, settings_for(packs, [Layer("init", extends=tuple(extends))]))
    try:
        chosen = choose(packs, linter.settings.forms, _LEVEL)
        draft = Draft.from_file(chosen.path, linter)
        values = _report_values(draft)
    except LookupError as error:
        raise ReportlintError(f"已安装的规则包里没有可作样本的合格报告（{_LEVEL}）：{error}") from error
    values |= {
        "name": name,
        "package": package,
        "extends": "extends = [" + ", ".join(f'"{preset}"' for preset in extends) + "]\n",
        "form": chosen.form,
        "level": chosen.level,
        "year": str(chosen.year),
        "report_file": f"sample-{chosen.level}-{chosen.year}{os.path.splitext(chosen.path)[1]}",
    }
    files = {f"{package}/reports/{values['report_file']}": draft.text}
    for path in _templates():
        with open(os.path.join(_TEMPLATES, *path.split("/")), encoding="utf-8") as file:
            text = Template(file.read()).substitute(values)
        files[re.sub(rf"^{_PACKAGE_FOLDER}/", f"{package}/", path).removesuffix(_SUFFIX)] = text
    return files


def _report_values(draft: Draft) -> dict[str, str]:
    """What the templates quote of the report that the pack starts with."""
    report = draft.report
    after_title = report.title_span.end if report.title_span else 0
    preface = next((draft.text[s.start : s.end] for s in report.preface if s.start >= after_title), None)
    if preface is None:
        raise LookupError("no preface")
    cell = draft.at(_CELL)
    issued = draft.under(draft.at(_ISSUED)) or ""
    wrong = str(int(issued) - 1)
    line = draft.source.line_span(cell.start)
    row = draft.text[line.start : line.end]
    start, end = cell.start - line.start, cell.end - line.start
    label = report.form.label
    return {
        "preface": preface.strip(),
        "row": row,
        "row_wrong": row[:start] + wrong + row[end:],
        "in_force": wrong,
        "message": f"“{label(_CELL[1])}”行：{label(_CELL[2])}为 {wrong}，{label(_ISSUED[2])}为 {issued}",
    }


def _templates() -> list[str]:
    found = []
    for folder, _, names in os.walk(_TEMPLATES):
        below = os.path.relpath(folder, _TEMPLATES).replace(os.sep, "/")
        found += [name if below == "." else f"{below}/{name}" for name in names if name.endswith(_SUFFIX)]
    return sorted(found)


def _write(folder: str, files: dict[str, str]) -> None:
    """The files in a new folder, which is there whole or not at all."""
    parent, name = os.path.split(folder)
    half = os.path.join(parent, f".{name}.{os.getpid()}")
    try:
        try:
            os.mkdir(half)
            for path, text in files.items():
                place = os.path.join(half, *path.split("/"))
                os.makedirs(os.path.dirname(place), exist_ok=True)
                with open(place, "w", encoding="utf-8", newline="\n") as file:
                    file.write(text)
            os.rename(half, folder)
        except BaseException:
            shutil.rmtree(half, ignore_errors=True)
            raise
    except OSError as error:
        raise ReportlintError(f"不能建立 {folder}：{reason(error)}") from error
