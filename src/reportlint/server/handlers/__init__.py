"""What the server answers, a module a subject: each has `register`, which ties its functions to methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportlint.server.app import ReportServer


def register(server: ReportServer) -> None:
    """Tie all handlers to a server."""
    from reportlint.server.handlers import (
        actions,
        commands,
        completion,
        diagnostics,
        hints,
        hover,
        layout,
        lifecycle,
        links,
        outline,
        references,
        tokens,
    )

    tied = (
        lifecycle,
        diagnostics,
        actions,
        commands,
        hover,
        hints,
        references,
        completion,
        outline,
        tokens,
        links,
        layout,
    )
    for module in tied:
        module.register(server)
