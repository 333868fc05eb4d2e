"""The outputs that say what a run came to."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from reportlint.outcome import Outcome, Run
from reportlint.result import Result

if TYPE_CHECKING:
    from reportlint.rules import Rule


class Context(NamedTuple):
    """What an output has to know beside the results."""

    root: str
    """The folder that relative paths in outputs for programs start from: the repository's, else the current one."""
    rule: Callable[[str], Rule | None]
    """A rule by its id; None for the tool's own."""
    colour: bool = False
    ascii_only: bool = False
    """Whether the stream cannot show every character."""


class Format:
    """An output. `begin`, then `result` for each report in order, then `end`; each gives the text to be written.

    `result` tells a report alone, without knowing of any other one, since it may be called in another process;
    between two of its texts that are not empty `separator` is written.
    """

    separator = ""
    needs_report = False
    """Whether `result` reads `Result.report`, which is None where a result was taken from the cache."""
    summarises = False
    """Whether it says itself what the run came to; for one that does not, the command line does, beside it."""
    limit: int | None = None
    """The bytes that all results together may take, where whoever reads it sets a limit."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def begin(self) -> str:
        return ""

    def result(self, result: Result) -> str:  # noqa: ARG002 - for those that say something
        return ""

    def left_out(self, reports: int) -> str:  # noqa: ARG002 - for those that have a limit
        """What is said of reports that there was no room for."""
        return ""

    def end(self, run: Run) -> str:  # noqa: ARG002 - for those that say something
        return ""


class Sheet:
    """What is written in an output, part by part: its beginning with the first part, then what there is room for."""

    def __init__(self, format: Format) -> None:
        self.format = format
        self._begun = False
        self._bytes = 0
        self._left_out = 0

    def add(self, text: str) -> str:
        """What is to be written for the text of one report."""
        if not text:
            return ""
        if self.format.limit is not None:
            self._bytes += len(text.encode("utf-8", "surrogatepass"))
            if self._bytes > self.format.limit:
                self._left_out += 1
                return ""
        before = self.format.separator if self._begun else self.format.begin()
        self._begun = True
        return before + text

    def end(self, run: Run) -> str:
        """What is to be written last."""
        before = "" if self._begun else self.format.begin()
        left_out = self.format.left_out(self._left_out) if self._left_out else ""
        return before + left_out + self.format.end(run)


# The text for people comes first; it is what is written where nothing else is asked for.
FORMATS = {
    "full": "text.Full",
    "concise": "text.Concise",
    "grouped": "grouped.Grouped",
    "html": "html.Html",
    "json": "json.Json",
    "jsonl": "jsonl.JsonLines",
    "sarif": "sarif.Sarif",
    "github": "github.GitHub",
    "gitlab": "gitlab.GitLab",
    "junit": "junit.JUnit",
    "checkstyle": "checkstyle.Checkstyle",
    "rdjson": "rdjson.RdJson",
    "markdown": "markdown.Markdown",
}


def format_named(name: str) -> type[Format]:
    """The class of an output; KeyError where there is none of that name."""
    module, _, kind = FORMATS[name].partition(".")
    found: type[Format] = getattr(importlib.import_module(f"reportlint.formats.{module}"), kind)
    return found


def joined(lines: Iterable[str]) -> str:
    """Lines as one text, each with its end."""
    return "".join(f"{line}\n" for line in lines)


def rendered(name: str, results: Iterable[Result], context: Context | None = None) -> str:
    """Results as an output has them, as one text. For programs that have results; a run writes them one by one."""
    sheet = Sheet(format_named(name)(context or Context(os.getcwd(), lambda _: None)))
    run = Run()
    texts = []
    for result in results:
        run.add(Outcome.of(result))
        texts.append(sheet.add(sheet.format.result(result)))
    return "".join(texts) + sheet.end(run)
