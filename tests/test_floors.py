"""The floors of the house: who may import whom, and what stands on which floor."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).parent.parent / "src" / "reportlint"

# From the ground up. A module may import its own floor and those below; a folder is one room.
FLOORS = (
    {"source", "errors", "reading", "resources", "patterns", "paths", "days", "vocabulary", "own", "shapes"},
    {"claims", "cache", "masking", "findings", "writing"},
    {"model"},
    {"relations", "facts", "references"},
    {"rules"},
    {"diagnostic", "fixes", "readers", "grammar", "toml", "discovery", "anchors", "versions", "mandates"},
    {"result", "formulas", "wording"},
    {"lowering", "causes", "diagnosis", "ignores", "globs", "drawing"},
    {"config"},
    {"accepted", "baseline"},
    {"settings", "acceptance"},
    {"hookspecs"},
    {"packs"},
    {"linter"},
    {"folders"},
    {"fixing"},
    {"testing", "formats", "outcome", "files", "linters", "origins", "blank"},
    {"keys", "results"},
    {"store"},
    {"scaffold", "session", "schema"},
    {"kept", "pool", "starter", "census"},
    {"runner", "language"},
    {"server"},
    {"serve"},
    {"cli"},
    {"__main__", "__init__"},
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}

# Libraries, and the modules that may import them.
LIBRARIES = {
    "lark": {"grammar/compiler.py", "relations/formula.py"},
    "pluggy": {"hookspecs.py", "packs.py"},
    "tomli": {"toml.py"},
    "pathspec": {"globs.py"},
    "packaging": {"versions.py"},
    "tqdm": {"cli/progress.py"},
    "watchfiles": {"cli/watch.py"},
    "xlrd": {"readers/xls.py"},
}

# Libraries of a whole room.
ROOMS = {"pygls": "server", "lsprotocol": "server", "websockets": "serve", "pypdfium2": "readers", "pypdf": "readers"}


def modules() -> list[Path]:
    return sorted(SRC.rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            yield module
            if module == "reportlint":
                yield from (f"reportlint.{alias.name}" for alias in node.names)


def room(path: Path) -> str:
    return path.relative_to(SRC).parts[0].removesuffix(".py")


def test_every_room_has_a_floor() -> None:
    assert {room(path) for path in modules()} == set(FLOOR)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SRC)))
def test_no_module_imports_from_above(path: Path) -> None:
    own = FLOOR[room(path)]
    rooms = {name.split(".")[1] for name in imports(path) if name.startswith("reportlint.")}
    # The command line names the version, which stands in the package itself.
    rooms -= {"__version__"}
    assert {name for name in rooms if FLOOR[name] > own} == set()


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SRC)))
def test_libraries_are_imported_where_they_belong(path: Path) -> None:
    name = path.relative_to(SRC).as_posix()
    used = {module.split(".")[0] for module in imports(path)} & set(LIBRARIES)
    assert {library for library in used if name not in LIBRARIES[library]} == set()
    assert {ROOMS[module.split(".")[0]] for module in imports(path) if module.split(".")[0] in ROOMS} <= {room(path)}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SRC)))
def test_the_engine_names_no_pack(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "reportlint_national" not in text
    assert "reportlint_grammars.annual_2021 (" in text or "annual_2021" not in text
