"""`reportlint init`: a configuration to begin with, every key explained, and the schema that editors check it by."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import Any

from reportlint import config, schema
from reportlint.errors import ReportlintError, reason
from reportlint.packs import Packs
from reportlint.schema import config as configured
from reportlint.toml import written
from reportlint.vocabulary import KEYS, LIMIT_KEYS

SCHEMA_FILE = ".reportlint.schema.json"
_HEAD = f"""\
#:schema ./{SCHEMA_FILE}
# reportlint 的配置，对本文件夹及其下的报告生效。去掉一行开头的 # 和空格，即可改动该项；不写的项取默认值。
# 上面一行供编辑器提示和检查。装了别的规则包后，可重新生成：reportlint schema config > {SCHEMA_FILE}
"""
_IGNORE = """\
# 接受某条规则在某份报告中的发现，要写明理由；place、by、until 可以不写：
# [[ignore]]
# rule = "规则名"
# path = "units/archives-*.txt"
# place = "requests/received/total"
# because = "……"
# by = "批准人"
# until = "2026-12-31"
"""


def write(directory: str) -> Iterator[str]:
    """Write the configuration and its schema; what to say of it. ReportlintError where there is a configuration."""
    directory = os.path.normpath(directory)
    if not os.path.isdir(directory):
        raise ReportlintError(f"没有文件夹 {directory}")
    there = config.of_folder(os.path.abspath(directory))
    if there is not None:
        raise ReportlintError(
            f"已有配置 {os.path.normpath(os.path.join(directory, os.path.basename(there)))}，没有改动"
        )
    packs = Packs.load()
    texts = {SCHEMA_FILE: schema.text(configured.schema(packs)), config.OWN_FILE: text(packs)}
    made: list[str] = []
    try:
        for name, content in texts.items():
            path = os.path.normpath(os.path.join(directory, name))
            with open(path, "x", encoding="utf-8", newline="\n") as file:
                made.append(path)
                file.write(content)
    except BaseException as error:
        for path in made:
            with contextlib.suppress(OSError):
                os.unlink(path)
        if isinstance(error, FileExistsError):
            raise ReportlintError(f"已有 {error.filename}，没有改动") from error
        if isinstance(error, OSError):
            raise ReportlintError(f"写不出 {error.filename or directory}：{reason(error)}") from error
        raise
    yield f"写好了 {made[-1]}，各项都有说明；{SCHEMA_FILE} 供编辑器使用"


def text(packs: Packs) -> str:
    """The configuration: every key with what it is for and its default, behind a #."""
    values: dict[str, Any] = configured.defaults(packs) | _examples()
    tables = _tables(packs)
    parts = [_HEAD]
    for name, key in KEYS.items():
        if name in values and name not in ("ignore", *tables):
            known = f"# 现有的预设：{'、'.join(sorted(packs.presets))}\n" if name == "extends" else ""
            parts.append(f"# {key.summary}\n{known}# {name} = {written(values[name])}\n")
    parts.append(_IGNORE)
    parts += [f"# {KEYS[name].summary}\n# [{name}]\n{lines}" for name, lines in tables.items()]
    return "\n".join(parts)


def _examples() -> dict[str, str]:
    """For keys without a default."""
    from reportlint import __version__

    return {"required-version": f">={__version__}", "baseline": ".reportlint-baseline.json"}


def _tables(packs: Packs) -> dict[str, str]:
    """For the tables: what holds already."""
    known = configured.defaults(packs)["limits"]
    limits = "".join(f"# {words}\n# {key} = {known[key]}\n" for key, words in LIMIT_KEYS.items())
    graded = next(iter(packs.rules.values()), None)
    severity = f"# {written(graded.name)} = {written(graded.severity.label)}\n" if graded else ""
    options = "".join(
        f"# {written(rule.name)}.{option.name} = {written(option.default)}\n"
        for rule in packs.rules.values()
        for option in rule.options
    )
    return {"limits": limits, "severity": severity, "options": options}
