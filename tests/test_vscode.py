"""The extension for VS Code and the server are two programs in two languages: what one names, the other has."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from reportlint import __version__

pytest.importorskip("pygls", reason="pygls is not installed (extra: lsp)")

from reportlint.server.app import ReportServer
from reportlint.server.handlers.actions import FIX_ALL
from reportlint.server.handlers.commands import ACCEPT, OPEN_RULE
from reportlint.server.preferences import KEYS, LAYOUTS, Preferences, read

EXTENSION = Path(__file__).parents[1] / "editors" / "vscode"
MANIFEST: dict[str, Any] = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
PROPERTIES: dict[str, Any] = MANIFEST["contributes"]["configuration"]["properties"]
OWN_SETTINGS = {"path", "include", "recogniseTitle", "trace.server"}
"""What the extension sees to itself."""
COMMANDS_TS = (EXTENSION / "src" / "commands.ts").read_text(encoding="utf-8")


def names_in(constant: str) -> set[str]:
    """The commands that a constant of the extension's code lists."""
    found = re.search(rf"export const {constant} = {{(.*?)}} as const", COMMANDS_TS, re.DOTALL)
    assert found is not None
    return set(re.findall(r'"(reportlint\.\w+)"', found[1]))


def nested(settings: dict[str, object]) -> dict[str, Any]:
    """Settings as an editor hands them over, `a.b` as an object in an object."""
    made: dict[str, Any] = {}
    for key, value in settings.items():
        *groups, name = key.split(".")
        inner = made
        for group in groups:
            inner = inner.setdefault(group, {})
        inner[name] = value
    return made


def test_the_settings_are_the_servers_and_the_extensions_own() -> None:
    assert set(PROPERTIES) == {f"reportlint.{key}" for key in (*KEYS, *OWN_SETTINGS)}


def test_the_defaults_are_the_servers() -> None:
    defaults = nested({key: PROPERTIES[f"reportlint.{key}"]["default"] for key in KEYS})
    others = Preferences("x.toml", hint_sums=False, hint_columns=True, layout="pipe", show_accepted=False)
    assert read(defaults, others) == (Preferences(), [])


def test_the_layouts_are_the_servers() -> None:
    assert PROPERTIES["reportlint.format.layout"]["enum"] == list(LAYOUTS)


def test_the_server_carries_out_what_the_extension_asks_of_it() -> None:
    commands = set(ReportServer(lambda _: None).protocol.fm.commands)
    assert names_in("SERVER_COMMANDS") <= commands


def test_the_extension_has_the_commands_that_code_actions_name() -> None:
    own = {each["command"] for each in MANIFEST["contributes"]["commands"]}
    assert own == names_in("COMMANDS")
    assert {ACCEPT, OPEN_RULE} <= own
    # The server leaves out its own of these when it is told that the editor has them; any other would be tied twice.
    commands = set(ReportServer(lambda _: None).protocol.fm.commands)
    assert own & commands == {ACCEPT, OPEN_RULE}


def test_what_the_server_colours_has_scopes_in_the_extension() -> None:
    options = ReportServer(lambda _: None).protocol.fm.feature_options["textDocument/semanticTokens/full"]
    (mapping,) = MANIFEST["contributes"]["semanticTokenScopes"]
    assert set(mapping["scopes"]) <= set(options.token_types)
    assert {"namespace", "class", "function", "number"} <= set(mapping["scopes"])


def test_fix_all_has_one_name() -> None:
    assert f'FIX_ALL = "{FIX_ALL}"' in COMMANDS_TS


def test_both_have_one_version() -> None:
    assert MANIFEST["version"] == __version__


def test_the_lock_names_no_registry() -> None:
    lock = json.loads((EXTENSION / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: each for name, each in lock["packages"].items() if name}
    assert packages
    assert [name for name, each in packages.items() if "resolved" in each or "integrity" not in each] == []
