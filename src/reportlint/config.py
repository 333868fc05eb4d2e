"""Configuration files and presets: which one counts, and what stands in it. What they come to is for `settings`."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from reportlint import ignores, paths, reading, toml, versions, vocabulary
from reportlint.errors import ConfigError, reason
from reportlint.ignores import Ignore
from reportlint.vocabulary import nearest

__all__ = ["Ignore", "Layer", "chosen", "find", "layer", "nearest", "read", "read_preset"]

OWN_FILES = (".reportlint.toml", "reportlint.toml")
"""Our own files, the first of them before the others."""
OWN_FILE = OWN_FILES[-1]
PYPROJECT = "pyproject.toml"
ENVIRONMENT = "REPORTLINT_CONFIG"
COMMAND_LINE = "命令行"
"""The origin of the layer of the command line."""
DEFAULT_EXCLUDE = (".*", "__*", "~$*", "node_modules/", "venv/", "site-packages/", "build/", "dist/")
"""What is passed over in every folder, unless a pattern with `!` says otherwise."""

_FILE = ".toml"
_TABLE = ("tool", "reportlint")


class Layer(NamedTuple):
    """One source of settings: a file, a preset or the command line. None means not set there."""

    origin: str
    extends: tuple[str, ...] | None = None
    """Presets, and files by their absolute paths."""
    select: tuple[str, ...] | None = None
    ignore: tuple[Ignore, ...] = ()
    severity: Mapping[str, str] = {}
    options: Mapping[str, Mapping[str, Any]] = {}
    fail_on: str | None = None
    forms: tuple[str, ...] | None = None
    packs: tuple[str, ...] = ()
    """Folders of packs, absolute; those of the files that this one extends, too."""
    folder: str = ""
    """The folder of the file, absolute; none for presets and the command line."""
    mandatory: tuple[str, ...] = ()
    include: tuple[str, ...] | None = None
    exclude: tuple[str, ...] = ()
    baseline: str | None = None
    """The file, absolute."""
    required_version: str | None = None
    limits: Mapping[str, int] = {}
    bases: Mapping[str, Layer] = {}
    """The files that it extends, read."""

    def files(self) -> list[Layer]:
        """The files that this one stands on, and itself, in the order in which they count."""
        found = [each for name in self.extends or () if name in self.bases for each in self.bases[name].files()]
        return [*found, self]


def find(start: str) -> str | None:
    """The configuration nearest to a report or folder, upwards and no further than the root of its git repository:
    our own file, else a pyproject.toml with our table."""
    folder = os.path.abspath(start)
    if not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    while True:
        file = of_folder(folder)
        if file is not None or paths.is_repository(folder):
            return file
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def of_folder(folder: str) -> str | None:
    """The configuration that stands in a folder itself."""
    for name in OWN_FILES:
        own = os.path.join(folder, name)
        if os.path.lexists(own):
            return own
    project = os.path.join(folder, PYPROJECT)
    return project if os.path.isfile(project) and _table_of(project) is not None else None


def chosen(given: str | None) -> str | None:
    """The configuration for all reports: the one given, else that of the environment. ConfigError if it is no file."""
    where = ""
    if given is None:
        given = os.environ.get(ENVIRONMENT) or None
        where = f"{ENVIRONMENT}："
    if given is not None:
        if os.path.isdir(given):
            raise ConfigError(f"{where}{given} 是文件夹，不是配置文件")
        if not os.path.exists(given):
            raise ConfigError(f"{where}没有配置文件 {given}")
    return given


def read(path: str) -> Layer:
    """The settings of a configuration file, and of the files that it extends; ConfigError names what is wrong."""
    return _read(path, ())


def alone(path: str) -> Layer:
    """The settings of a configuration file without those of the files that it extends."""
    data = _bytes(path)
    table: Mapping[str, Any] | None = None
    if os.path.basename(path) == PYPROJECT:
        table = _ours(data, path)
        if table is None:
            raise ConfigError(f"{path} 里没有 [tool.reportlint]")
    else:
        table = toml.parse_cached(data, path)
    return layer(table, path, os.path.dirname(os.path.abspath(path)), _entry_lines(data, path, table))


def _read(path: str, within: tuple[str, ...]) -> Layer:
    return _with_bases(alone(path), (*within, path))


def _with_bases(one: Layer, within: tuple[str, ...]) -> Layer:
    """A file with those that it extends; `within` are those that led here, itself the last."""
    bases: dict[str, Layer] = {}
    identities = [os.path.realpath(file) for file in within]
    for name in one.extends or ():
        if not name.endswith(_FILE):
            continue
        if os.path.realpath(name) in identities:
            circle = [*within[identities.index(os.path.realpath(name)) :], name]
            raise ConfigError(f"{one.origin}：extends 循环引用：{' → '.join(circle)}")
        if not os.path.exists(name):
            raise ConfigError(f"{one.origin}：extends 的文件 {name} 不存在")
        bases[name] = _read(name, within)
    packs = dict.fromkeys(pack for base in bases.values() for pack in base.packs)
    return one._replace(bases=bases, packs=(*packs, *one.packs))


def read_preset(name: str, package: str, file: str) -> Layer:
    """A preset: a configuration file in a pack; it loads no packs and no other files itself."""
    origin = f"预设 {name}（{package}/{file}）"
    try:
        table = toml.read_resource(package, file)
    except OSError as error:
        raise ConfigError(f"{origin}：读不到：{error}") from error
    for key in table:
        if key in vocabulary.KEYS and not vocabulary.KEYS[key].in_presets:
            raise ConfigError(f"{origin}：预设不能有 {key}")
    one = layer(table, origin, os.getcwd())._replace(folder="")
    if any(each.endswith(_FILE) for each in one.extends or ()):
        raise ConfigError(f"{origin}：预设只能引用别的预设，不能引用文件")
    return one


def layer(table: Mapping[str, Any], origin: str, folder: str, lines: Sequence[int] = ()) -> Layer:
    """A table of settings, checked key by key. `lines` are those of the tables `[[ignore]]`, where they are known."""
    required = table.get("required-version")
    if isinstance(required, str):
        # First of all: a configuration for another version may have keys that this one does not know.
        from reportlint import __version__

        versions.check(required, origin, __version__)
    vocabulary.check(table, origin)
    entries = table.get("ignore", [])
    known = list(lines) if len(lines) == len(entries) else [None] * len(entries)

    def strings(key: str) -> tuple[str, ...] | None:
        return tuple(table[key]) if key in table else None

    extends = strings("extends")
    if extends is not None:
        extends = tuple(_beside(folder, each, origin) if each.endswith(_FILE) else each for each in extends)
    baseline = table.get("baseline")
    return Layer(
        origin,
        extends,
        strings("select"),
        tuple(ignores.entry(entry, origin, folder, line) for entry, line in zip(entries, known, strict=True)),
        table.get("severity", {}),
        table.get("options", {}),
        table.get("fail-on"),
        strings("forms"),
        tuple(_beside(folder, pack, origin) for pack in table.get("packs", ())),
        folder,
        strings("mandatory") or (),
        strings("include"),
        strings("exclude") or (),
        None if baseline is None else _beside(folder, baseline, origin),
        required,
        table.get("limits", {}),
    )


def _beside(folder: str, path: str, origin: str) -> str:
    if "\0" in path:
        raise ConfigError(f"{origin}：路径 {path!r} 里有不能用的字符")
    return os.path.normpath(os.path.join(folder, path))


def lines(path: str) -> dict[tuple[str, ...], int]:
    """The line of each key of a configuration file, by its path within our table."""
    return _lines(_bytes(path), path)


def _lines(data: bytes, path: str) -> dict[tuple[str, ...], int]:
    known = toml.lines(data.decode("utf-8-sig"))
    if os.path.basename(path) != PYPROJECT:
        return known
    depth = len(_TABLE)
    return {key[depth:]: line for key, line in known.items() if key[:depth] == _TABLE}


def _entry_lines(data: bytes, path: str, table: Mapping[str, Any]) -> list[int]:
    """The lines on which `[[ignore]]` stands; only looked for where there is any."""
    entries = table.get("ignore")
    if not isinstance(entries, list) or not any(isinstance(entry, dict) for entry in entries):
        return []
    known = _lines(data, path)
    return [known[key] for number in range(len(entries)) if (key := ("ignore", str(number))) in known]


def _table_of(path: str) -> Mapping[str, Any] | None:
    """The table [tool.reportlint] of a pyproject.toml."""
    return _ours(_bytes(path), path)


def _ours(data: bytes, path: str) -> Mapping[str, Any] | None:
    if b"reportlint" not in data:
        return None
    tool = toml.parse_cached(data, path).get("tool", {})
    table = tool.get("reportlint") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{path}：tool.reportlint 应为表")
    return table


def _bytes(path: str) -> bytes:
    try:
        return reading.read(path)
    except OSError as error:
        raise ConfigError(f"读不到配置文件 {path}：{reason(error)}") from error
