"""What a client can do, as far as it matters here."""

from __future__ import annotations

from typing import NamedTuple

from lsprotocol import types
from pygls.capabilities import ServerCapabilitiesBuilder

from reportlint.server.positions import UTF16


class Client(NamedTuple):
    """What the client said of itself when it began."""

    encoding: str = UTF16
    """In what it counts columns."""
    asks: bool = False
    """Whether it can ask for findings."""
    pulls: bool = False
    """Whether it is left to ask for them: one that cannot be told to ask again would go on showing what held before a
    configuration changed."""
    related: bool = False
    """Whether it shows the places that a finding's notes speak of."""
    described: bool = False
    """Whether it shows the address of a rule's page."""
    tagged: bool = False
    """Whether it can show a finding as one that matters less."""
    resolves: bool = False
    """Whether it asks for the edit of a code action when the user has chosen it."""
    versioned_edits: bool = False
    """Whether it takes edits that are for one version of a document."""
    creates_files: bool = False
    """Whether it takes edits that make a file."""

    @classmethod
    def of(cls, capabilities: types.ClientCapabilities) -> Client:
        text, workspace = capabilities.text_document, capabilities.workspace
        asks = text is not None and text.diagnostic is not None
        pulls = asks and bool(workspace and workspace.diagnostics and workspace.diagnostics.refresh_support)
        published = text.publish_diagnostics if text is not None else None
        acting = text.code_action if text is not None else None
        resolving = acting.resolve_support if acting is not None else None
        editing = workspace.workspace_edit if workspace is not None else None
        versioned = bool(editing and editing.document_changes)
        operations = (editing.resource_operations if editing is not None else None) or ()
        return cls(
            encoding=_encoding(capabilities),
            asks=asks,
            pulls=pulls,
            related=pulls or bool(published and published.related_information),
            described=pulls or bool(published and published.code_description_support),
            tagged=pulls or bool(published and published.tag_support),
            resolves=resolving is not None and "edit" in resolving.properties,
            versioned_edits=versioned,
            creates_files=versioned and types.ResourceOperationKind.Create in operations,
        )


def _encoding(capabilities: types.ClientCapabilities) -> str:
    chosen = ServerCapabilitiesBuilder.choose_position_encoding(capabilities)
    return chosen.value if isinstance(chosen, types.PositionEncodingKind) else str(chosen)
