"""Beginning, settings, and the files that count."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcException

if TYPE_CHECKING:
    from reportlint.server.app import ReportServer

_SECTION = "reportlint"
_FILES = ("**/{.reportlint,reportlint,reportlint.accepted,pyproject}.toml", "**/.reportlint-baseline.json")
_PACKS = "**/*.{py,toml,lark,md}"


def register(server: ReportServer) -> None:
    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.begin(params)

    @server.feature(types.INITIALIZED)
    async def initialized(_: types.InitializedParams) -> None:
        server.start()
        workspace = server.client_capabilities.workspace
        watched = workspace.did_change_watched_files if workspace is not None else None
        if watched is not None and watched.dynamic_registration:
            await _ask_to_watch(server)
        await _ask_for_settings(server)

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def settings_changed(params: types.DidChangeConfigurationParams) -> None:
        settings = params.settings
        if isinstance(settings, dict) and _SECTION in settings:
            server.prefer(settings[_SECTION])
        else:
            await _ask_for_settings(server)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def files_changed(_: types.DidChangeWatchedFilesParams) -> None:
        server.look()

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(_: types.DidSaveTextDocumentParams) -> None:
        server.look()

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def folders_changed(_: types.DidChangeWorkspaceFoldersParams) -> None:
        # Configurations are looked for from each document upwards, whatever the folders are.
        server.look()


async def _ask_to_watch(server: ReportServer) -> None:
    """Have the client tell of changes at once; without that they are seen at the next look."""
    watchers = [types.FileSystemWatcher(glob_pattern=pattern) for pattern in (*_FILES, _PACKS)]
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers=watchers)
    registration = types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
    with suppress(JsonRpcException):
        # A client may refuse what it said it could do; it goes without, then.
        await server.client_register_capability_async(types.RegistrationParams([registration]))


async def _ask_for_settings(server: ReportServer) -> None:
    workspace = server.client_capabilities.workspace
    if workspace is None or not workspace.configuration:
        return
    params = types.ConfigurationParams([types.ConfigurationItem(section=_SECTION)])
    with suppress(JsonRpcException):
        # A client may refuse what it said it could do; it goes without, then.
        found = await server.workspace_configuration_async(params)
        if found:
            server.prefer(found[0])
