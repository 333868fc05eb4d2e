"""The published schemas: made from the code, and neither wider nor narrower than what is written and read."""

from __future__ import annotations

import json
import os
import re
import runpy
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import tomli

from reportlint import ConfigError, Linter, Severity, Source, Span, accepted, baseline, schema
from reportlint.acceptance import State, Verdict, listing, writer
from reportlint.acceptance.claims import ACCEPTED, IGNORE, Claim
from reportlint.accepted import Entry
from reportlint.baseline import Baseline, Known
from reportlint.cli import main
from reportlint.formats import json as programs
from reportlint.testing import Draft, command
from reportlint.testing.cases import CaseCheck
from reportlint.testing.mutants import KINDS, Mutant
from reportlint.testing.mutants.score import Claimed, Mutation, Outcome, Score
from reportlint.testing.pages import PageCheck
from reportlint.testing.suite import PackCheck

from . import papers
from .made import diagnostic
from .validators import at, plain, published, refuses_changes, unused

Json = dict[str, Any]


@pytest.mark.parametrize("name", schema.SUBJECTS)
def test_the_published_schemas_are_those_of_the_code(name: str) -> None:
    made = schema.generated()
    assert list(made) == list(schema.SUBJECTS)
    jsonschema.Draft202012Validator.check_schema(made[name])
    assert schema.published(name) == schema.text(made[name]), "python -m reportlint.schema writes them"


def test_one_command_publishes_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = sorted(os.listdir(schema.FOLDER))
    assert kept == sorted(map(schema.file_name, schema.SUBJECTS))
    monkeypatch.setattr(schema, "FOLDER", str(tmp_path))
    runpy.run_module("reportlint.schema", run_name="__main__")
    assert sorted(os.listdir(tmp_path)) == kept
    for name in schema.SUBJECTS:
        assert (tmp_path / schema.file_name(name)).read_bytes().decode() == schema.published(name)


def test_the_documentation_has_them_all() -> None:
    page = (Path(__file__).parent.parent / "docs" / "outputs.md").read_text("utf-8")
    named = re.findall(r"^\| \[`(\w+)`\]\(\.\./src/reportlint/schemas/(\S+)\) \| .*`", page, re.MULTILINE)
    assert named == [(name, schema.file_name(name)) for name in schema.SUBJECTS]


# Outputs


def test_the_list_of_entries() -> None:
    now = diagnostic(Source("甲", "a.txt"), "甲")._replace(content="4")
    whole = Entry("national/request-balance", "a.txt", "requests/received/total", "3", "理由", "李某", "2027-12-31")
    bare = Entry("national/title", "units/*", "", None, "理由")
    verdicts = [Verdict(Claim(whole, ACCEPTED, f"reportlint.accepted.toml:{state.value}"), state) for state in State]
    verdicts += [
        Verdict(Claim(whole, ACCEPTED, "a/reportlint.accepted.toml:3"), State.VOID, now),
        Verdict(Claim(bare, IGNORE, "reportlint.toml"), State.HOLDS),
    ]
    document = listing.document(verdicts)
    assert unused(published("acceptances"), document) == []
    assert refuses_changes(published("acceptances"), document) == 2 + 13 * len(verdicts)
    where = [(each["file"], each["line"], each["content_now"]) for each in document["entries"][-2:]]
    assert where == [("a/reportlint.accepted.toml", 3, "4"), ("reportlint.toml", None, None)]


CONFIGURATION = """\
select = ["national", "text", "shanghai"]
forms = ["annual-2021"]
mandatory = ["request-balance"]

[options]
"shanghai/request-shares".at_least = 10
"overview-aspects".governments_only = false

[[ignore]]
rules = ["title", "zero-filing"]
path = "*.txt"
because = "理由"
"""


def test_the_settings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "reportlint.toml").write_text(CONFIGURATION, encoding="utf-8")
    (tmp_path / "a.txt").write_text("", encoding="utf-8")
    assert main(["config", "--output-format", "json", str(tmp_path / "a.txt")]) == 0
    document = json.loads(capsys.readouterr().out)
    assert unused(published("settings"), document) == []
    assert refuses_changes(published("settings"), document, lambda path: path[:1] == ("values",) and path[1] > 9) > 20
    assert document["not_run"] == ["national/title", "national/zero-filing"]


