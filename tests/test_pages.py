"""The pages of rules: every rule has one, and its examples say exactly what the page says they do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pytest

from reportlint import Linter, config
from reportlint.linter import settings_for
from reportlint.packs import Packs
from reportlint.testing import Draft

ROOT = Path(__file__).parent.parent
RULES = Packs.load().rules

EXAMPLE, OPTIONS, SILENCE = "Example", "Options", "How to silence it"
HEADINGS = ["What it checks", "Why", EXAMPLE, OPTIONS, "When it is silent", SILENCE]

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MARK = re.compile(r"^(?:Base: `(?P<base>[^`]+)`|(?P<kind>Bad|Good):)", re.MULTILINE)


class PageError(ValueError):
    """A page that is not written as pages are."""


class Example(NamedTuple):
    """A change to a base report, and what the rule says of the report so changed."""

    name: str
    bad: bool
    base: str
    diff: str
    messages: list[str]


def sections_of(page: str) -> dict[str, str]:
    """The text under each heading of the second level; headings within fences are none."""
    bare = _FENCE.sub(lambda fence: re.sub(r"[^\n]", " ", fence.group()), page)
    found = list(re.finditer(r"^## (.+)$", bare, re.MULTILINE))
    ends = [*(match.start() for match in found[1:]), len(page)]
    return {match.group(1): page[match.end() : end] for match, end in zip(found, ends, strict=True)}


def examples_of(page: str) -> Iterator[Example]:
    """The examples of a page: «Bad:» or «Good:», a diff, and the messages in a text block.

    A good example without a diff is the base report as it stands.
    """
    text = sections_of(page)[EXAMPLE]
    marks = [mark for mark in _MARK.finditer(text) if not _within_fence(text, mark.start())]
    if _FENCE.search(text[: marks[0].start()] if marks else text):
        raise PageError("a block stands before the first «Base:»")
    base: str | None = None
    counts = {"Bad": 0, "Good": 0}
    for index, mark in enumerate(marks):
        end = marks[index + 1].start() if index + 1 < len(marks) else len(text)
        fences = [fence.groups() for fence in _FENCE.finditer(text[mark.start() : end])]
        if mark["base"]:
            base = mark["base"]
            if fences:
                raise PageError("a block behind «Base:» belongs to no «Bad:» or «Good:»")
            continue
        counts[mark["kind"]] += 1
        name = f"{mark['kind'].lower()} example {counts[mark['kind']]}"
        kinds = [kind for kind, _ in fences]
        bodies = dict(fences)
        if kinds not in (["diff", "text"], ["diff"], []):
            raise PageError(f"{name} has the blocks {kinds}; it should have a diff and a text block")
        if base is None:
            raise PageError(f"{name} has no «Base:» before it")
        messages = bodies.get("text", "").splitlines()
        if (mark["kind"] == "Bad") != bool(messages):
            raise PageError(f"{name} has {len(messages)} messages; a bad example has some and a good one none")
        yield Example(name, mark["kind"] == "Bad", base, bodies.get("diff", ""), messages)


def changed(text: str, diff: str) -> str:
    """The text with the hunks of a diff applied: whole lines, each hunk at the one place where it fits."""
    lines = text.split("\n")
    for is_gap, group in groupby(diff.splitlines(), lambda line: line == "..."):
        if is_gap:
            continue
        hunk = list(group)
        strange = [line for line in hunk if not line.startswith(("-", "+"))]
        if strange:
            raise PageError(f"the line {strange[0]!r} of a diff begins neither with «-» nor with «+»")
        old = [line[1:] for line in hunk if line.startswith("-")]
        new = [line[1:] for line in hunk if line.startswith("+")]
        places = [start for start in range(len(lines)) if lines[start : start + len(old)] == old]
        if not old or len(places) != 1:
            raise PageError(f"the lines {old} occur {len(places)} times in the base report; they should occur once")
        lines[places[0] : places[0] + len(old)] = new
    return "\n".join(lines)


def page_of(linter: Linter, rule: str) -> str:
    page = linter.packs.page(rule)
    assert page is not None, f"{rule} has no page docs/{rule.partition('/')[2]}.md"
    return page


@cache
def linter_of(preset: str) -> Linter:
    return Linter.from_layers([config.Layer("pages", extends=(preset,))])


def running(linter: Linter, rule: str) -> Linter:
    """The linter that runs a rule: the default one, or that of its pack's preset where only this has the rule."""
    return linter if rule in linter.settings.rules else linter_of(rule.partition("/")[0])


