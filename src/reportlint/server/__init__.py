"""The language server: the engine in an editor, over the Language Server Protocol.

Needs the extra `lsp`. Nothing else of the command line imports this package.
"""

from __future__ import annotations

from reportlint.errors import ReportlintError

INSTALL = "编辑器服务需要 pygls：pip install 'reportlint[lsp]'"


def serve_stdio() -> int:
    """Serve one client on standard input and output until it leaves; the exit status."""
    try:
        import pygls as _  # noqa: F401 - so that a missing library is told in our words
    except ImportError as error:
        raise ReportlintError(INSTALL) from error
    from reportlint.server.streams import run

    return run()
