"""Code actions: mending findings, accepting them, reading up on their rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from reportlint.acceptance import may_be_silenced
from reportlint.diagnostic import Diagnostic
from reportlint.findings import Edit
from reportlint.language import actions
from reportlint.server.handlers.commands import ACCEPT, OPEN_RULE

if TYPE_CHECKING:
    from reportlint.server.app import ReportServer
    from reportlint.server.reading import Reading

FIX_ALL = "source.fixAll.reportlint"
_QUICK_FIX = "quickfix"
_KINDS = (_QUICK_FIX, FIX_ALL)
_LONGEST_TITLE = 40
_MOST = 20
"""Findings for which something is offered one by one, at the most."""
_CONTENT_MODIFIED = -32801


def register(server: ReportServer) -> None:
    options = types.CodeActionOptions(code_action_kinds=list(_KINDS), resolve_provider=True)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, options)
    async def code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        reading = await server.reading(params.text_document.uri)
        if reading is None:
            return []
        return await server.worked(reading, lambda: _offered(server, reading, params))

    @server.feature(types.CODE_ACTION_RESOLVE)
    async def resolve(action: types.CodeAction) -> types.CodeAction:
        data = action.data
        if not isinstance(data, dict) or not isinstance(data.get("uri"), str):
            return action
        reading = await server.reading(data["uri"])
        if reading is None or reading.document.edition != data.get("edition"):
            raise JsonRpcException("文档已经改动", _CONTENT_MODIFIED)
        edits = await server.worked(reading, lambda: _edits(reading, data))
        if not edits:
            server.warn("这些修改通不过核对，没有采用")
        action.edit = _edit(server, reading, edits)
        return action


def _offered(server: ReportServer, reading: Reading, params: types.CodeActionParams) -> list[types.CodeAction]:
    """What may be done about the findings of a stretch, and about all."""
    wanted = params.context.only
    found = actions.at(reading.result, reading.span(params.range))
    offered: list[types.CodeAction] = []
    if _asked(_QUICK_FIX, wanted):
        # Each is tried out. Nobody chooses among more.
        for diagnostic in found[:_MOST]:
            offered += _for_finding(server, reading, diagnostic)
        offered += _for_rules(server, reading, found)
        offered += (action for diagnostic in found[:_MOST] for action in _commands(server, reading, diagnostic))
    if _asked(FIX_ALL, wanted) and reading.editable and actions.safe(reading.result):
        data = {"uri": reading.document.uri, "edition": reading.document.edition}
        offered.append(_later(server, reading, "修改全部可以安全修改的问题", FIX_ALL, data))
    return [each for each in offered if each.edit is None or each.edit.document_changes or each.edit.changes]


def _asked(kind: str, wanted: Sequence[str] | None) -> bool:
    """Whether actions of a kind were asked for: by it, by one above it, or by none at all."""
    if not wanted:
        return True
    names = [each.value if isinstance(each, types.CodeActionKind) else each for each in wanted]
    return any(each == kind or kind.startswith(f"{each}.") or not each for each in names)


def _for_finding(server: ReportServer, reading: Reading, diagnostic: Diagnostic) -> Iterator[types.CodeAction]:
    """The fix of a finding, where it holds."""
    if diagnostic.fix is None or reading.linter is None or not reading.editable:
        return
    edits = actions.mend(reading.linter, reading.result, diagnostic).edits
    if edits:
        doubt = "" if diagnostic.fix.safe else "（会改变内容，请核对）"
        title = f"修改：{_shortened(diagnostic.message)}{doubt}"
        yield types.CodeAction(
            title,
            types.CodeActionKind.QuickFix,
            [_told(server, reading, diagnostic)],
            is_preferred=diagnostic.fix.safe,
            edit=_edit(server, reading, edits),
        )


def _for_rules(server: ReportServer, reading: Reading, found: Iterable[Diagnostic]) -> Iterator[types.CodeAction]:
    """All fixes of a rule, where it has several."""
    safe = [each.rule for each in actions.safe(reading.result)]
    for rule in dict.fromkeys(each.rule for each in found):
        if reading.editable and safe.count(rule) > 1:
            data = {"uri": reading.document.uri, "edition": reading.document.edition, "rule": rule}
            yield _later(server, reading, f"修改 {rule} 的全部 {safe.count(rule)} 处", _QUICK_FIX, data)


def _commands(server: ReportServer, reading: Reading, diagnostic: Diagnostic) -> Iterator[types.CodeAction]:
    """Accepting the finding, and its rule's page."""
    told = _told(server, reading, diagnostic)
    if server.files and reading.document.file is not None and may_be_silenced(diagnostic):
        given = {"uri": reading.document.uri, "rule": diagnostic.rule}
        given |= {"place": diagnostic.place, "content": diagnostic.content}
        title = f"接受这一处，写明理由：{_shortened(diagnostic.message)}"
        command = types.Command(title, ACCEPT, arguments=[given])
        yield types.CodeAction(title, types.CodeActionKind.QuickFix, [told], command=command)
    if server.page_file(diagnostic.rule) is not None:
        title = f"查看规则 {diagnostic.rule} 的说明"
        command = types.Command(title, OPEN_RULE, arguments=[diagnostic.rule])
        yield types.CodeAction(title, types.CodeActionKind.QuickFix, [told], command=command)


def _later(server: ReportServer, reading: Reading, title: str, kind: str, data: dict[str, Any]) -> types.CodeAction:
    """An action whose edit is made when it is chosen, where the client can wait for it."""
    action = types.CodeAction(title, kind)
    if server.client.resolves:
        action.data = data
    else:
        action.edit = _edit(server, reading, _edits(reading, data))
    return action


def _edits(reading: Reading, data: dict[str, Any]) -> tuple[Edit, ...]:
    if reading.linter is None or not reading.editable:
        return ()
    rule = data.get("rule")
    if isinstance(rule, str):
        return actions.mend_rule(reading.linter, reading.result, rule).edits
    return actions.mend_all(reading.linter, reading.result).edits


def _edit(server: ReportServer, reading: Reading, edits: Iterable[Edit]) -> types.WorkspaceEdit:
    made = [types.TextEdit(reading.range(edit.span), edit.text) for edit in edits]
    if not server.client.versioned_edits:
        return types.WorkspaceEdit(changes={reading.document.uri: made} if made else {})
    identity = types.OptionalVersionedTextDocumentIdentifier(reading.document.uri, reading.document.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(identity, made)] if made else [])


def _told(server: ReportServer, reading: Reading, diagnostic: Diagnostic) -> types.Diagnostic:
    return server.publisher.diagnostic(reading.document.uri, reading.result, diagnostic)


def _shortened(message: str) -> str:
    return message if len(message) <= _LONGEST_TITLE else f"{message[: _LONGEST_TITLE - 1]}…"
