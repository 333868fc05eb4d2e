"""`reportlint test`: pages, cases and mutants of packs, without a test file."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from zlib import crc32

import pytest

from reportlint.cli import main
from reportlint.testing import suite
from reportlint.testing.mutants.score import mutate

from .validators import published
from .words import docx, of_text

ROOT = Path(__file__).parent.parent
HENAN = ROOT / "examples" / "reportlint-henan"
PACK = '''
from reportlint import Finding, Severity, hookimpl, rule

@rule(basis="x", severity=Severity.WARNING)
def short_title(report):
    """Short."""
    if report.title and len(report.title) > 30:
        yield Finding(report.title_span, f"标题有 {len(report.title)} 个字")

@hookimpl
def reportlint_rules():
    return (short_title,)
'''
PAGE = """# short-title

标题长短

## What it checks

x

## Why

x

## Example

Base: `examples/reports/qinghe-town-2024.txt`

Bad: it is long.

```diff
-云溪县青禾镇人民政府2024年政府信息公开工作年度报告
+云溪县青禾镇人民政府（原云溪县青禾人民公社）2024年政府信息公开工作年度报告
```

```text
标题有 39 个字
```

Good: as it stands.

## When it is silent

x

## How to silence it

```toml
[[ignore]]
rule = "{}/short-title"
path = "x"
because = "x"
```
"""
LONG = "云溪县青禾镇人民政府（原云溪县青禾人民公社）2024年政府信息公开工作年度报告\n"


@pytest.fixture
def pack(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A pack with a rule, its page and a case, all of which hold; of a name of its own in every test."""
    name = f"c{crc32(request.node.name.encode())}"
    folder = tmp_path / f"reportlint_{name}"
    (folder / "docs").mkdir(parents=True)
    (folder / "cases").mkdir()
    (folder / "__init__.py").write_text(PACK)
    (folder / "docs" / "short-title.md").write_text(PAGE.format(name))
    (folder / "cases" / "long.txt").write_text(LONG)
    (folder / "cases" / "long.toml").write_text(
        'rules = ["short-title"]\n[[finding]]\nrule = "short-title"\nline = 1\n'
    )
    return folder


def name_of(pack: Path) -> str:
    return pack.name.removeprefix("reportlint_")


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = main(["test", *map(str, arguments)])
    out, err = capsys.readouterr()
    return status, out, err


def test_what_holds_is_counted(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, pack) == (0, f"规则包 {name_of(pack)}：1 条规则，1 页，2 例，1 个案例；全部相符。\n", "")


def test_all_packs_are_tested_where_none_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys)
    assert status == 0
    assert "规则包 national：" in out


def test_a_project_folder_with_a_configuration_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, HENAN)[:2] == (0, "规则包 henan：2 条规则，2 页，4 例，0 个案例；全部相符。\n")


def test_an_example_that_does_not_hold(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = pack / "docs" / "short-title.md"
    page.write_text(page.read_text().replace("标题有 39 个字", "标题有 9 个字"))
    status, out, _ = run(capsys, pack)
    assert status == 1
    assert out.splitlines() == [
        f"说明页 {name_of(pack)}/short-title",
        "  例 Bad 1：说明页写的是",
        "    标题有 9 个字",
        "    规则说的是",
        "    标题有 39 个字",
        f"规则包 {name_of(pack)}：1 条规则，1 页，2 例，1 个案例；1 处不符。",
    ]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("# short-title", "# title", "第一行应为“# short-title”，现为“# title”"),
        ("标题长短", "Title", "第三行应为规则的中文名，现为“Title”"),
        ("## Why\n\nx", "## Why", "“Why”下面没有内容"),
        ("## Why\n\nx\n\n", "", "二级标题应依次为"),
        ("town-2024", "town-2034", "没有基准报告 examples/reports/qinghe-town-2034.txt"),
        ("-云溪县青禾镇人民政府2024", "-云溪县青禾镇2024", "在基准报告里出现 0 次，应恰好一次"),
        ('because = "x"', "", "的配置不能用"),
        ('path = "x"', "", "应有一个 toml 代码块"),
        ("Good: as it stands.", "", "没有 Good 例"),
    ],
)
def test_a_page_that_is_wrong(pack: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, fault: str) -> None:
    page = pack / "docs" / "short-title.md"
    assert old in page.read_text()
    page.write_text(page.read_text().replace(old, new, 1))
    status, out, _ = run(capsys, pack)
    assert status == 1
    assert fault in out


