"""The server: documents, what they are checked by, and what the client is told of them."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from lsprotocol import converters, types
from pygls.exceptions import JsonRpcException, JsonRpcInternalError
from pygls.lsp.server import LanguageServer

from reportlint import __version__
from reportlint.diagnostic import TOOL
from reportlint.readers import REPORT_SUFFIXES
from reportlint.result import Result, tool_finding
from reportlint.server import handlers, preferences
from reportlint.server.checks import Checks, TextMovedOn
from reportlint.server.clients import Client
from reportlint.server.documents import Change, Document, Documents
from reportlint.server.positions import Positions
from reportlint.server.preferences import Preferences
from reportlint.server.protocol import ReportProtocol
from reportlint.server.published import Publisher
from reportlint.server.reading import Reading
from reportlint.server.troubles import BROKEN, Trouble
from reportlint.server.uris import path_of, uri_of
from reportlint.server.workbench import Workbench
from reportlint.source import Source

if TYPE_CHECKING:
    from pygls.io_ import AsyncWriter, Writer

_T = TypeVar("_T")
_PUBLISH = "textDocument/publishDiagnostics"
_NO_REPORT = f"{TOOL}/not-a-report"
_OWN_PAGE = f"{TOOL}/own-page"
_LOOK = 1.0
"""Seconds between looks at the files that decide how documents are checked; not all clients tell of changes."""
_CONTENT_MODIFIED = -32801
_LOST = "编辑器发来的改动看不懂，不知道现在的内容，没有检查；关闭后重新打开可以恢复"


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
        self.root: str | None = None
        """The folder that the client works in."""
        self.client = Client()
        self._hrefs: dict[str, str | None] = {}
        self._on_exit = on_exit
        self._taken: Source | None = None
        """The last document that was read for the client."""
        self._looking: asyncio.Task[None] | None = None
        self._troubles: dict[str, Trouble] = {}
        """What is shown in configuration files, by file."""
        self._warned: set[str] = set()
        """What the user was told in a line, and is still wrong."""
        _quiet()
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
        folders = [each.uri for each in params.workspace_folders or ()] or [params.root_uri or ""]
        self.root = path_of(folders[0]) or params.root_path
        self.client = client = Client.of(params.capabilities)
        if client.asks and not client.pulls:
            # Were it told both ways, it would show all twice.
            self.protocol.fm.features.pop(types.TEXT_DOCUMENT_DIAGNOSTIC, None)
        self.positions = Positions(client.encoding)
        self.publisher = Publisher(self.positions, self.href, related=client.related, described=client.described)
        if not client.tagged:
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
        self.preferences, wrong = preferences.read(settings, before, self.root)
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
            try:
                self.look()
            except Exception as error:  # noqa: BLE001 - the next look may be luckier
                self.report_server_error(error)

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
            types.WORKSPACE_DIAGNOSTIC_REFRESH: workspace.diagnostics if self.client.pulls else None,
            types.WORKSPACE_INLAY_HINT_REFRESH: workspace.inlay_hint,
            types.WORKSPACE_SEMANTIC_TOKENS_REFRESH: workspace.semantic_tokens,
        }
        return [method for method, support in asked.items() if support is not None and support.refresh_support]

    # Documents

    def opened(self, document: Document) -> None:
        before = self.documents.get(document.uri)
        if before is not None:
            self.checks.cancel(before)
        document.adopt(self._taken)
        self.documents.open(document)
        self.workbench.admit(document)
        self.checks.touch(document)
        self._show_troubles()

    def take(self, source: Source) -> None:
        """Take note of a document that was read for the client, who will show its text."""
        self._taken = source if source.origin is not None else None
        for document in self.documents:
            document.adopt(self._taken)
            self.checks.touch(document)

    def changed(self, uri: str, version: int | None, changes: Sequence[Change]) -> None:
        """The text moves on. What is not open, and what has closed meanwhile, does not matter."""
        document = self.documents.get(uri)
        if document is not None:
            document.change(version, changes, self.positions)
            self.checks.touch(document)

    def lost(self, uri: str) -> None:
        """The text moves on, and it is not understood how: nothing more is known of it."""
        document = self.documents.get(uri)
        if document is not None:
            document.lost = True
            document.forget()
            self.checks.touch(document)

    def closed(self, uri: str) -> None:
        document = self.documents.close(uri)
        if document is not None:
            self.checks.cancel(document)
            if not self.client.pulls:
                self.protocol.tell(_PUBLISH, {"uri": uri, "diagnostics": []})
            self.workbench.dismiss(self.documents)
            self._show_troubles()

    async def reading(self, uri: str) -> Reading | None:
        """A document with what is said of it now; None where it is not open."""
        document = self.documents.get(uri)
        if document is None:
            return None
        try:
            result = await self.checks.result(document)
        except TextMovedOn:
            raise JsonRpcException("文档已经关闭", _CONTENT_MODIFIED) from None
        return Reading(document, result, document.linter, self.positions)

    async def worked(self, reading: Reading, work: Callable[[], _T]) -> _T:
        """What some work comes to that checks a text again, and holds up no other document if that takes long."""
        try:
            return await self.checks.run(reading.document, work)
        except TextMovedOn:
            raise JsonRpcException("文档已经改动", _CONTENT_MODIFIED) from None

    def diagnostics(self, document: Document, result: Result) -> list[dict[str, Any]]:
        """What the client is told of a result, and of a configuration that is open itself."""
        told = self.publisher.diagnostics(document.uri, result, accepted=self.preferences.show_accepted)
        wrong = self._troubles.get(document.file or "")
        return told if wrong is None else [*self.publisher.troubles([wrong]), *told]

    def _check(self, document: Document) -> Result:
        if document.excluded:
            return Result(document.source, None, [], (), (), False)
        if document.lost:
            return Result(document.source, None, [tool_finding(document.source, "unreadable", _LOST)], (), (), True)
        try:
            result = self.workbench.result(document)
        except Exception as error:  # noqa: BLE001 - a fault of ours is told as one, and the server goes on
            # What the error says may be of the text, so that only its kind is told.
            message = f"reportlint 内部出错，没有检查：{type(error).__name__}"
            print(f"reportlint: {document.path}：{message}", file=sys.stderr)
            finding = tool_finding(document.source, "rule-crash", message)
            return Result(document.source, None, [finding], (), (), True)
        silent = [_NO_REPORT, _OWN_PAGE]
        if os.path.splitext(document.path)[1].lower() not in REPORT_SUFFIXES:
            # Whatever else is open beside reports: a configuration, say.
            silent.append(BROKEN)
        if not document.asked_for and [each.rule for each in result.diagnostics] in ([each] for each in silent):
            # As a file is passed over that was found in a folder.
            return result._replace(diagnostics=[], report=None)
        return result

    def _checked(self, document: Document) -> None:
        if document.closed or document.result is None or self.client.pulls:
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
        """What went wrong within a handler, a line for the log. What a request is refused for, its answer says."""
        if isinstance(error, JsonRpcInternalError) or not isinstance(error, JsonRpcException):
            # Its own words may be of a report's text: its kind is enough.
            kind = str(error).partition(":")[0] if isinstance(error, JsonRpcInternalError) else type(error).__name__
            print(f"reportlint: 内部出错：{kind}", file=sys.stderr)

    def _show_troubles(self) -> None:
        """What is wrong with configurations, in their files; and no more what is not wrong any more."""
        troubles = self.workbench.troubles(self.documents)
        before, self._troubles = self._troubles, {each.file: each for each in troubles if each.file is not None}
        changed = [file for file in before | self._troubles if before.get(file) != self._troubles.get(file)]
        for file in changed:
            wrong = self._troubles.get(file)
            told = self.publisher.troubles([] if wrong is None else [wrong])
            self.protocol.tell(_PUBLISH, {"uri": uri_of(file), "diagnostics": told})
        for document in self.documents:
            if document.file in changed:
                # What is said of its text is to stand beside it.
                self.checks.touch(document)
        words = dict.fromkeys(each.message for each in troubles)
        for message in words:
            if message not in self._warned:
                self.warn(message)
        self._warned = set(words)


def _quiet() -> None:
    """The library's log has tracebacks, and texts of reports: what is of use to the user is told in our own words."""
    logging.getLogger("pygls").setLevel(logging.CRITICAL + 1)
