"""Which linter is for which report."""

from __future__ import annotations

import os
from collections.abc import Iterable

from reportlint import acceptance, config
from reportlint.acceptance import Heed
from reportlint.errors import ConfigError
from reportlint.files import STDIN
from reportlint.linter import Linter


class Linters:
    """A linter for each configuration that the reports of a run have, made once."""

    def __init__(
        self, given: str | None, overrides: config.Layer | None = None, heed: Heed = acceptance.ALL
    ) -> None:
        if given is not None and not os.path.isfile(given):
            raise ConfigError(f"没有配置文件 {given}")
        self._given = given
        self._overrides = overrides
        self._heed = heed
        self._by_config: dict[str | None, Linter] = {}
        self._by_folder: dict[str, str | None] = {}

    def of(self, path: str) -> Linter:
        """The linter for a report, a folder or standard input."""
        file = self._given or self._nearest(path)
        if file not in self._by_config:
            self._by_config[file] = Linter.from_layers([config.read(file)] if file else [], self._overrides, self._heed)
        return self._by_config[file]

    def made(self) -> Iterable[Linter]:
        """Those that were needed so far."""
        return self._by_config.values()

    def _nearest(self, path: str) -> str | None:
        folder = os.curdir if path == STDIN else path if os.path.isdir(path) else os.path.dirname(path) or os.curdir
        if folder not in self._by_folder:
            self._by_folder[folder] = config.find(folder)
        return self._by_folder[folder]
