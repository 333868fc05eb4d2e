"""A real Emacs, without a screen: what tests type into it and see in it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from .editors import PATIENCE, until

PROGRAM = os.environ.get("EMACS_PROGRAM") or shutil.which("emacs")
CLIENT = shutil.which("emacsclient")

T = TypeVar("T")


def has_eglot() -> bool:
    """Whether Emacs is here and has its client of language servers."""
    if PROGRAM is None or CLIENT is None:
        return False
    asked = [PROGRAM, "-q", "--batch", "--eval", "(require 'eglot)"]
    return subprocess.run(asked, capture_output=True, timeout=PATIENCE, check=False).returncode == 0


def quoted(text: str) -> str:
    """A string in Emacs Lisp."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


class Mark(NamedTuple):
    """A diagnostic as the editor has it."""

    line: int
    text: str
    message: str


class Emacs:
    """The editor as a daemon; `keys` types into the buffer that is shown, everything else looks."""

    def __init__(self, folder: Path, config: Path) -> None:
        self._socket, self._answer = str(folder / "socket"), folder / "answer.json"
        self._process = subprocess.Popen(
            [str(PROGRAM), "-q", f"--fg-daemon={self._socket}", "--load", str(config)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            until(lambda: os.path.exists(self._socket), True, lambda: "Emacs does not start")
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._process.kill()
        self._process.wait()

    def lisp(self, code: str) -> Any:  # noqa: ANN401 - whatever it is
        """What an expression comes to in the buffer that is shown."""
        written = (
            "(with-current-buffer (window-buffer) "
            f"(let ((answer (json-encode (progn {code}))) (coding-system-for-write 'utf-8)) "
            f"(write-region answer nil {quoted(str(self._answer))} nil 'silent)))"
        )
        done = subprocess.run(
            [str(CLIENT), "-s", self._socket, "--eval", written],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stderr + done.stdout
        return json.loads(self._answer.read_text("utf-8"))

    def keys(self, keys: str) -> None:
        """Types keys, in Emacs's notation (`C-x C-s`)."""
        self.lisp(f"(execute-kbd-macro (kbd {quoted(keys)})) t")

    def open(self, path: Path) -> None:
        self.lisp(f"(switch-to-buffer (find-file-noselect {quoted(str(path))})) t")
        # eglot starts behind a command.
        self.keys("C-a")

    def go_behind(self, text: str) -> None:
        """Goes behind the first place with a text."""
        self.lisp(f"(goto-char (point-min)) (search-forward {quoted(text)}) t")

    def text(self) -> str:
        return str(self.lisp("(buffer-substring-no-properties (point-min) (point-max))"))

    def line(self) -> int:
        return int(self.lisp("(line-number-at-pos)"))

    def marks(self) -> list[Mark]:
        found = self.lisp(
            "(vconcat (mapcar (lambda (each) (let ((start (flymake-diagnostic-beg each))) "
            "(vector (line-number-at-pos start) "
            "(buffer-substring-no-properties start (flymake-diagnostic-end each)) "
            "(flymake-diagnostic-text each)))) (and (fboundp 'flymake-diagnostics) (flymake-diagnostics))))"
        )
        return sorted(Mark(*each) for each in found)

    def explained(self) -> str:
        """What eldoc says of the place."""
        buffer = '(seq-find (lambda (each) (string-match-p "eldoc" (buffer-name each))) (buffer-list))'
        return str(self.lisp(f'(let ((buffer {buffer})) (if buffer (with-current-buffer buffer (buffer-string)) ""))'))

    def messages(self) -> str:
        return str(self.lisp("(with-current-buffer (messages-buffer) (buffer-string))"))

    def until(self, look: Callable[[], T], wanted: T | Callable[[T], bool]) -> T:
        """Looks until it is as wanted."""
        return until(look, wanted, self.messages)
