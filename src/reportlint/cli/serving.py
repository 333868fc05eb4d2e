"""`reportlint server`: the engine for editors."""

from __future__ import annotations

import argparse

from reportlint.server import serve_stdio


def server(_: argparse.Namespace) -> int:
    """Serve an editor until it leaves."""
    return serve_stdio()
