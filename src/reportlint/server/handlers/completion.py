"""What may be written at the cursor, and new reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from reportlint import days
from reportlint.blank import blank
from reportlint.drawing import LAYOUTS
from reportlint.errors import ReportlintError
from reportlint.language.completion import Completion, Kind, completions
from reportlint.server.documents import LANGUAGE, Document
from reportlint.source import Span

if TYPE_CHECKING:
    from reportlint.server.app import ReportServer
    from reportlint.server.reading import Reading

NEW_REPORT = "reportlint.newReport"
_NEW_DOCUMENT = "untitled:reportlint"
_FAILED = -32803
_WRONG = -32602
_TRIGGERS = ("、", "。", "：", "（", "\t", "|", "#")
_KINDS = {
    Kind.REPORT: types.CompletionItemKind.File,
    Kind.TITLE: types.CompletionItemKind.Value,
    Kind.HEADING: types.CompletionItemKind.Module,
    Kind.TABLE: types.CompletionItemKind.Struct,
    Kind.ROW: types.CompletionItemKind.Field,
    Kind.SENTENCE: types.CompletionItemKind.Text,
}
_Value = TypeVar("_Value", str, int)


def register(server: ReportServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=list(_TRIGGERS)))
    async def completion(params: types.CompletionParams) -> types.CompletionList:
        reading = await server.reading(params.text_document.uri)
        if reading is None or reading.linter is None or not reading.editable:
            return types.CompletionList(is_incomplete=False, items=[])
        offset = reading.offset(params.position)
        try:
            found = completions(reading.result, reading.linter, offset)
        except ReportlintError as error:
            raise JsonRpcException(str(error), _FAILED) from error
        items = [_item(reading, offset, number, each) for number, each in enumerate(found)]
        # What has been typed decides what is offered, and its place: clients are to ask again.
        return types.CompletionList(is_incomplete=True, items=items)

    @server.command(NEW_REPORT)
    def new_report(given: Any = None) -> str:  # noqa: ANN401 - what a client sends
        """The text of a zero-filled report: for an organisation, and as it is wanted a year, a form, a layout; `uri` is
        where it will stand, which decides the configuration."""
        if not isinstance(given, Mapping):
            raise JsonRpcException("参数应为对象", _WRONG)
        organisation = _given(given, "organisation", str, "文字")
        if organisation is None:
            raise JsonRpcException("参数里缺少文字 organisation", _WRONG)
        year = _given(given, "year", int, "整数")
        form, layout = _given(given, "form", str, "文字"), _given(given, "layout", str, "文字")
        document = Document(_given(given, "uri", str, "文字") or _NEW_DOCUMENT, LANGUAGE, 0, "")
        preferred = server.preferences.layout
        layout = layout or (preferred if preferred in LAYOUTS else LAYOUTS[0])
        server.workbench.set_up(document)
        linter = document.linter
        if linter is None:
            words = "" if document.trouble is None else document.trouble.message
            raise JsonRpcException(f"配置有误，没有写出报告：{words}", _FAILED)
        try:
            return blank(linter, organisation, int(days.today()[:4]) - 1 if year is None else year, form, layout)
        except ReportlintError as error:
            raise JsonRpcException(str(error), _FAILED) from error


def _item(reading: Reading, offset: int, number: int, found: Completion) -> types.CompletionItem:
    return types.CompletionItem(
        found.label,
        kind=_KINDS[found.kind],
        detail=found.detail or None,
        documentation=found.documentation or None,
        sort_text=f"{number:04}",
        # What goes on with what has been typed is known already, and clients count no Chinese words.
        filter_text=reading.result.source.slice(Span(found.span.start, offset)) or None,
        insert_text_mode=types.InsertTextMode.AsIs,
        text_edit=types.TextEdit(reading.range(found.span), found.insert),
    )


def _given(given: Mapping[str, Any], key: str, kind: type[_Value], words: str) -> _Value | None:
    """The value of a key, which must be of its kind; None where there is none."""
    value = given.get(key)
    if value is not None and type(value) is not kind:
        raise JsonRpcException(f"参数 {key} 应为{words}", _WRONG)
    return value