def test_the_tests_of_packs() -> None:
    rules = ("demo/a", "demo/b")
    mutants = [Mutant(kind, frozenset({"title"}), 1, "少了标题", "") for kind in KINDS]
    outcomes = [Outcome("a.txt", mutant, rules[:1], None, ()) for mutant in mutants]
    outcomes.append(Outcome("a.txt", mutants[0], (), None, (Claimed(mutants[0].kind, None, rules),)))
    outcomes.append(Outcome("a.txt", mutants[0], (), "与原文相同", ()))
    alarm = diagnostic(Source("甲", "a.txt"), "甲", severity=Severity.ADVICE)
    mutation = Mutation(["a.txt"], outcomes, {"demo/a": Score(1, 0, 0)}, [alarm], [alarm], ["没有这样的植错"])
    pages, cases = [PageCheck("demo/a", 2, ["少了一节"])], [CaseCheck("a.txt", ["多出"])]
    checks = [PackCheck("demo", 2, pages, cases, ["docs/c.md"], mutation), PackCheck("bare", 1, [], [], [], None)]
    document = json.loads(command.as_json(checks))
    assert unused(published("test"), document) == []

    def free(path: tuple[Any, ...]) -> bool:
        """Scores are by any name; of the outcomes one will do."""
        return path[-1:] == ("scores",) or (path[-2:-1] == ("outcomes",) and path[-1] > 0)

    assert refuses_changes(published("test"), document, free) == 3 + 2 * 7 + 3 + 2 + 6 + 9 + 3 + 7
    scores = at(document, ("packs", 0, "mutants", "scores"))
    assert scores == {"demo/a": {"claimed": 1, "caught": 0, "by_itself": 0}}
    assert not published("test").is_valid({**document, "packs": [{**document["packs"][0], "mutants": {}}]})


def test_what_a_report_says() -> None:
    linter = Linter.from_layers([])
    whole = Draft.compliant("county", linter=linter).put(("requests", "received", "business"), "").report
    bare = linter.read(
        Source("二、主动公开政府信息情况\n2023年收到申请13900001234件，上年5件。未发生行政复议。\n", "b.txt")
    )
    start = bare.source.text.index("139")
    documents = [json.loads(programs.extract(whole))]
    documents.append(json.loads(programs.extract(bare, [Span(start, start + 11)])))
    for name in ("a.leaf", "b.paper"):
        documents.append(json.loads(programs.extract(papers.linter().read(papers.source(papers.FAULTY, name)))))
    # No made-up document has a place of which a part is a text.
    assert unused(published("extract"), *documents) == ["/cells/*/*/*/parts/*|1", "origin:/parts/*|1"]

    def free(path: tuple[Any, ...]) -> bool:
        return path[:1] == ("tables",) or path[-1:] == ("parts",) or (path[:1] == ("cells",) and len(path) < 4)

    for document in documents[:3]:
        assert refuses_changes(published("extract"), document, free) > 9
    for wrong in ({"disclosure": []}, {"disclosure": {"regulations": 1}}, {"disclosure": {"regulations": {"a": "1"}}}):
        assert not published("extract").is_valid({**documents[0], "tables": wrong})


# Files


def judged(data: str) -> bool:
    """Whether the code takes the text for a file of what is accepted."""
    try:
        accepted.parse(data.encode(), "a.toml")
    except ConfigError:
        return False
    return True


ENTRY = {
    "rule": '"national/title"',
    "report": '"a.txt"',
    "place": '"一、"',
    "content": '"甲"',
    "because": '"理由"',
    "by": '"李某"',
    "until": "2027-12-31",
}


def entry(**values: str | None) -> str:
    pairs = {**ENTRY, **values}
    return "[[accepted]]\n" + "".join(f"{key} = {value}\n" for key, value in pairs.items() if value is not None)


