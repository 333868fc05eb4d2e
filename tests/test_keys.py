"""The key of kept results: whatever a pack's verdict may come from changes it, and nothing else does."""

from __future__ import annotations

import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reportlint.keys import code_key


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that packages are installed in, the first to be looked in."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    return folder


def install(site: Path, module: str) -> None:
    """Make a module, wherever it is, known as the pack `ours`."""
    write(site / "ours-1.dist-info" / "entry_points.txt", f"[reportlint]\nours = {module}\n")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack in a folder of a configuration."""
    folder = tmp_path / "packs" / "reportlint_ours"
    write(folder / "__init__.py", "")
    write(folder / "words.txt", "甲")
    write(folder / "_inner" / "deep" / "list.csv", "甲")
    return folder


def changes(key: Callable[[], str], file: Path) -> bool:
    """Whether the key is another one when a file has one character more."""
    before = key()
    assert key() == before
    write(file, file.read_text(encoding="utf-8") + "#" if file.exists() else "")
    return key() != before


@pytest.mark.parametrize("name", ["__init__.py", "words.txt", "_inner/deep/list.csv", "_inner/new.py", "new.json"])
def test_every_file_of_a_pack_counts(pack: Path, name: str) -> None:
    assert changes(lambda: code_key([str(pack)]), pack / name)


@pytest.mark.parametrize("name", ["__pycache__/a.pyc", ".git/index", ".#lock.py", "_inner/.hidden/a.py"])
def test_what_is_compiled_or_hidden_does_not_count(pack: Path, name: str) -> None:
    assert not changes(lambda: code_key([str(pack)]), pack / name)


def test_what_stands_beside_the_package_does_not_count(pack: Path) -> None:
    """A repository of reports may name itself as the folder of its pack."""
    key = lambda: code_key([str(pack.parent)])  # noqa: E731
    assert not changes(key, pack.parent / "2024" / "年报.txt")
    assert changes(key, pack / "words.txt")


def test_a_file_that_goes_counts(pack: Path) -> None:
    before = code_key([str(pack)])
    (pack / "words.txt").unlink()
    assert code_key([str(pack)]) != before


def test_a_folder_that_is_no_pack_or_not_there_has_a_key(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    keys = {code_key([]), code_key([str(tmp_path / "empty")]), code_key([str(tmp_path / "none")])}
    assert len(keys) == 3
    assert code_key([str(tmp_path / "none")]).endswith(f"\n{tmp_path / 'none'}?")


@pytest.mark.skipif(sys.platform == "win32", reason="there the time of change of the entry is not kept")
def test_a_change_of_the_same_size_with_the_same_time_counts(pack: Path) -> None:
    file = pack / "words.txt"
    os.utime(file, ns=(10**18, 10**18))
    before = code_key([str(pack)])
    write(file, "乙")
    os.utime(file, ns=(10**18, 10**18))
    assert code_key([str(pack)]) != before


def test_size_and_time_count_where_no_time_of_the_entry_is_kept(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows that time is the one at which the file was made."""

    real = os.stat

    class Status:
        st_ctime_ns = 0

        def __init__(self, path: Any, **how: Any) -> None:  # noqa: ANN401 - as that of the system
            self._status = real(path, **how)

        def __getattr__(self, name: str) -> object:
            return getattr(self._status, name)

    file = pack / "words.txt"
    keys = []
    for text, time in (("甲", 10**18), ("乙", 10**18 + 100), ("甲乙", 10**18)):
        write(file, text)
        os.utime(file, ns=(time, time))
        with monkeypatch.context() as patch:
            patch.setattr(os, "stat", Status)
            keys.append(code_key([str(pack)]))
    assert len(set(keys)) == 3


@pytest.mark.skipif(os.name != "posix", reason="symbolic links")
def test_links_within_a_pack(pack: Path, tmp_path: Path) -> None:
    key = lambda: code_key([str(pack)])  # noqa: E731
    shared = write(tmp_path / "shared" / "words.txt", "甲")
    (pack / "shared").symlink_to(shared.parent)
    assert changes(key, shared)
    # Neither links that lead nowhere nor those that lead round in a circle are in the way.
    (pack / "lock.py").symlink_to("nowhere")
    for name in "abcdefgh":
        (pack / "_inner" / name).symlink_to(pack)
    assert len(key()) < 100_000
    assert changes(key, pack / "words.txt")


