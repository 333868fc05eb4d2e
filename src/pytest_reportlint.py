"""The pytest plugin of the kit for tests of packs: fixtures, assertions that say more, pages as tests.

pytest loads it wherever reportlint is installed, so it imports nothing of reportlint before it is used.

Fixtures: `linter` (of the configuration `reportlint_config`, else of the one nearest to the root) and
`compliant`, a compliant report as a Draft, of the pack `reportlint_pack` where it has one, chosen with
`@pytest.mark.compliant("county", year=2024)`.
With `reportlint_pages = true` the pages `docs/<rule>.md` of the linter's packs are tests where they are collected.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from reportlint import Linter
    from reportlint.testing import Draft, Said

_CONFIG, _PACK, _PAGES = "reportlint_config", "reportlint_pack", "reportlint_pages"
_MARK = "compliant"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini(_CONFIG, "configuration file of the fixture linter, relative to the root")
    parser.addini(_PACK, "pack whose compliant reports the fixture compliant takes first")
    parser.addini(_PAGES, "collect docs/<rule>.md of the linter's packs as tests", type="bool", default=False)


def pytest_configure(config: pytest.Config) -> None:
    words = "compliant(level, year=…, form=…): which compliant report of the packs the fixture is"
    config.addinivalue_line("markers", words)


@pytest.fixture(scope="session")
def linter(pytestconfig: pytest.Config) -> Linter:
    """The linter of the configuration. It may be shared: linting changes nothing in it."""
    return _linter(pytestconfig)


@pytest.fixture
def compliant(request: pytest.FixtureRequest, linter: Linter) -> Draft:
    """A compliant report: the first in the linter's first form, or the one that the mark `compliant` asks for."""
    from reportlint.testing import Draft

    pack = str(request.config.getini(_PACK) or "") or None
    mark = request.node.get_closest_marker(_MARK)
    arguments: dict[str, Any] = dict(mark.kwargs) if mark else {}
    return Draft.compliant(*(mark.args if mark else ()), **{"linter": linter, "pack": pack, **arguments})


def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    """What is said and what was expected, finding by finding."""
    kit = sys.modules.get("reportlint.testing.draft")
    if kit is None or op != "==" or not isinstance(left, list) or not isinstance(right, list):
        return None
    if not (left or right) or not all(isinstance(said, kit.Said) for said in (*left, *right)):
        return None
    source = next((said.source for said in (left, right) if isinstance(said, kit.Sayings)), None)
    lines = [f"{len(left)} said == {len(right)} expected"]
    for words, these, others in (("only on the left:", left, right), ("only on the right:", right, left)):
        rest = list(others)
        found: list[Said] = []
        for said in these:
            if said in rest:
                rest.remove(said)
            else:
                found.append(said)
        if found:
            lines += [words, *(f"  {line}" for said in found for line in _shown(said, source))]
    return lines if len(lines) > 1 else [*lines, "the same, in another order"]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> PageFile | None:
    """A page of a rule of the linter's packs."""
    if file_path.suffix != ".md" or file_path.parent.name != "docs" or not parent.config.getini(_PAGES):
        return None
    rule = _rule_of(_linter(parent.config), file_path)
    if rule is None:
        return None
    page: PageFile = PageFile.from_parent(parent, path=file_path)
    page.rule = rule
    return page


class PageFile(pytest.File):
    """A page, collected as one test."""

    rule = ""

    def collect(self) -> Iterator[PageItem]:
        item: PageItem = PageItem.from_parent(self, name=self.rule)
        yield item


class PageItem(pytest.Item):
    """A page: its shape, its examples and its configuration are as it says."""

    @property
    def funcargs(self) -> dict[str, object]:
        """No fixtures. Other plugins (pytest-lsp, for one) ask every test for its own."""
        return {}

    def runtest(self) -> None:
        from reportlint.testing import page_faults

        faults = page_faults(_linter(self.config), self.name)
        if faults:
            pytest.fail("\n".join(faults), pytrace=False)

    def reportinfo(self) -> tuple[os.PathLike[str], int | None, str]:
        return self.path, None, f"page of {self.name}"


_LINTER = pytest.StashKey["Linter"]()


def _linter(config: pytest.Config) -> Linter:
    """The linter of the run, made once, when first asked for."""
    if _LINTER not in config.stash:
        from reportlint import Linter

        named = str(config.getini(_CONFIG) or "")
        config.stash[_LINTER] = Linter.from_config(config.rootpath / named if named else config.rootpath)
    return config.stash[_LINTER]


def _rule_of(linter: Linter, page: Path) -> str | None:
    """The rule that a page is of, by the pack that it stands in."""
    for pack in linter.packs.names:
        folder = linter.packs.folder(pack)
        if folder is not None and Path(folder).resolve() == page.parent.parent.resolve():
            rule = f"{pack}/{page.stem}"
            return rule if rule in linter.packs.rules else None
    return None


def _shown(said: Said, source: Any) -> list[str]:  # noqa: ANN401 - a Source, which is not imported here
    if said.span is None:
        return [f"{said.rule} nowhere in the text", f"  {said.message}"]
    if source is None:
        return [f"{said.rule} at {said.span.start}..{said.span.end}", f"  {said.message}"]
    if source.has_lines:
        line, column = source.position(said.span.start)
        place = f"{line}:{column}"
    else:
        place = source.location(said.span).words
    return [f"{said.rule} at {place} {source.slice(said.span)!r}", f"  {said.message}"]
