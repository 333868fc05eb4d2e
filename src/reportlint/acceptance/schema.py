"""The JSON Schemas of what is accepted: of its two files, and of the list of entries. What is not named is refused.

A schema cannot say that no two entries are for the same place, that a path does not leave the folder again further on,
and that entries are written as `[[accepted]]` each: that is for the code alone to know.
"""

from __future__ import annotations

from collections.abc import Mapping

from reportlint import accepted, baseline
from reportlint.acceptance import State
from reportlint.acceptance.claims import ACCEPTED, IGNORE
from reportlint.acceptance.listing import SCHEMA_VERSION
from reportlint.accepted import KEYS, NEEDED, TABLE, Entry
from reportlint.baseline import Known
from reportlint.diagnostic import TOOL
from reportlint.shapes import (
    DATE,
    ORDINAL,
    TEXT,
    WORDS,
    Schema,
    about,
    document,
    list_of,
    one_of,
    or_null,
    output,
    record,
)

_RULE = {**TEXT, "pattern": rf"^(?!{TOOL}/)[^/]+/[\s\S]"}
_BELOW = {**TEXT, "pattern": r"^(?!/)(?!(\./+)*\.?/*$)(?!(\./+)*\.\.(/|$))[\s\S]*\S"}
"""A path that does not begin by leaving the folder, nor is the folder itself."""
_HOW = {
    "rule": "，要全名，如 national/request-balance",
    "report": "，从本文件所在的文件夹写起，用 / 分隔",
    "place": "，如 requests/received/total、标题，或引号里的原文",
    "content": "；内容改变，接受就失效",
    "until": "，如 2027-01-31",
}


def accepted_file() -> Schema:
    """Of reportlint.accepted.toml."""
    values = {
        "rule": _RULE,
        "report": _BELOW,
        "place": WORDS,
        "content": TEXT,
        "because": WORDS,
        "by": WORDS,
        "until": DATE,
    }
    entry = record({key: about(values[key], words + _HOW.get(key, "")) for key, words in KEYS.items()}, NEEDED)
    return document(accepted.FILE, record({TABLE: list_of(entry)}, needed=()))


def baseline_file() -> Schema:
    """Of .reportlint-baseline.json."""
    words = {
        "report": "the path of the report, with forward slashes, from the folder of this file",
        "rule": "the full id of the rule",
        "place": "the structural place; a further finding at one place has a number, as in “ #2”",
        "content": "what stands at the place, masked",
    }
    entry = record({key: about(TEXT, words[key]) for key in Known._fields})
    return output(baseline.FILE, baseline.SCHEMA_VERSION, {"entries": list_of(entry)})


def listing() -> Schema:
    """Of `reportlint accepted --output-format json`."""
    values = {
        "rule": about(TEXT, "the full id of the rule"),
        "report": about(TEXT, "the path of the report from the folder of the file; of an [[ignore]] its patterns"),
        "place": about(TEXT, "the structural place; empty for an [[ignore]] of a whole rule"),
        "content": about(or_null(TEXT), "what stood at the place, masked; null for an [[ignore]]"),
        "because": about(TEXT, "why it is accepted"),
        "by": or_null(TEXT),
        "until": or_null(DATE),
    }
    entry = {
        "file": about(TEXT, "the file that has the entry"),
        "line": or_null(ORDINAL),
        "kind": about(
            one_of([ACCEPTED, IGNORE]), f"an entry of {accepted.FILE}, or an [[ignore]] of the configuration"
        ),
        "state": about(
            one_of(state.value for state in State),
            "; ".join(f"{state.value}: {_STATES[state]}" for state in State),
        ),
        **{key: values[key] for key in Entry._fields},
        "content_now": about(or_null(TEXT), "what stands at the place now; null where nothing is found there"),
        "where": about(or_null(TEXT), "the place in words, where something is found in a document that has no lines"),
    }
    return output("reportlint accepted --output-format json", SCHEMA_VERSION, {"entries": list_of(record(entry))})


_STATES: Mapping[State, str] = {
    State.HOLDS: "it is as it was",
    State.VOID: "the content changed",
    State.EXPIRED: "its last day is past",
    State.UNUSED: "nothing is found there any more",
    State.MANDATORY: "its rule cannot be silenced",
    State.UNJUDGED: "the rule did not run or could not judge",
    State.MISSING: "there is no such report",
    State.UNKNOWN: "there is no such rule",
}
