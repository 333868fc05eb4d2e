"""The server: documents, what they are checked by, and what the client is told of them."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from lsprotocol import converters, types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from reportlint import __version__
from reportlint.diagnostic import TOOL
from reportlint.linter import Linter
from reportlint.result import Result, tool_finding
from reportlint.server import handlers, preferences
from reportlint.server.checks import Checks, TextMovedOn
from reportlint.server.documents import Change, Document, Documents
from reportlint.server.positions import Positions
from reportlint.server.preferences import Preferences
from reportlint.server.protocol import ReportProtocol
from reportlint.server.published import Publisher
from reportlint.server.uris import uri_of
from reportlint.server.workbench import Workbench
from reportlint.source import Span

if TYPE_CHECKING:
    from pygls.io_ import AsyncWriter, Writer

_PUBLISH = "textDocument/publishDiagnostics"
_NO_REPORT = f"{TOOL}/not-a-report"
_OWN_PAGE = f"{TOOL}/own-page"
_LOOK = 1.0
"""Seconds between looks at the files that decide how documents are checked; not all clients tell of changes."""
_CONTENT_MODIFIED = -32801


class Reading(NamedTuple):
    """A document with what is said of it as it is: what handlers answer from."""

    document: Document
    result: Result
    linter: Linter | None
    positions: Positions

    @property
    def editable(self) -> bool:
        """Whether places in the text are those of the document, so that it can be changed by them."""
        return self.result.report is not None and self.result.source.origin is None

    def offset(self, position: types.Position) -> int:
        return self.positions.offset(self.result.source, position.line, position.character)

    def span(self, range_: types.Range) -> Span:
        start, end = range_.start, range_.end
        return self.positions.span(self.result.source, (start.line, start.character), (end.line, end.character))

    def position(self, offset: int) -> types.Position:
        return types.Position(**self.positions.position(self.result.source, offset))

    def range(self, span: Span) -> types.Range:
        return types.Range(self.position(span.start), self.position(span.end))


class ReportServer(LanguageServer):
    """The server of one client."""

    protocol: ReportProtocol

    def __init__(self, on_exit: Callable[[int], object], *, files: bool = True, config: str | None = None) -> None:
        """`files`: whether the client's documents are files, so that commands may write beside them.

        `config` is the configuration for all documents, unless the client names one.
        """
        super().__init__(
            "reportlint", __version__, protocol_cls=ReportProtocol, converter_factory=converters.get_converter
        )
        self.files = files
        self.documents = Documents()
        self.positions = Positions()
        self.preferences = Preferences(config=config)
        self.workbench = Workbench(config)
        self.checks = Checks(self._check, self._checked)
        self.publisher = Publisher(self.positions, self.href)
        self.resolves = False
        """Whether the client asks for the edit of a code action when the user has chosen it."""
        self.versioned_edits = False
        """Whether the client takes edits that are for one version of a document."""
        self._hrefs: dict[str, str | None] = {}
        self._on_exit = on_exit
        self._looking: asyncio.Task[None] | None = None
        self._pulls = False
        self._shown: set[str] = set()
        """The configuration files in which something is shown."""
        _log_lines()
        handlers.register(self)

    # The connection

    def connect(self, writer: AsyncWriter | Writer, *, headers: bool = True) -> None:
        """Where messages go; `headers`: whether each has its length in front."""
        self.protocol.set_writer(writer, include_headers=headers)

    def receive(self, body: bytes) -> None:
        """Handle a message from the client; it is answered through the writer."""
        self.protocol.receive(body)

    def refuse(self, words: str) -> None:
        """Answer a message that was not even read."""
        self.protocol.answer_error(None, -32600, words)

    def exit(self, status: int) -> None:
        """The client says that it is over."""
        self._on_exit(status)

    def close(self) -> None:
        """End: begin nothing more."""
        if self._looking is not None:
            self._looking.cancel()
        self.checks.close()
        self.shutdown()  # type: ignore[no-untyped-call]

    def begin(self, params: types.InitializeParams) -> None:
        """Take in what the client can and wants. Capabilities are told after this."""
        capabilities = params.capabilities
        text = capabilities.text_document
        asks = text is not None and text.diagnostic is not None
        self._pulls = asks and _asks_again(capabilities.workspace)
        if asks and not self._pulls:
            # It would go on showing what held before a configuration changed; and were it told both ways, all twice.
            self.protocol.fm.features.pop(types.TEXT_DOCUMENT_DIAGNOSTIC, None)
        published = text.publish_diagnostics if text is not None else None
        self.positions = Positions(str(_encoding(capabilities)))
        self.publisher = Publisher(
            self.positions,
            self.href,
            related=self._pulls or bool(published and published.related_information),
            described=self._pulls or bool(published and published.code_description_support),
        )
        acting = text.code_action if text is not None else None
        resolving = acting.resolve_support if acting is not None else None
        self.resolves = resolving is not None and "edit" in resolving.properties
        editing = capabilities.workspace.workspace_edit if capabilities.workspace is not None else None
        self.versioned_edits = bool(editing and editing.document_changes)
        tags = published.tag_support if published is not None else None
        if not (tags is not None or self._pulls):
            self.preferences = self.preferences._replace(show_accepted=False)
        self.prefer(params.initialization_options)
        for command in self.preferences.commands:
            # The client has it itself; were it ours too, clients would tie it twice.
            self.protocol.fm.commands.pop(command, None)

    def start(self) -> None:
        """Watch, from now on, the files that decide how documents are checked."""
        self._looking = asyncio.get_running_loop().create_task(self._look())

    # Settings

    def prefer(self, settings: object) -> None:
        """Go by the editor's settings."""
        before = self.preferences
        self.preferences, wrong = preferences.read(settings, before)
        for words in wrong:
            self.warn(words)
        if self.preferences.config != before.config:
            self.workbench.reconfigure(self.preferences.config, self.documents)
        if self.preferences != before:
            self._again()

    def renew(self) -> None:
        """Go by the files as they are now: configurations, packs, what is accepted."""
        self.workbench.renew(self.documents)
        self._again()

    def look(self) -> None:
        """Go by the files as they are now, if any of them has changed."""
        if self.workbench.stale(self.documents):
            self.renew()

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(_LOOK)
            self.look()

    def _again(self) -> None:
        """Check all documents again, and have the client ask again for what it shows of them."""
        self._hrefs.clear()
        for document in self.documents:
            document.forget()
            self.checks.touch(document)
        self._show_troubles()
        for method in self._refreshable():
            self.protocol.send_request(method)

    def _refreshable(self) -> list[str]:
        workspace = self.client_capabilities.workspace if hasattr(self.protocol, "client_capabilities") else None
        if workspace is None or self._looking is None:
            return []
        asked = {
            types.WORKSPACE_DIAGNOSTIC_REFRESH: workspace.diagnostics if self._pulls else None,
            types.WORKSPACE_INLAY_HINT_REFRESH: workspace.inlay_hint,
            types.WORKSPACE_SEMANTIC_TOKENS_REFRESH: workspace.semantic_tokens,
        }
        return [method for method, support in asked.items() if support is not None and support.refresh_support]

    # Documents

    def opened(self, document: Document) -> None:
        self.documents.open(document)
        self.workbench.admit(document, self.documents)
        self.checks.touch(document)
        self._show_troubles()

    def changed(self, uri: str, version: int, changes: Sequence[Change]) -> None:
        """The text moves on. What is not open, and what has closed meanwhile, does not matter."""
        document = self.documents.get(uri)
        if document is not None:
            document.change(version, changes, self.positions)
            self.checks.touch(document)

    def closed(self, uri: str) -> None:
        document = self.documents.close(uri)
        if document is not None:
            self.checks.cancel(document)
            if not self._pulls:
                self.protocol.tell(_PUBLISH, {"uri": uri, "diagnostics": []})

    async def reading(self, uri: str) -> Reading | None:
        """A document with what is said of it now; None where it is not open."""
        document = self.documents.get(uri)
        if document is None:
            return None
        try:
            result = await self.checks.result(document)
        except TextMovedOn:
            raise JsonRpcException("文档已经关闭", _CONTENT_MODIFIED) from None
        return Reading(document, result, self.workbench.linter(document), self.positions)

    def diagnostics(self, document: Document, result: Result) -> list[dict[str, Any]]:
        """What the client is told of a result."""
        return self.publisher.diagnostics(document.uri, result, accepted=self.preferences.show_accepted)

    def _check(self, document: Document) -> Result:
        if document.excluded:
            return Result(document.source, None, [], (), (), False)
        try:
            result = self.workbench.result(document)
        except Exception as error:  # noqa: BLE001 - a fault of ours is told as one, and the server goes on
            message = f"reportlint 内部出错，没有检查：{type(error).__name__}：{error}"
            print(f"reportlint: {document.path}：{message}", file=sys.stderr)
            finding = tool_finding(document.source, "rule-crash", message)
            return Result(document.source, None, [finding], (), (), True)
        if not document.asked_for and [each.rule for each in result.diagnostics] in ([_NO_REPORT], [_OWN_PAGE]):
            # As a file is passed over that was found in a folder.
            return result._replace(diagnostics=[], report=None)
        return result

    def _checked(self, document: Document) -> None:
        if document.closed or document.result is None or self._pulls:
            return
        params: dict[str, Any] = {"uri": document.uri, "diagnostics": self.diagnostics(document, document.result)}
        params["version"] = document.version
        self.protocol.tell(_PUBLISH, params)

    # What the user is told beside diagnostics

    def warn(self, words: str) -> None:
        """Show a line to the user."""
        self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, words))

    def href(self, rule: str) -> str | None:
        """The address of a rule's page: of the file, where the pack has it in one."""
        if rule not in self._hrefs:
            path = self.page_file(rule)
            self._hrefs[rule] = None if path is None else uri_of(path)
        return self._hrefs[rule]

    def page_file(self, rule: str) -> str | None:
        """The file of a rule's page."""
        pack, _, name = rule.partition("/")
        for linter in self.workbench.linters():
            folder = linter.packs.folder(pack)
            path = os.path.join(folder or "", "docs", f"{name}.md")
            if folder is not None and os.path.isfile(path):
                return path
        return None

    def report_server_error(self, error: Exception, *_: object) -> None:
        """What went wrong within a handler, a line for the log: requests are answered with it."""
        print(f"reportlint: {type(error).__name__}：{error}", file=sys.stderr)

    def _show_troubles(self) -> None:
        """What is wrong with configurations, in their files; and no more what is not wrong any more."""
        by_file: dict[str, list[Any]] = {}
        for trouble in self.workbench.troubles:
            by_file.setdefault(uri_of(trouble.file), []).append(trouble)
        for uri in self._shown.union(by_file):
            told = self.publisher.troubles(by_file.get(uri, ()))
            self.protocol.tell(_PUBLISH, {"uri": uri, "diagnostics": told})
        for uri in by_file:
            if uri not in self._shown:
                self.warn(by_file[uri][0].message)
        self._shown = set(by_file)


def _encoding(capabilities: types.ClientCapabilities) -> str:
    from pygls.capabilities import ServerCapabilitiesBuilder

    chosen = ServerCapabilitiesBuilder.choose_position_encoding(capabilities)
    return chosen.value if isinstance(chosen, types.PositionEncodingKind) else str(chosen)


def _asks_again(workspace: types.WorkspaceClientCapabilities | None) -> bool:
    """Whether a client that asks for diagnostics can be told to ask again."""
    return bool(workspace and workspace.diagnostics and workspace.diagnostics.refresh_support)


class _Lines(logging.Formatter):
    """A line a message: users' mistakes and clients' oddities are no reason for tracebacks."""

    def format(self, record: logging.LogRecord) -> str:
        return f"reportlint: {record.getMessage()}".replace("\n", " ")


def _log_lines() -> None:
    log = logging.getLogger("pygls")
    if not log.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(_Lines())
        log.addHandler(handler)
        log.propagate = False
        log.setLevel(logging.ERROR)