@pytest.mark.skipif(os.name != "posix", reason="symbolic links")
def test_a_pack_by_a_link_is_what_the_link_leads_to(pack: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "other" / "reportlint_ours" / "__init__.py", "").parent
    link = tmp_path / "link"
    link.symlink_to(pack)
    before = code_key([str(link)])
    link.unlink()
    link.symlink_to(other)
    assert code_key([str(link)]) != before


@pytest.mark.parametrize(
    ("module", "file"),
    [
        ("ours", "ours/__init__.py"),
        ("ours", "ours/words.txt"),
        ("ours.rules", "ours/__init__.py"),
        ("ours.rules", "ours/other.py"),
        ("ours_module", "ours_module.py"),
        ("gov.ours", "gov/ours/__init__.py"),
        ("gov.ours", "gov/ours/words.txt"),
        ("gov.ours_module", "gov/ours_module.py"),
    ],
)
def test_installed_packs_of_every_kind_count(site: Path, module: str, file: str) -> None:
    for name in ("ours/__init__.py", "gov/ours/__init__.py", "ours_module.py", "gov/ours_module.py", file):
        write(site / name, "")
    install(site, module)
    assert changes(lambda: code_key([]), site / file)
    assert not changes(lambda: code_key([]), site / "beside.py")
    assert not changes(lambda: code_key([]), site / "gov" / "beside.py")


def test_the_first_of_two_packages_counts(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "later" / "ours" / "__init__.py", "")
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path / "later")])
    write(site / "ours.py", "")
    install(site, "ours")
    assert changes(lambda: code_key([]), site / "ours.py")
    assert not changes(lambda: code_key([]), tmp_path / "later" / "ours" / "__init__.py")


def test_a_pack_of_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, "ours_here")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    assert changes(lambda: code_key([]), write(tmp_path / "ours_here.py", ""))


@pytest.mark.parametrize("module", ["ours", "gov.ours"])
def test_a_zipped_pack_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    file = tmp_path / "packs.zip"

    def fill(text: str) -> None:
        with zipfile.ZipFile(file, "w") as archive:
            if "." in module:
                # A package without code is known by an entry of its own.
                archive.writestr("gov/", "")
            archive.writestr(f"{module.replace('.', '/')}/__init__.py", text)
            archive.writestr("ours-1.dist-info/entry_points.txt", f"[reportlint]\nours = {module}\n")
            archive.writestr("ours-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: ours\nVersion: 1\n")

    fill("")
    monkeypatch.syspath_prepend(str(file))
    before = code_key([])
    assert f"\nours = {module}\n{file} " in before
    fill("# changed")
    assert code_key([]) != before


@pytest.mark.parametrize("module", ["nowhere", "nowhere.at.all", "sys.none", "__main__"])
def test_a_module_that_is_not_there_has_a_key(site: Path, module: str) -> None:
    install(site, module)
    assert f"\nours = {module}\n" in code_key([])


def test_a_pack_installed_in_place_counts(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a finder and no folder of `sys.path`, as editable installs do: a package, or a module by itself."""
    from importlib.machinery import ModuleSpec, PathFinder

    home = tmp_path / "checkout"
    write(home / "ours_placed" / "__init__.py", "")
    write(home / "ours_single.py", "")

    class Finder:
        @staticmethod
        def find_spec(name: str, *_: object) -> ModuleSpec | None:
            return PathFinder.find_spec(name, [str(home)]) if name.startswith("ours_") else None

    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, Finder])
    install(site, "ours_placed.rules")
    assert changes(lambda: code_key([]), home / "ours_placed" / "words.txt")
    install(site, "ours_single")
    assert changes(lambda: code_key([]), home / "ours_single.py")
    assert not changes(lambda: code_key([]), home / "beside.py")


def test_the_engine_and_the_python_count(monkeypatch: pytest.MonkeyPatch) -> None:
    import reportlint

    lines = code_key([]).splitlines()
    assert any(line.startswith(f"{Path(reportlint.__file__).parent / 'linter.py'} ") for line in lines)
    assert any("relations/formula.lark " in line.replace(os.sep, "/") for line in lines)
    before = code_key([])
    monkeypatch.setattr(sys, "version", "another")
    assert code_key([]) != before
