"""The baseline: the findings that were there when an archive was taken over, so that only what is new speaks."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from reportlint import reading
from reportlint.errors import ConfigError, reason
from reportlint.paths import below
from reportlint.toml import refuse_conflict

FILE = ".reportlint-baseline.json"
SCHEMA_VERSION = 1
_MOST_BYTES = 1024 * 1024 * 1024
"""The largest file that is read: some millions of findings."""
_KEYS = ("report", "rule", "place", "content")


class Known(NamedTuple):
    """A finding as the baseline keeps it."""

    report: str
    """The path, with forward slashes, from the folder of the baseline."""
    rule: str
    place: str
    content: str
    """What stands at the place, masked."""


class Baseline:
    """Findings by report. It is read once and asked often."""

    def __init__(self, known: Iterable[Known] = ()) -> None:
        self._by_report: dict[str, dict[tuple[str, str], str]] = {}
        for each in known:
            self.add(each)

    def __len__(self) -> int:
        return sum(map(len, self._by_report.values()))

    def __bool__(self) -> bool:
        return bool(self._by_report)

    def __iter__(self) -> Iterator[Known]:
        """In the order in which they are written."""
        return iter(
            sorted(
                Known(report, rule, place, content)
                for report, places in self._by_report.items()
                for (rule, place), content in places.items()
            )
        )

    def __contains__(self, known: Known) -> bool:
        return self.of(known.report).get((known.rule, known.place)) == known.content

    def of(self, report: str) -> Mapping[tuple[str, str], str]:
        """What is known of a report: contents by rule and place."""
        return self._by_report.get(report, {})

    def reports(self) -> list[str]:
        return sorted(self._by_report)

    def add(self, known: Known) -> None:
        """Keep a finding, in the place of one with another content."""
        self._by_report.setdefault(known.report, {})[known.rule, known.place] = known.content

    def drop(self, known: Known) -> None:
        places = self._by_report[known.report]
        del places[known.rule, known.place]
        if not places:
            del self._by_report[known.report]


class Kept:
    """The baseline file, read when it is first asked for a report that has findings."""

    def __init__(self, path: str, *, must_exist: bool) -> None:
        """`must_exist`: whether somebody named the file, so that it is an error where it is not there."""
        self.path = path
        self._must_exist = must_exist
        self._baseline: Baseline | None = None
        self._prefixes: dict[str, str] = {}

    @property
    def shown(self) -> str:
        """The file as users see it."""
        return below(os.getcwd(), self.path)

    def of(self, path: str) -> Mapping[tuple[str, str], str]:
        """What is known of a report: contents by rule and place."""
        if self._baseline is None:
            data = self.load()
            if data is None and self._must_exist:
                raise ConfigError(f"没有基线 {self.shown}（reportlint baseline create 可以建立）")
            self._baseline = Baseline() if data is None else parse(data, self.shown)
        return self._baseline.of(self.key(path)) if self._baseline else {}

    def load(self) -> bytes | None:
        """What the file holds by now; None where there is none."""
        return load(self.path, self.shown)

    def key(self, path: str) -> str:
        """A report as the baseline names it: its path from the baseline's folder."""
        folder, name = os.path.split(path)
        if folder not in self._prefixes:
            relative = _relative(os.path.abspath(folder), os.path.dirname(self.path))
            self._prefixes[folder] = "" if relative == os.curdir else f"{relative}/"
        return self._prefixes[folder] + name


def dump(baseline: Baseline) -> bytes:
    """A baseline as it is written: the same findings are the same bytes."""
    import json

    lines = [json.dumps(known._asdict(), ensure_ascii=False) for known in baseline]
    entries = "[\n" + ",\n".join(lines) + "\n]" if lines else "[]"
    # Of a file name that is no UTF-8, what cannot be written becomes an escape that JSON reads back.
    return f'{{\n"schema_version": {SCHEMA_VERSION},\n"entries": {entries}\n}}\n'.encode("utf-8", "backslashreplace")


def load(path: str, shown: str) -> bytes | None:
    """The bytes of the file, None where there is none; `shown` is the path as users see it."""
    try:
        return reading.read(path, most=_MOST_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ConfigError(f"读不到基线 {shown}：{reason(error)}") from error


def parse(data: bytes, path: str) -> Baseline:
    """The baseline in what a file holds."""
    import json

    try:
        document = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{path}:{line}：不是基线：不是 UTF-8 编码") from error
    except json.JSONDecodeError as error:
        refuse_conflict(data, path)
        raise ConfigError(f"{path}:{error.lineno}：不是基线：JSON 语法错误（第 {error.colno} 列）") from error
    except RecursionError as error:
        raise ConfigError(f"{path}：不是基线：括号套得太深") from error
    except ValueError as error:
        raise ConfigError(f"{path}：不是基线：有位数太多的数") from error
    if not isinstance(document, dict) or set(document) != {"schema_version", "entries"}:
        raise ConfigError(f"{path}：不是基线：应有 schema_version 和 entries")
    version = document["schema_version"]
    if type(version) is not int or version != SCHEMA_VERSION:
        raise ConfigError(f"{path}：是别的版本的基线（schema_version 为 {version}，应为 {SCHEMA_VERSION}）")
    if not isinstance(document["entries"], list):
        raise ConfigError(f"{path}：不是基线：entries 应为列表")
    baseline = Baseline()
    for number, entry in enumerate(document["entries"], start=1):
        known = _known(entry)
        if known is None:
            raise ConfigError(f"{path}：不是基线：第 {number} 项应有 {'、'.join(_KEYS)}，都是字符串")
        if baseline.of(known.report).get((known.rule, known.place), known.content) != known.content:
            raise ConfigError(f"{path}：第 {number} 项与前面的一项同处而内容不同：{known.report}，{known.place}")
        baseline.add(known)
    return baseline


def _known(entry: Any) -> Known | None:  # noqa: ANN401 - whatever JSON holds
    if not isinstance(entry, dict) or len(entry) != len(_KEYS):
        return None
    values = [value for key in _KEYS if isinstance(value := entry.get(key), str)]
    return Known._make(values) if len(values) == len(_KEYS) else None


def _relative(path: str, folder: str) -> str:
    try:
        return os.path.relpath(path, folder).replace(os.sep, "/")
    except ValueError:
        # Another drive.
        return path.replace(os.sep, "/")
