"""The exit status, the same in every output format."""

from __future__ import annotations

CLEAN = 0
"""Nothing at or above the level from which a run fails."""
FINDINGS = 1
FAILED = 2
"""The run could not be done as asked."""
INTERRUPTED = 130
