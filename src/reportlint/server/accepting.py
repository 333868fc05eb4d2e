"""Accepting a finding from the editor: an entry in the file beside the report, as `reportlint accept` writes it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from lsprotocol import types

from reportlint.acceptance import may_be_silenced, writer
from reportlint.accepted import Entry, load
from reportlint.diagnostic import Diagnostic
from reportlint.errors import ReportlintError
from reportlint.paths import below
from reportlint.server.uris import uri_of
from reportlint.source import Source

if TYPE_CHECKING:
    from reportlint.server.app import ReportServer
    from reportlint.server.reading import Reading

_NO_FILE = "报告还没有存成文件，不能接受其中的问题"
_GONE = "这一处的问题已经不在了"
_NO_REASON = "接受一处问题要写明理由"
_UNFILLED = 'because = "'


class Meant(NamedTuple):
    """Which finding is meant: a diagnostic's data."""

    rule: str
    place: str
    content: str


class Draft(NamedTuple):
    """An entry without its reason: the edit that writes it, and where the reason belongs."""

    edit: types.WorkspaceEdit
    uri: str
    selection: types.Range


def accept(server: ReportServer, reading: Reading | None, meant: Meant, because: str) -> str:
    """Write an entry; says where. ReportlintError where the finding cannot be accepted, or is not there any more."""
    if not because.strip():
        raise ReportlintError(_NO_REASON)
    file, entry = _entry(server, reading, meant, because.strip())
    shown = below(os.getcwd(), file)
    writer.append(file, [entry], shown, renew=True)
    return f"已写入 {shown}"


def draft(server: ReportServer, reading: Reading | None, meant: Meant) -> Draft:
    """The edit that writes an entry whose reason is still to be given."""
    file, entry = _entry(server, reading, meant, "")
    uri = uri_of(file)
    before = (load(file) or b"").decode("utf-8-sig", "replace")
    added = writer.with_entries(before.encode(), [entry]).decode()[len(before) :]
    after = Source(before + added)
    reason = (before + added).rindex(_UNFILLED) + len(_UNFILLED)
    positions = server.positions
    end = types.Position(**positions.position(Source(before), len(before)))
    at = types.Position(**positions.position(after, reason))
    insertion = types.TextEdit(types.Range(end, end), added)
    if not server.client.creates_files:
        # Clients without a word for it open the file by its name, whether it is there or not.
        return Draft(types.WorkspaceEdit(changes={uri: [insertion]}), uri, types.Range(at, at))
    edit = types.TextDocumentEdit(types.OptionalVersionedTextDocumentIdentifier(uri), [insertion])
    create = types.CreateFile(uri, options=types.CreateFileOptions(ignore_if_exists=True))
    return Draft(types.WorkspaceEdit(document_changes=[create, edit]), uri, types.Range(at, at))


def _entry(server: ReportServer, reading: Reading | None, meant: Meant, because: str) -> tuple[str, Entry]:
    """The file that an entry belongs into, and the entry."""
    if reading is None or reading.linter is None:
        raise ReportlintError(_GONE)
    path = reading.document.file
    if path is None or not server.files or not os.path.exists(path):
        raise ReportlintError(_NO_FILE)
    found = _found(reading, meant)
    file = reading.linter.acceptance.claims.files(path)[0]
    return file, Entry(found.rule, below(os.path.dirname(file), path), found.place, found.content, because)


def _found(reading: Reading, meant: Meant) -> Diagnostic:
    for diagnostic in reading.result.diagnostics:
        if Meant(diagnostic.rule, diagnostic.place, diagnostic.content) == meant:
            if diagnostic.own:
                raise ReportlintError(f"{diagnostic.rule} 是 reportlint 自己的发现，不能接受")
            if not may_be_silenced(diagnostic):
                raise ReportlintError(f"规则 {diagnostic.rule} 是必须遵守的，不能接受")
            return diagnostic
    for each in reading.result.accepted:
        if Meant(each.diagnostic.rule, each.diagnostic.place, each.diagnostic.content) == meant:
            raise ReportlintError(f"这一处已经接受（{each.origin}）")
    raise ReportlintError(_GONE)