def _within_fence(text: str, place: int) -> bool:
    return any(fence.start() < place < fence.end() for fence in _FENCE.finditer(text))


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_a_page_with_the_fixed_headings(linter: Linter, rule: str) -> None:
    page = page_of(linter, rule)
    lines = page.splitlines()
    assert lines[0] == f"# {rule.partition('/')[2]}", f"{rule}: the page begins with the rule's bare name"
    assert re.fullmatch(r"[\u4e00-\u9fff、，]+", lines[2]), f"{rule}: the Chinese name stands alone under the heading"
    wanted = [heading for heading in HEADINGS if heading != OPTIONS or RULES[rule].options]
    assert list(sections_of(page)) == wanted, f"{rule}: the headings of the page"
    empty = [heading for heading, text in sections_of(page).items() if not text.strip()]
    assert not empty, f"{rule}: nothing stands under {empty}"


@pytest.mark.parametrize("rule", RULES)
def test_the_examples_of_a_page_say_what_it_says(linter: Linter, rule: str) -> None:
    page = page_of(linter, rule)
    try:
        examples = list(examples_of(page))
    except PageError as error:
        pytest.fail(f"{rule}: {error}", pytrace=False)
    assert any(example.bad for example in examples), f"{rule}: the page has no bad example"
    assert not all(example.bad for example in examples), f"{rule}: the page has no good example"
    faults = [fault for example in examples if (fault := _fault(linter, rule, example)) is not None]
    if faults:
        pytest.fail(f"{rule}: the page is wrong\n" + "\n".join(faults), pytrace=False)


def _fault(linter: Linter, rule: str, example: Example) -> str | None:
    """What is wrong with an example, or None."""
    linter = running(linter, rule)
    try:
        base = Draft.from_file(ROOT / example.base, linter)
        draft = Draft(changed(base.text, example.diff), linter, example.base)
    except (PageError, LookupError) as error:
        return f"{example.name}: {error}"
    said = [said.message for said in draft.lint(rule)]
    if said == example.messages:
        return None
    return "\n  ".join([f"{example.name}: the page has", *example.messages, "but the rule says", *said])


@pytest.mark.parametrize("rule", RULES)
def test_the_configuration_that_a_page_shows_is_valid(linter: Linter, rule: str) -> None:
    """Every TOML block can be used, those under «Options» set an option, and the last silences the rule."""
    shown = {
        heading: [body for kind, body in _FENCE.findall(text) if kind == "toml"]
        for heading, text in sections_of(page_of(linter, rule)).items()
    }
    for heading, blocks in shown.items():
        for body in blocks:
            settings = settings_for(linter.packs, [config.layer(tomllib.loads(body), rule, str(ROOT))])
            if heading == OPTIONS:
                assert settings.options.get(rule), f"{rule}: the block under «{OPTIONS}» sets no option of the rule"
    assert len(shown[SILENCE]) == 1, f"{rule}: «{SILENCE}» shows one TOML block"
    settings = settings_for(linter.packs, [config.layer(tomllib.loads(shown[SILENCE][0]), rule, str(ROOT))])
    silenced = [ignore for ignore in settings.ignores if ignore.rules == (rule,) and ignore.paths and ignore.because]
    assert silenced, f"{rule}: «{SILENCE}» shows an [[ignore]] of the rule with path and because"


def test_no_page_is_without_a_rule(linter: Linter) -> None:
    pages = {
        f"{pack.name.removeprefix('reportlint_').replace('_', '-')}/{page.stem}"
        for pack in (ROOT / "rules").iterdir()
        for page in (pack / "docs").glob("*")
    }
    assert pages <= set(linter.packs.rules), f"pages without a rule: {sorted(pages - set(linter.packs.rules))}"
