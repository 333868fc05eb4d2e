"""Which linter is for which report."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reportlint import acceptance, config, days
from reportlint.acceptance import Acceptance, Heed
from reportlint.paths import repository

if TYPE_CHECKING:
    from reportlint.linter import Linter


class Linters:
    """A linter for each configuration that the reports of a run have, made once."""

    def __init__(self, given: str | None, overrides: config.Layer | None = None, heed: Heed = acceptance.ALL) -> None:
        """`given` is the configuration for all of them; without one, that of the environment, if it names one."""
        self._given = config.chosen(given)
        self._overrides = overrides
        self._heed = heed
        self._by_config: dict[str | None, Linter] = {}
        self._by_folder: dict[str, str | None] = {}
        self._layers: dict[str | None, list[config.Layer]] = {}
        self._acceptances: dict[str | None, Acceptance] = {}

    def at(self, path: str) -> Linter:
        """The linter for a report or a folder."""
        return self.of(os.path.join(path, "") if os.path.isdir(path) else path)

    def of(self, path: str) -> Linter:
        """The linter for a report or standard input."""
        return self._of(self.file_for(path))

    def _of(self, file: str | None) -> Linter:
        if file not in self._by_config:
            # Where the results of all reports are kept, there is nothing to lint and nothing to import for it.
            from reportlint.linter import Linter

            self._by_config[file] = Linter.from_layers(self.layers_of(file), self._overrides, self._heed)
        return self._by_config[file]

    def entries_of(self, path: str) -> Acceptance:
        """The entries for a report as they are written, names of rules and all."""
        file = self.file_for(path)
        if file not in self._acceptances:
            layers = self._files(file)
            root = os.path.dirname(os.path.abspath(file)) if file else repository(os.curdir) or os.getcwd()
            named = [layer.baseline for layer in layers if layer.baseline is not None]
            lapsed = [ignore for ignore in self._ignores(file) if ignore.expired(days.today())]
            self._acceptances[file] = Acceptance(
                root,
                expired=[ignore for ignore in lapsed if not ignore.place],
                ignores=[ignore for ignore in self._ignores(file) if ignore.paths and ignore not in lapsed],
                baseline=named[-1] if named else None,
                heed=self._heed,
            )
        return self._acceptances[file]

    def layers_of(self, file: str | None) -> list[config.Layer]:
        """What stands in a configuration file: read once, so that all of a run goes by the same."""
        if file not in self._layers:
            self._layers[file] = [config.read(file)] if file else []
        return self._layers[file]

    def _files(self, file: str | None) -> list[config.Layer]:
        return [each for layer in self.layers_of(file) for each in layer.files()]

    def _ignores(self, file: str | None) -> list[config.Ignore]:
        return [ignore for layer in self._files(file) for ignore in layer.ignore]

    def all(self) -> Iterator[Linter]:
        """Those for all reports that were asked for so far, made where they were not needed."""
        files = dict.fromkeys(self._by_folder.values()) if self._given is None else [self._given]
        return map(self._of, files)

    def file_for(self, path: str) -> str | None:
        """The configuration file that holds for a report; None where there is none."""
        if self._given is not None:
            return self._given
        folder = os.path.dirname(path) or os.curdir
        if folder not in self._by_folder:
            self._by_folder[folder] = config.find(folder)
        return self._by_folder[folder]
