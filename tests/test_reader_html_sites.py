"""Pages as sites publish them: the report is found in them, all of it and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests import sites

from reportlint.readers.html import read_html

EXAMPLES = Path(__file__).parent.parent / "examples"
REPORTS = sorted(path for path in EXAMPLES.rglob("*.txt") if "\t" in path.read_text("utf-8"))


def kept(page: str) -> str:
    return read_html(page, "page.html").text


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("name", sites.LAYOUTS)
def test_the_report_is_found_whole_and_alone(name: str, path: Path) -> None:
    title, parts = sites.parts_of(path.read_text("utf-8"))
    assert kept(sites.LAYOUTS[name](title, parts)) == kept(sites.fragment(title, parts))
