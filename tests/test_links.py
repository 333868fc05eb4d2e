"""Links from citations to the texts that they cite."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportlint import Address
from reportlint.language.links import links

from .test_properties import COMPLIANT, LINTER

ADDRESSES = LINTER.packs.addresses.values()
REGULATIONS = "http://www.gov.cn/zhengce/content/2019-04/15/content_5382991.htm"


def linked(words: str, year: int | None = 2024) -> list[tuple[str, str]]:
    """What is a link in some words of a report, and where it leads."""
    title = COMPLIANT.text.partition("\n")[0].replace("2024年", "" if year is None else f"{year}年")
    result = LINTER.lint_text(f"{title}\n\n一、总体情况\n\n{words}\n")
    assert result.report is not None
    assert result.report.year == year
    return [(result.source.slice(link.span), link.address.url) for link in links(result, ADDRESSES)]


@pytest.mark.parametrize(
    ("words", "cited", "url"),
    [
        (
            "依据《中华人民共和国政府信息公开条例》第五十条",
            "《中华人民共和国政府信息公开条例》",
            REGULATIONS,
        ),
        ("依据《政府信息公开条例》编制", "《政府信息公开条例》", REGULATIONS),
        ("依据《中华人民共和\n国政府信息公开条例》编制", "《中华人民共和\n国政府信息公开条例》", REGULATIONS),
        ("依据《中华人民共和国\r\n政府信息公开条例》编制", "《中华人民共和国\r\n政府信息公开条例》", REGULATIONS),
        ("（国务院令第711号）", "国务院令第711号", REGULATIONS),
        ("（国令第 711 号）", "国令第 711 号", REGULATIONS),
    ],
)
def test_what_is_cited_leads_to_its_text(words: str, cited: str, url: str) -> None:
    assert linked(words) == [(cited, url)]


@pytest.mark.parametrize(
    "words",
    [
        "依据《上海市政府信息公开条例》编制",
        "依据《政府信息公开条例实施办法》编制",
        "按照国办公开办函〔2021〕30号编制",
        "依据《条例》编制",
        "（国务院令第492号）",
        "（国办公开办函〔2019〕60号）",
        "《政府信息公开工作年度报告格式（试行）》",
        "按照《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）",
        "全年发布信息711号",
    ],
)
def test_what_has_no_known_address_is_no_link(words: str) -> None:
    assert linked(words) == []


@pytest.mark.parametrize(
    ("year", "cited"),
    [(2018, []), (2019, [REGULATIONS]), (2021, [REGULATIONS]), (None, [])],
)
def test_words_mean_what_was_in_force(year: int | None, cited: list[str]) -> None:
    words = "依据《政府信息公开条例》编制"
    assert [url for _, url in linked(words, year)] == cited


def test_links_are_in_order_and_the_longer_one_counts() -> None:
    result = LINTER.lint_text(f"{COMPLIANT.text}甲乙丙甲乙")
    short, long, end = (
        Address(name, re.compile(pattern), "https://example.org/", "")
        for name, pattern in [("b", "甲乙|"), ("a", "甲乙丙"), ("c", "乙丙")]
    )
    found = links(result, [end, short, long])
    assert [(link.span.start - len(COMPLIANT.text), link.address.name) for link in found] == [(0, "a"), (3, "b")]


def test_nothing_is_linked_in_what_could_not_be_read(tmp_path: Path) -> None:
    assert links(LINTER.lint_file(tmp_path / "none.txt"), ADDRESSES) == ()
