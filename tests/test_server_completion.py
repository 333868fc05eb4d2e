"""Completion and new reports over the protocol, with the server in a process of its own."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_lsp
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pytest_lsp import ClientServerConfig, LanguageClient

from reportlint import Linter, days
from reportlint.blank import blank

pytestmark = pytest.mark.asyncio

LINTER = Linter.from_layers([])
WHOLE = blank(LINTER, "𠮷安县水务局", 2024)
ROW = "\t\t2.重复申请\t0\t0\t0\t0\t0\t0\t0"
LAST_YEAR = int(days.today()[:4]) - 1


@pytest_lsp.fixture(config=ClientServerConfig(server_command=[sys.executable, "-m", "reportlint", "server"]))
async def client(lsp_client: LanguageClient, tmp_path: Path) -> AsyncIterator[None]:
    (tmp_path / ".git").mkdir()
    params = types.InitializeParams(capabilities=types.ClientCapabilities(), root_uri=tmp_path.as_uri())
    await lsp_client.initialize_session(params)
    yield
    await lsp_client.shutdown_session()


def opened(client: LanguageClient, uri: str, text: str) -> types.CompletionParams:
    """Open a text, with the cursor at ¦."""
    before, _, after = text.partition("¦")
    document = types.TextDocumentItem(uri, "ogi-report", 1, before + after)
    client.text_document_did_open(types.DidOpenTextDocumentParams(document))
    line = before.count("\n")
    character = len(before.rpartition("\n")[2].encode("utf-16-le")) // 2
    return types.CompletionParams(types.TextDocumentIdentifier(uri), types.Position(line, character))


async def answer(client: LanguageClient, params: types.CompletionParams) -> types.CompletionList:
    found = await client.text_document_completion_async(params)
    assert isinstance(found, types.CompletionList)
    return found


async def test_a_row_takes_the_place_of_what_was_typed(client: LanguageClient, tmp_path: Path) -> None:
    params = opened(client, (tmp_path / "年报.txt").as_uri(), WHOLE.replace(ROW, "\t\t重¦"))
    found = await answer(client, params)
    assert found.is_incomplete
    line = params.position.line
    assert list(found.items) == [
        types.CompletionItem(
            "2.重复申请",
            kind=types.CompletionItemKind.Field,
            detail="三、本年度办理结果 › （五）不予处理",
            documentation="各项为 0",
            sort_text="0000",
            filter_text="\t\t重",
            insert_text_mode=types.InsertTextMode.AsIs,
            text_edit=types.TextEdit(types.Range(types.Position(line, 0), types.Position(line, 3)), ROW),
        )
    ]


async def test_places_count_as_the_client_counts(client: LanguageClient) -> None:
    found = await answer(client, opened(client, "untitled:Untitled-1", "𠮷安县水务局2024¦"))
    edits = [item.text_edit for item in found.items]
    place = types.Range(types.Position(0, 0), types.Position(0, 11))
    assert edits == [types.TextEdit(place, WHOLE.partition("\n")[0]), types.TextEdit(place, WHOLE)]
    assert [item.sort_text for item in found.items] == ["0000", "0001"]


async def test_a_page_and_a_text_that_is_not_open_are_offered_nothing(client: LanguageClient, tmp_path: Path) -> None:
    page = opened(client, (tmp_path / "年报.html").as_uri(), f"<p>{WHOLE.splitlines()[0]}</p>\n¦")
    assert (await answer(client, page)).items == ()
    page.text_document.uri = (tmp_path / "none.txt").as_uri()
    assert (await answer(client, page)).items == ()


async def new(client: LanguageClient, *arguments: object) -> str:
    params = types.ExecuteCommandParams("reportlint.newReport", list(arguments))
    text = await client.workspace_execute_command_async(params)
    assert isinstance(text, str)
    return text


async def test_a_new_report(client: LanguageClient, tmp_path: Path) -> None:
    assert await new(client, {"organisation": "𠮷安县水务局", "year": 2024, "form": None}) == WHOLE
    assert await new(client, {"organisation": "云溪县"}) == blank(LINTER, "云溪县", LAST_YEAR)
    given = {"organisation": "云溪县", "year": 2020, "form": "annual-2019", "layout": "pipe"}
    assert await new(client, given) == blank(LINTER, "云溪县", 2020, layout="pipe")
    (tmp_path / "reportlint.toml").write_text('extends = ["beijing"]\n', encoding="utf-8")
    there = (tmp_path / "年报.txt").as_uri()
    assert "组织领导" in await new(client, {"organisation": "元圃街道", "uri": there})
    assert "组织领导" not in await new(client, {"organisation": "元圃街道"})


WRONG: list[tuple[object, str]] = [
    (None, "参数应为对象"),
    ("云溪县", "参数应为对象"),
    ({}, "参数里缺少文字 organisation"),
    ({"organisation": 1}, "参数 organisation 应为文字"),
    ({"organisation": "云溪县", "year": "2024"}, "参数 year 应为整数"),
    ({"organisation": "云溪县", "year": True}, "参数 year 应为整数"),
    ({"organisation": "云溪县", "form": ["annual-2021"]}, "参数 form 应为文字"),
    ({"organisation": " "}, "没有写单位名称"),
    ({"organisation": "云溪县", "layout": "csv"}, "没有版式 csv：可用 tab、pipe"),
    (
        {"organisation": "云溪县", "year": 2024, "form": "annual-2019"},
        "格式 annual-2019 不用于 2024 年度：annual-2019（2019—2020 年度）",
    ),
]


async def test_a_new_report_that_cannot_be_written(client: LanguageClient) -> None:
    for given, words in WRONG:
        with pytest.raises(JsonRpcException) as error:
            await new(client, given)
        assert error.value.message == words


async def test_a_broken_configuration_is_told(client: LanguageClient, tmp_path: Path) -> None:
    (tmp_path / "reportlint.toml").write_text('extends = ["nowhere"]\n', encoding="utf-8")
    with pytest.raises(JsonRpcException, match=r"配置有误，没有写出报告：.*没有预设 nowhere"):
        await new(client, {"organisation": "云溪县", "uri": (tmp_path / "年报.txt").as_uri()})
