"""Diagnostics for clients that ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types

if TYPE_CHECKING:
    from reportlint.server.app import ReportServer


def register(server: ReportServer) -> None:
    options = types.DiagnosticOptions(
        inter_file_dependencies=False, workspace_diagnostics=False, identifier="reportlint"
    )

    @server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)
    async def diagnostic(params: types.DocumentDiagnosticParams) -> dict[str, Any]:
        reading = await server.reading(params.text_document.uri)
        if reading is None:
            return {"kind": "full", "items": []}
        identity = str(reading.document.edition)
        if params.previous_result_id == identity:
            return {"kind": "unchanged", "resultId": identity}
        return {"kind": "full", "resultId": identity, "items": server.diagnostics(reading.document, reading.result)}
