"""The pack of Huaihua: take a compliant report, change one thing, compare everything that is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportlint import Linter
from reportlint.config import Layer
from reportlint.testing import Draft, Said

REPORT = Path(__file__).parent.parent / "examples" / "provinces" / "hunan-huaihua" / "yuanping-county-2021.txt"
ORGANISATION = "沅坪县人民政府2021年"
DATE = "发布日期：2022-02-16"
SCOPE = "由县人民政府办公室汇总三十一个县直部门和十八个乡镇（街道）的年度报告而成，"
LAST = "本年度发出收费通知0件，总金额0元，实际收取0元。"
NO_SCOPE = "引言和第一部分没有写明本报告汇总了县直单位和乡镇（街道）"


def linter_with(**options: object) -> Linter:
    named = {"hunan-huaihua/publication-date": options}
    return Linter.from_layers([Layer("test", extends=("hunan-huaihua",), options=named)])


@pytest.fixture(scope="module")
def pack() -> Linter:
    return linter_with()


@pytest.fixture
def report(pack: Linter) -> Draft:
    return Draft.from_file(REPORT, pack)


# The date.


@pytest.mark.parametrize(
    ("stamp", "date", "written"),
    [
        ("发布日期：2022-02-21", "2022-02-21", "2022年2月21日"),
        ("公布时间: 2022年3月1日 09:30 来源：县政府办", "2022年3月1日", "2022年3月1日"),
        ("公开日期 2022/12/31", "2022/12/31", "2022年12月31日"),
        ("索引号：431200 发布时间：2022.02.28 浏览量：12", "2022.02.28", "2022年2月28日"),
    ],
)
def test_a_date_behind_the_day_is_reported(report: Draft, stamp: str, date: str, written: str) -> None:
    draft = report.replace(DATE, stamp)
    message = f"发布日期为{written}，通知要求县市区于2022年2月20日前公布"
    assert draft.lint() == [Said("hunan-huaihua/publication-date", draft.at(date), message)]


def test_a_date_above_the_title_is_found(report: Draft) -> None:
    draft = report.without_line(DATE).replace(ORGANISATION, f"发布时间：2022-02-25\n\n{ORGANISATION}")
    message = "发布日期为2022年2月25日，通知要求县市区于2022年2月20日前公布"
    assert draft.lint() == [Said("hunan-huaihua/publication-date", draft.at("2022-02-25"), message)]


def test_a_date_under_the_report_is_found(report: Draft) -> None:
    draft = report.without_line(DATE).replace(LAST, f"{LAST}\n\n沅坪县人民政府\n\n2022年2月22日")
    message = "落款日期为2022年2月22日，通知要求县市区于2022年2月20日前公布"
    assert draft.lint() == [Said("hunan-huaihua/publication-date", draft.at("2022年2月22日"), message)]


@pytest.mark.parametrize(
    "stamp",
    [
        "发布日期：2022-02-20",
        "发布日期：2022-01-05",
        "发布日期：2023-06-01",
        "发布日期：2021-12-28",
        "成文日期：2022-03-30　发布日期：2022-02-18",
    ],
)
def test_a_date_in_time_or_of_something_else_says_nothing(report: Draft, stamp: str) -> None:
    assert report.replace(DATE, stamp).lint() == []


@pytest.mark.parametrize("text", ["2022年3月1日起施行。", "截至2022年3月1日。", "详见2022年3月1日的公告"])
def test_a_date_in_a_sentence_is_no_signature(report: Draft, text: str) -> None:
    draft = report.without_line(DATE).replace(LAST, f"{LAST}\n\n{text}")
    assert draft.lint() == []
    assert draft.result.not_assessable == (("hunan-huaihua/publication-date", "文中没有发布日期"),)


def test_an_office_of_the_city_has_a_day_of_its_own(report: Draft) -> None:
    text = report.replace(ORGANISATION, "沅原市水务局2021年").replace(DATE, "发布日期：2022-01-29").text
    draft = Draft(text, linter_with(city="沅原市"))
    message = "发布日期为2022年1月29日，通知要求市直单位于2022年1月28日前公布"
    assert draft.lint() == [Said("hunan-huaihua/publication-date", draft.at("2022-01-29"), message)]


@pytest.mark.parametrize(
    "organisation",
    [
        "沅原市人民政府",
        "沅原市",
        "沅原市湖坪区教育局",
        "沅坪县水务局",
        "沅坪县高塘镇人民政府",
        "沅原高新技术产业开发区",
        "沅原市城市管理局",
    ],
)
def test_the_notice_sets_no_day_for_others(report: Draft, organisation: str) -> None:
    text = report.replace(ORGANISATION, f"{organisation}2021年").replace(DATE, "发布日期：2022-04-30").text
    draft = Draft(text, linter_with(city="沅原市"))
    assert draft.lint("hunan-huaihua/publication-date") == []
    reason = "标题里的单位不是县市区人民政府，也不是市直单位"
    assert ("hunan-huaihua/publication-date", reason) in draft.result.not_assessable


@pytest.mark.parametrize(
    "organisation", ["沅原市湖坪区", "湖坪区人民政府", "溆川市人民政府", "湖南省沅原市沅坪县人民政府"]
)
def test_counties_districts_and_cities_below_the_city_are_known(report: Draft, organisation: str) -> None:
    text = report.replace(ORGANISATION, f"{organisation}2021年").replace(DATE, "发布日期：2022-04-30").text
    assert len(Draft(text, linter_with(city="沅原市")).lint("hunan-huaihua/publication-date")) == 1


def later(report: Draft) -> str:
    return report.replace(DATE, "发布日期：2025-02-20").text.replace("2021年", "2024年")


def test_the_days_of_another_year_are_not_known(report: Draft) -> None:
    draft = Draft(later(report), report.linter)
    assert draft.lint() == []
    assert draft.result.not_assessable == (
        ("hunan-huaihua/publication-date", "所依据的通知只定了 2021 年度报告的日期"),
    )


def test_the_days_can_be_set(report: Draft) -> None:
    draft = Draft(later(report), linter_with(year=2024, counties="2月15日"))
    message = "发布日期为2025年2月20日，通知要求县市区于2025年2月15日前公布"
    assert draft.lint() == [Said("hunan-huaihua/publication-date", draft.at("2025-02-20"), message)]
    draft = Draft(later(report), linter_with(year=2024, counties="二月中旬"))
    assert draft.lint() == []
    assert draft.result.not_assessable == (("hunan-huaihua/publication-date", "选项里的“二月中旬”不是“×月×日”"),)


# The scope.


def test_a_county_that_does_not_tell_its_scope(report: Draft) -> None:
    draft = report.replace(SCOPE, "")
    assert draft.lint() == [Said("hunan-huaihua/summary-scope", draft.at("一、总体情况"), NO_SCOPE)]


def test_one_half_of_the_scope_is_not_enough(report: Draft) -> None:
    draft = report.replace("三十一个县直部门和十八个乡镇（街道）", "十八个乡镇（街道）")
    assert draft.lint() == [Said("hunan-huaihua/summary-scope", draft.at("一、总体情况"), NO_SCOPE)]


@pytest.mark.parametrize(
    "words",
    [
        "由县人民政府办公室综合各镇、街道和县政府各部门的报告编制，",
        "数据包括全县各单位和各乡镇，",
        "涵盖县直单位、乡镇人民政府和街道办事处，",
    ],
)
def test_the_scope_in_other_words_says_nothing(report: Draft, words: str) -> None:
    assert report.replace(SCOPE, words).lint() == []


@pytest.mark.parametrize(
    "organisation", ["沅坪县水务局", "沅坪县高塘镇人民政府", "怀化市人民政府", "沅坪县人民政府办公室"]
)
def test_others_need_not_tell_a_scope(report: Draft, organisation: str) -> None:
    draft = report.replace(ORGANISATION, f"{organisation}2021年").replace(SCOPE, "")
    assert draft.lint() == []


def test_without_an_organisation_the_scope_is_not_judged(report: Draft) -> None:
    draft = report.replace(ORGANISATION, "2021年").replace(SCOPE, "")
    assert draft.lint("hunan-huaihua/summary-scope") == []
    assert ("hunan-huaihua/summary-scope", "标题没有单位名称") in draft.result.not_assessable
