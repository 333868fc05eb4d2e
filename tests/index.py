"""Tests that install reportlint need what its wheel is built with."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def require_index(folder: Path) -> None:
    """Skip the test where pip reaches no package index; `folder` is for what it brings."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), "hatchling"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", timeout=300, check=False)
    if done.returncode:
        pytest.skip(f"pip reaches no package index: {done.stderr.strip()[-200:]}")
