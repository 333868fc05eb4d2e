"""What readers remark of a document beside its text. Rules speak of it by these kinds."""

from __future__ import annotations

REVISION = "tracked-changes"
"""Tracked changes that nobody accepted or rejected; the text is read as if they were accepted."""
COMMENT = "comments"
HIDDEN = "hidden-text"
"""Text that is not shown, and not read."""
MACRO = "macros"
PICTURE = "picture"
"""A picture where text or a table is to be expected; what it shows is not read."""
UNREAD = "unread-table"
"""A table that could not be read: what it holds is not known, not missing."""
EXTERNAL = "external-content"
"""Something that the document fetches from elsewhere; it was not fetched."""
RENAMED = "renamed-file"
"""The content is of another format than the name of the file says."""

KINDS = (REVISION, COMMENT, HIDDEN, MACRO, PICTURE, UNREAD, EXTERNAL, RENAMED)