def test_a_page_that_is_missing_and_one_too_many(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (pack / "docs" / "short-title.md").rename(pack / "docs" / "long-title.md")
    status, out, _ = run(capsys, pack)
    assert status == 1
    assert "  没有说明页 docs/short-title.md\n" in out
    assert f"说明页 {name_of(pack)} docs/long-title.md：没有这条规则\n" in out
    assert "；2 处不符。" in out


@pytest.mark.parametrize(
    ("expected", "faults"),
    [
        (
            "",
            [
                "多出：national/required-sections 没有找到格式规定的 6 个部分中的任何一个",
                "多出：{}/short-title 第 1 行 标题有 39 个字",
            ],
        ),
        ('rules = ["short-title"]\n', ["多出：{}/short-title 第 1 行 标题有 39 个字"]),
        (
            'rules = ["short-title"]\n[[finding]]\nrule = "short-title"\nline = 2\n',
            ["多出：{}/short-title 第 1 行 标题有 39 个字", "缺少：{}/short-title 第 2 行"],
        ),
        ('rules = ["short-title"]\n[[finding]]\nrule = "short-title"\nmessage = "x"\n', ["缺少：{}/short-title x"]),
        (
            'rules = ["short-title"]\n[[finding]]\nrule = "short-title"\nplace = "第一段"\n',
            ["缺少：{}/short-title 第一段"],
        ),
        ('rules = ["short-titles"]\n', ["没有规则 short-titles，是否指 short-title？"]),
        ("rule = 1\n", ["没有键 rule，是否指 rules？"]),
        ('[[finding]]\nrule = "short-title"\nlines = 1\n', ["[[finding]] 没有键 lines，是否指 line？"]),
        ('[[finding]]\nrule = "short-title"\nline = "1"\n', ["line 应为整数"]),
        ("[[finding]]\nline = 1\n", ["[[finding]] 应有 rule"]),
        ("finding = 1\n", ["finding 应写作 [[finding]]"]),
        ("[", ["TOML 语法错误"]),
    ],
)
def test_a_case_that_does_not_hold(
    pack: Path, capsys: pytest.CaptureFixture[str], expected: str, faults: list[str]
) -> None:
    (pack / "cases" / "long.toml").write_text(expected)
    status, out, _ = run(capsys, pack)
    assert status == 1
    assert "案例 " in out
    for fault in faults:
        assert fault.format(name_of(pack)) in out


def test_a_case_may_be_a_document(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (pack / "cases" / "long.txt").read_text("utf-8")
    (pack / "cases" / "word.docx").write_bytes(docx(*of_text(text)))
    (pack / "cases" / "word.toml").write_text(
        'rules = ["short-title"]\n[[finding]]\nrule = "short-title"\nplace = "第一段"\n'
    )
    status, out, _ = run(capsys, pack)
    assert status == 0, out
    (pack / "cases" / "word.toml").write_text('rules = ["short-title"]\n')
    status, out, _ = run(capsys, pack)
    assert status == 1
    assert f"多出：{name_of(pack)}/short-title 第一段 标题有 39 个字" in out


def test_a_case_that_says_nothing_of_what_is_found(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (pack / "cases" / "long.toml").unlink()
    status, out, _ = run(capsys, pack)
    assert status == 1
    assert "没有 long.toml 说明应有的发现" in out


def test_mutants_that_are_claimed_and_get_away(
    pack: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suite, "mutate", partial(mutate, kinds=["year-changed", "cell-wide"]))
    (pack / "mutants.toml").write_text('[mutants]\nyear-changed = ["short-title"]\n')
    status, out, _ = run(capsys, pack, "--mutate")
    assert status == 1
    rule = f"{name_of(pack)}/short-title"
    assert f"（应由 {rule} 发现）" in out
    assert "漏掉 " in out
    assert "qinghe-town-2024.txt:1：year-changed，2024年改为 2023年" in out
    assert f"不符 规则 {rule} 声明的植错，它自己一个也没有发现" in out
    assert "  cell-wide（数改为全角）" in out


def test_the_output_for_programs(
    pack: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suite, "mutate", partial(mutate, kinds=["title-dropped", "cell-wide"]))
    status, out, _ = run(capsys, pack, "--mutate", "--output-format", "json")
    document = json.loads(out)
    assert status == 0
    published("test").validate(document)
    assert document["summary"] == {
        "packs": 1,
        "rules": 1,
        "pages": 1,
        "examples": 2,
        "cases": 1,
        "mutants": len(document["packs"][0]["mutants"]["outcomes"]),
        "faults": 0,
    }
    (checked,) = document["packs"]
    assert checked["pages"] == [{"rule": f"{name_of(pack)}/short-title", "examples": 2, "faults": []}]
    titles = [outcome for outcome in checked["mutants"]["outcomes"] if outcome["kind"] == "title-dropped"]
    assert {tuple(outcome["caught_by"]) for outcome in titles} == {("national/title",)}


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["nationl"], "reportlint: 没有规则包或文件夹 nationl，是否指 national？\n"),
        (["grammars"], "reportlint: 规则包 grammars没有规则，没有可测试的\n"),
        (
            [str(ROOT / "docs")],
            f"reportlint: {ROOT / 'docs'} 不是规则包：里面没有 __init__.py，也没有唯一的 reportlint_… 包\n",
        ),
    ],
)
def test_what_cannot_be_tested(capsys: pytest.CaptureFixture[str], arguments: list[str], error: str) -> None:
    assert run(capsys, *arguments) == (2, "", error)


def test_a_wrong_file_of_claims_ends_the_run(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (pack / "mutants.toml").write_text("mutants = 1\n")
    status, out, err = run(capsys, pack, "--mutate")
    assert (status, out) == (2, "")
    assert err.endswith("mutants.toml：mutants 应为表\n")
