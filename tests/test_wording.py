"""Standard texts: what a pack's file says, what is wrong with one, and what several come to."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reportlint import PackError, Wording, load_wordings
from reportlint.packs import Packs
from reportlint.wording import Drawing, Paragraph, filled, merged

WHOLE = """
[[wording]]
form = "f"
like = "e"
title = "{organisation}{year}年"
preface = ["一。", { text = "二。", organisation = ".*县", since = 2020, until = 2022 }]
remark = "记得。"
[wording.sections]
one = ["甲。"]
[wording.phrases]
one = ["乙。", { text = "丙。", since = 2021 }]
[wording.tables.t]
section = "one"
corner = "k"
head = "h"
above = ["a", "b"]

[[wording]]
form = "g"
"""

Load = Callable[[str], tuple[Wording, ...]]


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Load]:
    package = tmp_path / "wording_here"
    package.mkdir()
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))

    def loaded(text: str) -> tuple[Wording, ...]:
        (package / "w.toml").write_text(text, encoding="utf-8")
        return load_wordings("wording_here", "w.toml")

    yield loaded
    sys.modules.pop("wording_here", None)


def test_all_that_a_file_may_say(load: Load) -> None:
    assert load(WHOLE) == (
        Wording(
            "f",
            "e",
            "{organisation}{year}年",
            (Paragraph("一。"), Paragraph("二。", ".*县", (2020, 2022))),
            {"one": (Paragraph("甲。"),)},
            {"one": (Paragraph("乙。"), Paragraph("丙。", None, (2021, None)))},
            {"t": Drawing("one", "k", "h", ("a", "b"))},
            "记得。",
        ),
        Wording("g"),
    )


_FIRST = "wording_here/w.toml：第 1 个 [[wording]]"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("form = ", "wording_here/w.toml:1：TOML 语法错误：值的写法不对，文字要加引号（到文件末尾）"),
        ("words = 1", "wording_here/w.toml 没有键 words，是否指 wording？"),
        ("wording = 1", "wording_here/w.toml：wording 应写作 [[wording]]"),
        ("wording = [1]", f"{_FIRST} 应为表"),
        ("[[wording]]", f"{_FIRST} 缺少 form"),
        ("[[wording]]\nform = 1", f"{_FIRST} 的 form 应为字符串"),
        ("[[wording]]\nform = 'f'\ntitel = ''", f"{_FIRST} 没有键 titel，是否指 title？"),
        (
            "[[wording]]\nform = 'f'\ntitle = '{name}'",
            f"{_FIRST} 的 title 里没有可填的 {{name}}，只有 {{organisation}} 和 {{year}}",
        ),
        ("[[wording]]\nform = 'f'\npreface = '一'", f"{_FIRST} 的 preface 应为列表"),
        ("[[wording]]\nform = 'f'\npreface = [1]", f"{_FIRST} 的 preface 应为表"),
        (
            "[[wording]]\nform = 'f'\npreface = ['{}']",
            f"{_FIRST} 的 preface 里没有可填的 {{}}，只有 {{organisation}} 和 {{year}}",
        ),
        ("[[wording]]\nform = 'f'\npreface = ['']", f"{_FIRST} 的 preface 的每一段应有 text，一段一行"),
        ('[[wording]]\nform = "f"\npreface = ["一\\n二"]', f"{_FIRST} 的 preface 的每一段应有 text，一段一行"),
        ("[[wording]]\nform = 'f'\nsections = 1", f"{_FIRST} 的 sections 应为表"),
        ("[[wording]]\nform = 'f'\nsections.one = 1", f"{_FIRST} 的 sections.one 应为列表"),
        (
            "[[wording]]\nform = 'f'\nphrases.one = [{ text = '一', year = 1 }]",
            f"{_FIRST} 的 phrases.one 没有键 year",
        ),
        (
            "[[wording]]\nform = 'f'\nphrases.one = [{ text = '一', since = '2020' }]",
            f"{_FIRST} 的 phrases.one 的 since 应为年度（整数）",
        ),
        ("[[wording]]\nform = 'f'\ntables.t = {}", f"{_FIRST} 的 tables.t 缺少 section"),
        ("[[wording]]\nform = 'f'\ntables.t = { section = 's', left = {} }", f"{_FIRST} 的 tables.t 没有键 left"),
        (
            "[[wording]]\nform = 'f'\ntables.t = { section = 's', above = 'a' }",
            f"{_FIRST} 的 tables.t 的 above 应为字符串列表",
        ),
    ],
)
def test_a_file_that_says_something_wrong(load: Load, text: str, words: str) -> None:
    with pytest.raises(PackError) as error:
        load(text)
    assert str(error.value) == words


def test_a_pattern_that_is_none(load: Load) -> None:
    with pytest.raises(PackError, match=r"的 preface 的 organisation 不是正则表达式："):
        load("[[wording]]\nform = 'f'\npreface = [{ text = '一', organisation = '(' }]")


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(PackError, match=r"^读不到 reportlint_national/none.toml："):
        load_wordings("reportlint_national", "none.toml")


def test_what_is_filled_in_is_not_filled_in_again() -> None:
    assert filled("{organisation}{year}年", "{year}县", 2024) == "{year}县2024年"
    assert filled("{organisation}{year}年", None, 2024) is None
    assert filled("{year}年", None, 2024) == "2024年"
    assert filled("无", None, None) == "无"


def named(title: str, form: str = "f", like: str | None = None, **rest: str) -> Wording:
    return Wording(form, like, title, sections={name: (Paragraph(text),) for name, text in rest.items()})


def told(form: str, *packs: tuple[Wording, ...]) -> tuple[str, dict[str, str]] | None:
    found = merged(form, packs)
    return None if found is None else (found.title, {name: each[0].text for name, each in found.sections.items()})


def test_a_later_pack_says_what_it_says_over_an_earlier_one() -> None:
    first, second = named("一", one="甲", two="乙"), named("", two="丙", three="丁")
    assert told("f", (first,), (second,)) == ("一", {"one": "甲", "two": "丙", "three": "丁"})
    assert told("g", (first,), (second,)) is None
    assert told("f") is None


def test_a_form_that_is_like_another_has_all_packs_texts_of_that() -> None:
    base, other = named("一", one="甲", two="乙"), named("二", "g", "f", two="丙")
    of_the_province = named("", "f", two="丁")
    assert told("g", (base, other)) == ("二", {"one": "甲", "two": "丙"})
    assert told("f", (base, other)) == ("一", {"one": "甲", "two": "乙"})
    assert told("g", (base, other), (of_the_province,)) == ("二", {"one": "甲", "two": "丁"})


def test_forms_that_are_like_each_other_end() -> None:
    one, two = named("一", "f", "g"), named("", "g", "f", one="甲")
    assert told("f", (one, two)) == ("一", {"one": "甲"})


_PACK = """
from reportlint import Wording, hookimpl

@hookimpl
def reportlint_wordings():
    return {returned}
"""


@pytest.mark.parametrize(
    ("returned", "words"),
    [
        ("[1]", "规则包 own 的 reportlint_wordings 返回了不是标准文字的 1"),
        ("[Wording('f'), Wording('f')]", "规则包 own 有两份 f 的标准文字"),
        ("1 / 0", "规则包 own 的 reportlint_wordings 出错：ZeroDivisionError：division by zero"),
    ],
)
def test_a_pack_is_told_of_when_its_texts_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, returned: str, words: str
) -> None:
    package = tmp_path / "reportlint_own"
    package.mkdir()
    (package / "__init__.py").write_text(_PACK.format(returned=returned), encoding="utf-8")
    monkeypatch.delitem(sys.modules, "reportlint_own", raising=False)
    packs = Packs.load([str(package)])
    with pytest.raises(PackError) as error:
        _ = packs.wordings
    del sys.modules["reportlint_own"]
    assert str(error.value) == words


def test_a_check_does_without_standard_texts() -> None:
    script = (
        "import sys; from reportlint import Linter; Linter.from_layers([]); print('reportlint.wording' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
