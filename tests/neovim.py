"""A real Neovim, without a screen: what tests type into it and see in it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from .editors import PATIENCE, until

PROGRAM = os.environ.get("NVIM_PROGRAM") or shutil.which("nvim")

T = TypeVar("T")


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
        self._answer, self._offered = folder / "answer.json", folder / "offered"
        self._sockets = tempfile.TemporaryDirectory()  # a socket's path may not be long
        self._socket = os.path.join(self._sockets.name, "neovim")
        self._process = subprocess.Popen(
            [str(PROGRAM), "--headless", "-n", "-i", "NONE", "--listen", self._socket, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            until(lambda: os.path.exists(self._socket), True, lambda: "Neovim does not start")
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        self._sockets.cleanup()

    def keys(self, *keys: str) -> None:
        """Types keys, in Neovim's notation (`<Esc>`)."""
        self._remote("--remote-send", "".join(keys))

    def lua(self, code: str) -> Any:  # noqa: ANN401 - whatever it is
        """What a function with this body returns."""
        whole = f"(function() {code} end)()".replace("'", "''")
        # Through a file: 0.7 cuts a long answer in its middle.
        self._remote("--remote-expr", f"writefile([json_encode(luaeval('{whole}'))], '{self._answer}')")
        return json.loads(self._answer.read_text("utf-8"))

    def _remote(self, option: str, text: str) -> None:
        client = [str(PROGRAM), "--clean", "--headless", "--server", self._socket, option, text]
        done = subprocess.run(client, capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE, check=False)
        assert done.returncode == 0, done.stderr

    def open(self, path: Path) -> None:
        spaced = str(path).replace(" ", "\\ ")
        self.keys(f":edit {spaced}<CR>")
        self.until(lambda: self.lua("return vim.api.nvim_buf_get_name(0)"), str(path))

    def lines(self) -> list[str]:
        return list(self.lua("return vim.api.nvim_buf_get_lines(0, 0, -1, true)"))

    def text(self) -> str:
        return "\n".join(self.lines()) + "\n"

    def line_of(self, start: str) -> int:
        """The number of the line that starts with something."""
        return next(number for number, line in enumerate(self.lines(), 1) if line.startswith(start))

    def at(self, line: int, character: int) -> None:
        """Goes to a character of a line, both counted from 1."""
        self.keys("<Esc>", f"{line}G", "0", f"{character - 1}l" if character > 1 else "")

    def version(self) -> tuple[int, int]:
        major, minor = self.lua("local version = vim.version() return {version.major, version.minor}")
        return major, minor

    def servers(self) -> list[int]:
        """The servers that the buffer is attached to."""
        get = "vim.lsp.get_clients and vim.lsp.get_clients({bufnr = 0}) or vim.tbl_values(vim.lsp.buf_get_clients(0))"
        return list(self.lua(f"return vim.tbl_map(function(client) return client.id end, {get})"))

    def cursor(self) -> tuple[int, int]:
        """The line and the character that the cursor is at, counted from 1."""
        line, character = self.lua("return {vim.fn.line('.'), vim.fn.charcol('.')}")
        return line, character

    def marks(self) -> list[Mark]:
        lines, diagnostics = self.lua("return {vim.api.nvim_buf_get_lines(0, 0, -1, true), vim.diagnostic.get(0)}")
        marks = []
        for found in diagnostics:
            first, last = found["lnum"], min(found["end_lnum"], len(lines) - 1)
            before = "".join(f"{line}\n" for line in lines[first:last]).encode()
            # Columns are bytes; while the text moves on they may be within a character.
            text = (before + lines[last].encode()[: found["end_col"]])[found["col"] :].decode(errors="replace")
            code = found.get("code") or found["user_data"]["lsp"]["code"]
            marks.append(Mark(first + 1, text, code, found["message"], found["severity"]))
        return sorted(marks)

    def floating(self) -> str:
        """What stands in the windows that float."""
        return str(
            self.lua(
                "local shown = {} "
                "for _, window in ipairs(vim.api.nvim_list_wins()) do "
                "  if vim.api.nvim_win_get_config(window).relative ~= '' then "
                "    vim.list_extend(shown, vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, true)) "
                "  end "
                "end "
                "return table.concat(shown, '\\n')"
            )
        )

    def messages(self) -> str:
        return str(self.lua("return vim.api.nvim_exec('messages', true)"))

    def until(self, look: Callable[[], T], wanted: T | Callable[[T], bool]) -> T:
        """Looks until it is as wanted."""
        return until(look, wanted, self.messages)

    def choose(self, *keys: str, title: str) -> None:
        """Types keys that offer a choice, and takes the one whose title begins like this."""
        # What is offered is read from a file: a Neovim that asks answers nobody.
        self._offered.unlink(missing_ok=True)
        self.lua(
            "local select = vim.ui.select "
            "vim.ui.select = function(items, options, done) "
            "  vim.ui.select = select "
            f"  vim.fn.writefile(vim.tbl_map(options.format_item or tostring, items), '{self._offered}') "
            "  select(items, options, done) "
            "end"
        )
        self.keys(*keys)
        self.until(self._offered.exists, True)
        offered = self._offered.read_text("utf-8").splitlines()
        number = next((number for number, each in enumerate(offered, 1) if each.startswith(title)), 0)
        assert number, offered
        self.keys(f"{number}<CR>")
