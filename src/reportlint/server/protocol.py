"""The protocol of pygls with our own documents, and with our own words for what goes wrong.

Documents are ours because lines are: those of the protocol end with LF, CRLF or CR and with nothing else.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams, JsonRpcMethodNotFound
from pygls.protocol import LanguageServerProtocol, lsp_method

from reportlint.server.documents import Change, Document

if TYPE_CHECKING:
    from reportlint.server.app import ReportServer

_NOT_INITIALIZED = -32002
_PARSE_ERROR = -32700
_INVALID_REQUEST = -32600
_VERSION = "2.0"


class ReportProtocol(LanguageServerProtocol):
    """What is done with each message before a handler gets it."""

    _server: ReportServer

    def receive(self, body: bytes) -> None:
        """Handle a message. One that cannot be read is answered with an error, and the next one is awaited."""
        try:
            self._receive(body)
        except Exception as error:  # noqa: BLE001 - whatever comes in, the next message is another one
            self._server.report_server_error(error)

    def _receive(self, body: bytes) -> None:
        try:
            # A number of digits without end, or brackets without end, are no JSON of ours either.
            plain = json.loads(body)
        except (ValueError, RecursionError):
            self.answer_error(None, _PARSE_ERROR, "消息不是 JSON")
            return
        if not isinstance(plain, dict) or plain.get("jsonrpc") != _VERSION:
            self.answer_error(None, _INVALID_REQUEST, "不是 JSON-RPC 2.0 的消息")
            return
        identity, method = plain.get("id"), plain.get("method")
        if not (identity is None or isinstance(identity, (str, int))):
            self.answer_error(None, _INVALID_REQUEST, "id 应为文字或整数")
            return
        if method is not None and not isinstance(method, str):
            self.answer_error(identity, _INVALID_REQUEST, "method 应为文字")
            return
        if method is not None and not self._may(method):
            if identity is not None:
                self.answer_error(identity, _NOT_INITIALIZED, "还没有 initialize")
            return
        if method == types.INITIALIZE and self._workspace is not None:
            self.answer_error(identity, _INVALID_REQUEST, "已经 initialize")
            return
        if method is not None and self._shutdown and method != types.EXIT:
            if identity is not None:
                self.answer_error(identity, _INVALID_REQUEST, "已经 shutdown")
            return
        if method is None and identity not in self._result_types:
            # An answer to nothing that was asked.
            return
        if method is not None and not self._knows(method):
            if identity is not None:
                self.answer_error(identity, JsonRpcMethodNotFound.CODE, f"没有 {method}")
            return
        if method == types.TEXT_DOCUMENT_DID_CHANGE:
            # Read by hand: there is one for every keystroke, and one that is not understood is not to be passed over.
            self._changed(plain.get("params"))
            return
        try:
            message = self.structure_message(plain)
        except JsonRpcException:
            if identity is None:
                return
            if method is None:
                future = self._request_futures.pop(identity, None)
                if future is not None:
                    future.set_exception(JsonRpcInvalidParams("编辑器的回答看不懂"))
            else:
                self.answer_error(identity, JsonRpcInvalidParams.CODE, f"{method} 的参数不对")
            return
        self.handle_message(message)

    def _knows(self, method: str) -> bool:
        return method == types.CANCEL_REQUEST or method in self.fm.builtin_features or method in self.fm.features

    def _may(self, method: str) -> bool:
        """Whether a message may come at this time: before everything else the client says what it is."""
        return self._workspace is not None or method in (types.INITIALIZE, types.EXIT)

    def answer_error(self, identity: object, code: int, message: str) -> None:
        """An error for a request, or for a message of which not even that is known."""
        self._send_data({"jsonrpc": _VERSION, "id": identity, "error": {"code": code, "message": message}})

    def tell(self, method: str, params: dict[str, Any]) -> None:
        """A notification by built-in values, without the way over classes."""
        self._send_data({"jsonrpc": _VERSION, "method": method, "params": params})

    @lsp_method(types.SHUTDOWN)
    def lsp_shutdown(self, *_: object) -> None:  # type: ignore[override]
        """Begin nothing more, and leave what is not answered yet."""
        self._shutdown = True
        waiting = list(self._request_futures.values())
        # What the client answers from now on is no answer any more.
        self._request_futures.clear()
        self._result_types.clear()
        for future in waiting:
            future.cancel()

    def _execute_handler(self, msg_id: str | int, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super()._execute_handler(msg_id, *args, **kwargs)
        # Those of notifications, and of what a handler is made of, would be kept for ever.
        future = self._request_futures.get(msg_id)
        if future is not None:
            future.add_done_callback(lambda _: self._request_futures.pop(msg_id, None))

    @lsp_method(types.EXIT)
    def lsp_exit(self, *_: object) -> None:  # type: ignore[override]
        """The end. A client that did not ask for it before gets another status."""
        self._server.exit(0 if self._shutdown else 1)

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        given = params.text_document
        self._server.opened(Document(given.uri, given.language_id, given.version, given.text))

    def _changed(self, params: object) -> None:
        identity = _key(params, "textDocument")
        uri, version, events = _key(identity, "uri"), _key(identity, "version"), _key(params, "contentChanges")
        if not isinstance(uri, str):
            return
        try:
            changes = [_change(each) for each in events] if isinstance(events, list) else None
        except ValueError:
            changes = None
        if changes is None:
            self._server.lost(uri)
        else:
            self._server.changed(uri, version if isinstance(version, int) else None, changes)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        self._server.closed(params.text_document.uri)


def _key(value: object, key: str) -> object:
    return value.get(key) if isinstance(value, dict) else None


def _change(event: object) -> Change:
    """A change of a text; ValueError where it is none."""
    text, range_ = _key(event, "text"), _key(event, "range")
    if not isinstance(text, str):
        raise ValueError(event)
    if range_ is None:
        return Change(text)
    return Change(text, _position(_key(range_, "start")), _position(_key(range_, "end")))


def _position(value: object) -> tuple[int, int]:
    line, character = _key(value, "line"), _key(value, "character")
    if not (isinstance(line, int) and isinstance(character, int)):
        raise ValueError(value)
    return line, character
