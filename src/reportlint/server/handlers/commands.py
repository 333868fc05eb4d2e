"""Commands that the client has the server carry out."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from reportlint.errors import ReportlintError
from reportlint.server import accepting
from reportlint.server.uris import uri_of

if TYPE_CHECKING:
    from reportlint.server.app import ReportServer

ACCEPT = "reportlint.accept"
ACCEPT_WITH = "reportlint.acceptWith"
OPEN_RULE = "reportlint.openRule"
RULE_PAGE = "reportlint.rulePage"
_FAILED = -32803
_WRONG = -32602


def register(server: ReportServer) -> None:
    @server.command(ACCEPT_WITH)
    async def accept_with(given: Any = None) -> str:  # noqa: ANN401 - what a client sends
        """Write down that a finding is accepted, with the reason that is given; says where."""
        uri, rule, place, content, because = _texts(given, "uri", "rule", "place", "content", "because")
        reading = await server.reading(uri)
        try:
            said = accepting.accept(server, reading, accepting.Meant(rule, place, content), because)
        except ReportlintError as error:
            raise JsonRpcException(str(error), _FAILED) from error
        server.renew()
        return said

    @server.command(ACCEPT)
    async def accept(given: Any = None) -> None:  # noqa: ANN401
        """Open the file of accepted findings with a new entry, whose reason is to be filled in."""
        uri, rule, place, content = _texts(given, "uri", "rule", "place", "content")
        reading = await server.reading(uri)
        workspace = server.client_capabilities.workspace
        if workspace is None or not workspace.apply_edit:
            server.warn(
                f"这个编辑器不能打开接受问题的文件，可用命令：reportlint accept 文件:行号 --rule {rule} --because 理由"
            )
            return
        try:
            draft = accepting.draft(server, reading, accepting.Meant(rule, place, content))
        except ReportlintError as error:
            server.warn(str(error))
            return
        asked = types.ApplyWorkspaceEditParams(draft.edit, "接受一处问题")
        try:
            applied = await server.workspace_apply_edit_async(asked)
        except JsonRpcException:
            applied = None
        if applied is not None and applied.applied:
            await _show(server, draft.uri, draft.selection)
        else:
            server.warn(f"编辑器没有写入 {draft.uri}")

    @server.command(RULE_PAGE)
    def rule_page(rule: Any = None) -> str | None:  # noqa: ANN401
        """A rule's page, in Markdown."""
        if not isinstance(rule, str):
            raise JsonRpcException("要有规则的名称", _WRONG)
        pages = (linter.packs.page(rule) for linter in server.workbench.linters())
        return next((page for page in pages if page is not None), None)

    @server.command(OPEN_RULE)
    async def open_rule(rule: Any = None) -> None:  # noqa: ANN401
        """Have the client open a rule's page."""
        path = server.page_file(rule) if isinstance(rule, str) else None
        if path is None:
            server.warn(f"规则 {rule} 没有说明页")
        else:
            await _show(server, uri_of(path), None)


async def _show(server: ReportServer, uri: str, selection: types.Range | None) -> None:
    window = server.client_capabilities.window
    if window is not None and window.show_document is not None and window.show_document.support:
        params = types.ShowDocumentParams(uri, take_focus=True, selection=selection)
        with suppress(JsonRpcException):
            # A client may refuse what it said it could do.
            await server.window_show_document_async(params)
    else:
        server.window_show_message(types.ShowMessageParams(types.MessageType.Info, f"在 {uri}"))


def _texts(given: object, *keys: str) -> list[str]:
    """The values of an object's keys, which must be texts."""
    if not isinstance(given, Mapping):
        raise JsonRpcException("参数应为对象", _WRONG)
    values = [given.get(key) for key in keys]
    for key, value in zip(keys, values, strict=True):
        if not isinstance(value, str):
            raise JsonRpcException(f"参数里缺少文字 {key}", _WRONG)
    return [value for value in values if isinstance(value, str)]
