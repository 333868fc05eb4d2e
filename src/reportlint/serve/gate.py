"""Which messages of a page the language server gets to see.

An editor may name files and configurations, and packs in them, which are programs. A page may not: it has texts
checked that it sends, and that is all.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from reportlint.serve import limits

READ = "reportlint/read"
"""The page's own request: the text of a file that was dropped on it. Answered here and not by the language server."""
SCHEME = "untitled:"
"""What the addresses of texts begin with that are no files."""
COMMANDS = {"reportlint.newReport": frozenset({"organisation", "year", "form", "layout"})}
"""Commands that only make text, and what they may be told: not where it will stand, which decides the configuration."""

_ABOUT_TEXTS = frozenset(
    {
        "textDocument/codeAction",
        "textDocument/completion",
        "textDocument/didChange",
        "textDocument/didClose",
        "textDocument/didOpen",
        "textDocument/hover",
        "textDocument/inlayHint",
    }
)
_OTHERS = frozenset({"$/cancelRequest", "codeAction/resolve", "completionItem/resolve", "initialized"})
_INITIALIZE = "initialize"
_EXECUTE = "workspace/executeCommand"

_NOT_JSON = -32700
_NO_REQUEST = -32600
_NO_METHOD = -32601
_WRONG = -32602


class Passed(NamedTuple):
    """A message for the language server."""

    body: bytes


class Asked(NamedTuple):
    """The content of a file to be read, as it was sent."""

    id: int | str
    params: object


class Refused(NamedTuple):
    """What is answered to a message that goes no further; None where it was no request."""

    answer: dict[str, Any] | None


def judge(text: str) -> Passed | Asked | Refused:
    """What becomes of a message."""
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        return Refused(error(None, _NOT_JSON, "收到的不是 JSON"))
    if not isinstance(message, dict) or not isinstance(message.get("method"), str):
        # Answers among them: nothing is asked of a page.
        return Refused(None)
    params = message.get("params")
    method = message["method"]
    if not isinstance(message.get("id"), int | str | None) or isinstance(message.get("id"), bool):
        return Refused(error(None, _NO_REQUEST, "请求的编号有误"))
    if method == READ and message.get("id") is not None:
        return Asked(message["id"], params)
    if len(text) > limits.TEXT_MESSAGE:
        return _refused(message, _WRONG, "消息太长")
    if method == _INITIALIZE:
        return Passed(_line({**message, "params": _introduction(params)}))
    if method in _OTHERS:
        return Passed(text.encode("utf-8", "surrogatepass"))
    if method in _ABOUT_TEXTS:
        wrong = _wrong_text(params)
    elif method == _EXECUTE:
        wrong = _wrong_command(params)
    else:
        return _refused(message, _NO_METHOD, f"页面不能用 {method}")
    return _refused(message, _WRONG, wrong) if wrong else Passed(text.encode("utf-8", "surrogatepass"))


def error(identity: object, code: int, words: str) -> dict[str, Any]:
    """An answer that says why there is none."""
    return {"jsonrpc": "2.0", "id": identity, "error": {"code": code, "message": words}}


def _refused(message: Mapping[str, Any], code: int, words: str) -> Refused:
    return Refused(None if message.get("id") is None else error(message["id"], code, words))


def _wrong_text(params: object) -> str:
    document = params.get("textDocument") if isinstance(params, dict) else None
    address = document.get("uri") if isinstance(document, dict) else None
    if not isinstance(document, dict) or not isinstance(address, str) or not address.startswith(SCHEME):
        return "页面只能检查发来的文字，不能检查文件"
    text = document.get("text")
    if isinstance(text, str) and len(text) > limits.CHARACTERS:
        return f"全文有 {len(text)} 个字符，超过 {limits.CHARACTERS} 的上限"
    return ""


def _wrong_command(params: object) -> str:
    given = params if isinstance(params, dict) else {}
    command, arguments = given.get("command"), given.get("arguments", [])
    if not isinstance(command, str) or command not in COMMANDS:
        return f"页面不能用命令 {command}"
    known = COMMANDS[command]
    if isinstance(arguments, list) and all(isinstance(each, dict) and each.keys() <= known for each in arguments):
        return ""
    return f"命令 {command} 的参数只能有 {'、'.join(sorted(known))}"


def _introduction(params: object) -> dict[str, Any]:
    """What the client says of itself, without folders, settings, and what could be asked of it."""
    given = params if isinstance(params, dict) else {}
    capabilities = given.get("capabilities")
    known = dict(capabilities) if isinstance(capabilities, dict) else {}
    texts = known.get("textDocument")
    if isinstance(texts, dict):
        # The client's library says that it can ask for findings; the page goes by those that it is sent.
        known["textDocument"] = {key: value for key, value in texts.items() if key != "diagnostic"}
    return {
        "processId": None,
        "rootUri": None,
        "workspaceFolders": None,
        "clientInfo": {"name": "reportlint serve"},
        "capabilities": {key: known[key] for key in ("general", "textDocument") if key in known},
    }


def _line(message: dict[str, Any]) -> bytes:
    return json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass")
