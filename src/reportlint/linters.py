"""Which linter is for which report."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from reportlint import config
from reportlint.errors import ConfigError

if TYPE_CHECKING:
    from reportlint.linter import Linter


class Linters:
    """A linter for each configuration that the reports of a run have, made once."""

    def __init__(self, given: str | None, overrides: config.Layer | None = None) -> None:
        if given is not None and not os.path.isfile(given):
            raise ConfigError(f"没有配置文件 {given}")
        self._given = given
        self._overrides = overrides
        self._by_config: dict[str | None, Linter] = {}
        self._by_folder: dict[str, str | None] = {}

    def at(self, path: str) -> Linter:
        """The linter for a report or a folder."""
        return self.of(os.path.join(path, "") if os.path.isdir(path) else path)

    def of(self, path: str) -> Linter:
        """The linter for a report or standard input."""
        file = self.file_for(path)
        if file not in self._by_config:
            # Where the results of all reports are kept, there is nothing to lint and nothing to import for it.
            from reportlint.linter import Linter

            self._by_config[file] = Linter.from_layers([config.read(file)] if file else [], self._overrides)
        return self._by_config[file]

    def made(self) -> Iterable[Linter]:
        """Those that were needed so far."""
        return self._by_config.values()

    def file_for(self, path: str) -> str | None:
        """The configuration file that holds for a report; None where there is none."""
        if self._given is not None:
            return self._given
        folder = os.path.dirname(path) or os.curdir
        if folder not in self._by_folder:
            self._by_folder[folder] = config.find(folder)
        return self._by_folder[folder]
