"""A real Neovim, without a screen: what tests type into it and see in it."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import pytest

PROGRAM = os.environ.get("NVIM_PROGRAM") or shutil.which("nvim")
PAGE = Path(__file__).parents[1] / "docs" / "editors.md"
_PATIENCE = 30
"""Seconds until what was waited for will not come any more."""

T = TypeVar("T")


def settings(name: str) -> str:
    """The block of the page whose first line names the file that it belongs in."""
    blocks = re.findall(
        r"^```\w+\n(?:--|;;|\"|//) (\S+)\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    found = [block for file, block in blocks if file == name]
    assert len(found) == 1, f"{PAGE.name} has {len(found)} blocks for {name}: {[file for file, _ in blocks]}"
    return found[0]


class Mark(NamedTuple):
    """A diagnostic as the editor has it."""

    line: int
    text: str
    """What stands at its place in the buffer."""
    code: str
    message: str
    severity: int


class Neovim:
    """The editor, asked over its socket; `keys` types, everything else looks."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._socket, self._answer = str(folder / "socket"), folder / "answer.json"
        self._process = subprocess.Popen(
            [str(PROGRAM), "--headless", "-n", "-i", "NONE", "--listen", self._socket, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.until(lambda: os.path.exists(self._socket), True)

    def close(self) -> None:
        self._process.kill()
        self._process.wait()

    def keys(self, *keys: str) -> None:
        """Types keys, in Neovim's notation (`<Esc>`)."""
        self._remote("--remote-send", "".join(keys))

    def lua(self, code: str) -> Any:  # noqa: ANN401
        """What a function with this body returns."""
        whole = f"(function() {code} end)()".replace("'", "''")
        # Through a file: 0.7 cuts a long answer in its middle.
        self._remote("--remote-expr", f"writefile([json_encode(luaeval('{whole}'))], '{self._answer}')")
        return json.loads(self._answer.read_text("utf-8"))

    def _remote(self, option: str, text: str) -> None:
        client = [str(PROGRAM), "--clean", "--headless", "--server", self._socket, option, text]
        done = subprocess.run(client, capture_output=True, text=True, encoding="utf-8", timeout=_PATIENCE, check=False)
        assert done.returncode == 0, done.stderr

    def open(self, path: Path) -> None:
        spaced = str(path).replace(" ", "\\ ")
        self.keys(f":edit {spaced}<CR>")
        self.until(lambda: self.lua("return vim.api.nvim_buf_get_name(0)"), str(path))

    def lines(self) -> list[str]:
        return list(self.lua("return vim.api.nvim_buf_get_lines(0, 0, -1, true)"))

    def text(self) -> str:
        return "\n".join(self.lines()) + "\n"

    def servers(self) -> list[str]:
        """The names of the servers that the buffer is attached to."""
        return sorted(
            self.lua("return vim.tbl_map(function(c) return c.name end, vim.tbl_values(vim.lsp.buf_get_clients(0)))")
        )

    def marks(self) -> list[Mark]:
        both = self.lua("return {vim.api.nvim_buf_get_lines(0, 0, -1, true), vim.diagnostic.get(0)}")
        lines, diagnostics = both
        marks = []
        for found in diagnostics:
            first, last = found["lnum"], found["end_lnum"]
            whole = "\n".join(lines[first : last + 1]).encode()
            end = len(whole) - len(lines[last].encode()) + found["end_col"] if last < len(lines) else len(whole)
            lsp = found["user_data"]["lsp"]
            code = lsp["code"]
            marks.append(Mark(first + 1, whole[found["col"] : end].decode(errors="replace"), code, found["message"], found["severity"]))
        return sorted(marks)

    def floating(self) -> str:
        """What stands in the windows that float."""
        return str(
            self.lua(
                """
                local shown = {}
                for _, window in ipairs(vim.api.nvim_list_wins()) do
                  if vim.api.nvim_win_get_config(window).relative ~= '' then
                    vim.list_extend(shown, vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, true))
                  end
                end
                return table.concat(shown, '\\n')
                """
            )
        )

    def messages(self) -> str:
        return str(self.lua("return vim.api.nvim_exec('messages', true)"))

    def until(self, look: Callable[[], T], wanted: T | Callable[[T], bool]) -> T:
        """Looks until it is as wanted; fails with what was seen last."""
        end = time.monotonic() + _PATIENCE
        while True:
            seen = look()
            if wanted(seen) if callable(wanted) else seen == wanted:
                return seen
            assert time.monotonic() < end, f"{seen!r}\n{self.messages()}"
            time.sleep(0.02)


def on_path(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes `reportlint` the command that is tested, and keeps the editor away from the user's own files."""
    command = folder / "bin" / "reportlint"
    command.parent.mkdir()
    command.write_text(
        f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m reportlint "$@"\n', encoding="utf-8"
    )
    command.chmod(0o755)
    monkeypatch.setenv("PATH", str(command.parent), prepend=os.pathsep)
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
