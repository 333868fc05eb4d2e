"""The files of the page. They are built from `editors/page`, and stand in memory while they are served."""

from __future__ import annotations

import html
from collections.abc import Mapping
from importlib import resources
from typing import NamedTuple

from reportlint.errors import ReportlintError

INDEX = "index.html"
_KINDS = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
_BUILD = "页面还没有构建：在 editors/page 里运行 npm ci 和 npm run build，再运行 reportlint serve"


class File(NamedTuple):
    """A file of the page: what is sent, and its media type."""

    body: bytes
    kind: str


def load() -> dict[str, File]:
    """The files by their names; ReportlintError where the page has not been built."""
    folder = resources.files("reportlint.serve") / "static"
    if not (folder / INDEX).is_file():
        raise ReportlintError(_BUILD)
    files = {}
    for entry in folder.iterdir():
        kind = _KINDS.get(entry.name[entry.name.rfind(".") :])
        if kind is not None:
            files[entry.name] = File(entry.read_bytes(), kind)
    return files


def filled(index: File, values: Mapping[str, str]) -> File:
    """The page with values instead of what stands in double braces."""
    text = index.body.decode("utf-8")
    for name, value in values.items():
        text = text.replace("{{" + name + "}}", html.escape(value))
    return index._replace(body=text.encode("utf-8"))