FILES = {
    "": True,
    "accepted = []": True,
    entry(): True,
    entry(by=None, until=None): True,
    entry() + entry(report='"b.txt"'): True,
    **{entry(**{key: None}): key in ("by", "until") for key in ENTRY},
    entry(more='"x"'): False,
    entry() + "[[more]]": False,
    "more = 1": False,
    "accepted = 1": False,
    "[accepted]": False,
    entry(content='""'): True,
    entry(rule='"title"'): False,
    entry(rule='"/title"'): False,
    entry(rule='"national/"'): False,
    entry(rule='"reportlint/not-a-report"'): False,
    entry(rule='"reportlints/a"'): True,
    entry(rule='"a/b/c"'): True,
    entry(report='"/a.txt"'): False,
    entry(report='"../a.txt"'): False,
    entry(report='"./../a.txt"'): False,
    entry(report='".//../a.txt"'): False,
    entry(report='".."'): False,
    entry(report='"."'): False,
    entry(report='"./."'): False,
    entry(report='"././"'): False,
    entry(report='"./a.txt"'): True,
    entry(report='"..a.txt"'): True,
    entry(report='".a/b.txt"'): True,
    entry(report='"单位/甲 2024.txt"'): True,
    entry(until='"2027-12-31"'): True,
    entry(until='"2027-02-30"'): False,
    entry(until='"2027-2-3"'): False,
    entry(until='"20270203"'): False,
    entry(until='"年底"'): False,
    entry(until="2027-12-31T08:00:00"): False,
}
FILES |= {entry(**{key: value}): False for key in ENTRY for value in ("1", "true", "[]", "{}", '["a"]')}
FILES |= {entry(**{key: value}): False for key in ENTRY if key != "content" for value in ('""', '" "', '"　\\n"')}


@pytest.mark.parametrize(("data", "good"), FILES.items(), ids=range(len(FILES)))
def test_schema_and_code_judge_a_file_of_what_is_accepted_alike(data: str, good: bool) -> None:
    assert judged(data) is good
    assert published("accepted").is_valid(plain(tomli.loads(data))) is good


def test_what_is_written_of_an_entry_is_by_its_schema() -> None:
    whole = Entry("national/title", "a.txt", "一、", "甲", "理由", "李某", "2027-12-31")
    document = plain(tomli.loads(writer.with_entries(None, [whole]).decode()))
    assert unused(published("accepted"), document) == []
    by, until = ({**document["accepted"][0]} for _ in range(2))
    del by["by"], until["until"]
    assert published("accepted").is_valid({"accepted": [by, until]})
    assert not published("accepted").is_valid({"accepted": [{**by, "more": 1}]})


def test_what_a_schema_cannot_say_the_code_refuses() -> None:
    for data in (entry() + entry(), entry(report='"a/../../b.txt"'), f"accepted = [{{{entry_inline()}}}]"):
        assert not judged(data)
        assert published("accepted").is_valid(plain(tomli.loads(data)))


def entry_inline() -> str:
    return ", ".join(f"{key} = {value}" for key, value in ENTRY.items())


KNOWN = Known("a.txt", "national/title", "一、", "甲")


def test_the_baseline() -> None:
    document = json.loads(baseline.dump(Baseline([KNOWN, KNOWN._replace(report="b.txt", content="")])))
    assert unused(published("baseline"), document) == []
    assert refuses_changes(published("baseline"), document) == 2 + 2 * 4


BASELINES: list[Any] = [
    {"schema_version": 1, "entries": []},
    {"schema_version": 1, "entries": [KNOWN._asdict()]},
    {"schema_version": 1, "entries": [KNOWN._asdict(), KNOWN._asdict()]},
    {"schema_version": 1, "entries": [dict.fromkeys(Known._fields, "")]},
    {"schema_version": 2, "entries": []},
    {"schema_version": "1", "entries": []},
    {"schema_version": True, "entries": []},
    {"schema_version": 1},
    {"entries": []},
    {"schema_version": 1, "entries": [], "more": 1},
    {"schema_version": 1, "entries": {}},
    {"schema_version": 1, "entries": [1]},
    {"schema_version": 1, "entries": [{}]},
    {"schema_version": 1, "entries": [{**KNOWN._asdict(), "more": ""}]},
    *({"schema_version": 1, "entries": [{**KNOWN._asdict(), key: 1}]} for key in Known._fields),
    *({"schema_version": 1, "entries": [{**KNOWN._asdict(), key: None}]} for key in Known._fields),
    [],
    1,
]


@pytest.mark.parametrize("number", range(len(BASELINES)))
def test_schema_and_code_judge_a_baseline_alike(number: int) -> None:
    good = number < 4
    assert published("baseline").is_valid(BASELINES[number]) is good
    if good:
        baseline.parse(json.dumps(BASELINES[number]).encode(), "b.json")
    else:
        with pytest.raises(ConfigError):
            baseline.parse(json.dumps(BASELINES[number]).encode(), "b.json")
