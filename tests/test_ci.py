"""The GitHub action and the GitLab template: their scripts run as a runner would run them, and what checkers say."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from reportlint import __version__

from .index import require_index

ROOT = Path(__file__).parents[1]
ACTION = ROOT / ".github" / "actions" / "reportlint" / "action.yml"
WORKFLOW = ROOT / "examples" / "ci" / "github" / "reportlint.yml"
GITLAB = ROOT / "examples" / "ci" / "gitlab" / "reportlint.gitlab-ci.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"
HOOK_IDS = ["reportlint", "reportlint-fix", "reportlint-set"]
REPORTS = ROOT / "examples" / "reports"
COMPLIANT, FAULTY = REPORTS / "qinghe-town-2024.txt", REPORTS / "yunxi-water-2024-faulty.txt"
PATIENCE = 300
"""Seconds that a process may take on a busy machine before a test gives it up."""

action = yaml.safe_load(ACTION.read_text("utf-8"))
template = yaml.safe_load(GITLAB.read_text("utf-8"))
STEPS: dict[str, dict[str, Any]] = {step.get("name", step.get("id")): step for step in action["runs"]["steps"]}
_EXPRESSION = re.compile(r"\$\{\{ (inputs|steps)\.([\w.-]+) \}\}")

bash = pytest.mark.skipif(
    os.name != "posix" or shutil.which("bash") is None, reason="the scripts are run by the bash of a POSIX system"
)


class Outcome(NamedTuple):
    status: int
    out: str
    files: Mapping[str, str]
    """What the step wrote into GITHUB_OUTPUT and GITHUB_STEP_SUMMARY."""
    arguments: list[str]
    """What the stand-in for reportlint was called with."""


class Runner:
    """What a runner of GitHub does with the steps of the action that are scripts."""

    def __init__(self, folder: Path) -> None:
        self.temporary = folder / "runner temp"
        self.programs = self.temporary / "reportlint" / "bin"
        self.workspace = folder / "workspace"
        self.programs.mkdir(parents=True)
        self.workspace.mkdir()

    def program(self, name: str, *lines: str) -> None:
        path = self.programs / name
        path.write_text("\n".join(["#!/bin/sh", *lines, ""]), "utf-8")
        path.chmod(0o755)

    def real(self) -> None:
        """Have reportlint itself, as the first step installs it."""
        self.program("reportlint", f'exec {shlex.quote(sys.executable)} -m reportlint "$@"')

    def stand_in(self, status: int, summary: str | None = None) -> None:
        """Have a program that notes what it is called with and ends with a status."""
        self.program(
            "reportlint",
            'printf "%s\\0" "$@" >"$RUNNER_TEMP/arguments"',
            *([] if summary is None else [f'cp {shlex.quote(summary)} "$RUNNER_TEMP/reportlint.md"']),
            f"exit {status}",
        )

    def run(self, step: str, *, outputs: Mapping[str, str] | None = None, **inputs: str) -> Outcome:
        """Run a step; `inputs` are what a workflow gives, `outputs` those of earlier steps."""
        known = {name: declared["default"] for name, declared in action["inputs"].items()} | inputs
        values = {f"inputs.{name}": value for name, value in known.items()}
        values |= {f"steps.{name}": value for name, value in (outputs or {}).items()}
        env = {
            name: _EXPRESSION.sub(lambda match: values[f"{match[1]}.{match[2]}"], value)
            for name, value in STEPS[step].get("env", {}).items()
        }
        written = {name: self.temporary / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for path in written.values():
            path.write_text("", "utf-8")
        noted = self.temporary / "arguments"
        noted.unlink(missing_ok=True)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("REPORTLINT_", "GITHUB_"))}
        done = subprocess.run(
            # As the documentation of GitHub gives it for `shell: bash`.
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS[step]["run"]],
            cwd=self.workspace,
            env=kept
            | {"RUNNER_TEMP": str(self.temporary), "GITHUB_ACTION_PATH": str(ACTION.parent)}
            | {"REPORTLINT_CACHE_DIR": str(self.temporary / "cache")}
            | {name: str(path) for name, path in written.items()}
            | env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=PATIENCE,
            check=False,
        )
        return Outcome(
            done.returncode,
            done.stdout.decode("utf-8"),
            {name: path.read_text("utf-8") for name, path in written.items()},
            noted.read_text("utf-8").split("\0")[:-1] if noted.exists() else [],
        )


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


# The action


def test_no_script_has_an_expression_in_its_text() -> None:
    for step in STEPS.values():
        assert "${{" not in step.get("run", "")


def test_every_input_is_used_and_every_one_used_is_declared() -> None:
    text = ACTION.read_text("utf-8").partition("\nruns:")[2]
    assert set(re.findall(r"inputs\.([\w-]+)", text)) == set(action["inputs"])


def test_what_is_found_is_uploaded_before_the_action_fails() -> None:
    names = list(STEPS)
    assert names.index("检查") < names.index("上传 SARIF") < names.index("结果")


@bash
@pytest.mark.parametrize("status", [0, 1, 2, 130])
def test_the_status_is_kept_until_the_last_step(runner: Runner, status: int) -> None:
    runner.stand_in(status)
    outcome = runner.run("检查")
    assert outcome.status == 0
    assert outcome.files["GITHUB_OUTPUT"] == f"status={status}\n"
    assert ("::error title=reportlint::没有能按要求检查" in outcome.out) == (status > 1)
    assert runner.run("结果", outputs={"check.outputs.status": str(status)}).status == status


def behind_the_outputs(arguments: list[str]) -> list[str]:
    assert arguments[:3] == ["check", "--output", "github"]
    assert [argument.partition("=")[0] for argument in arguments[3:7]] == ["--output", "sarif", "--output", "markdown"]
    return arguments[7:]


@bash
def test_inputs_are_taken_as_they_are(runner: Runner) -> None:
    runner.stand_in(0)
    (runner.workspace / "a.txt").touch()
    paths = "年报 2024\n$(touch hacked)\n\n*.txt\n-x; touch hacked\n"
    args = " --select  national\n--fail-on\terror $(touch\thacked) *.txt `touch` "
    outcome = runner.run("检查", paths=paths, args=args, config="a b.toml")
    assert behind_the_outputs(outcome.arguments) == [
        *("--config", "a b.toml"),
        *("--select", "national", "--fail-on", "error", "$(touch", "hacked)", "*.txt", "`touch`"),
        *("--", "年报 2024", "$(touch hacked)", "*.txt", "-x; touch hacked"),
    ]
    assert not (runner.workspace / "hacked").exists()


@bash
def test_without_inputs_the_folder_is_checked(runner: Runner) -> None:
    runner.stand_in(0)
    assert behind_the_outputs(runner.run("检查").arguments) == ["--", "."]
    assert behind_the_outputs(runner.run("检查", paths="").arguments) == ["--", "."]


@bash
@pytest.mark.parametrize("version", ["--index-url=x", "0.1; touch hacked", "latest", "0.1 0.2"])
def test_a_version_that_is_none_is_refused(runner: Runner, version: str) -> None:
    outcome = runner.run("安装 reportlint", outputs={"python.outputs.python-path": "/nowhere/python"}, version=version)
    assert (outcome.status, outcome.out) == (2, "::error title=reportlint::version 应为版本号，如 0.1.0\n")


@bash
@pytest.mark.parametrize(
    ("inputs", "wanted"),
    [
        ({}, [f"{ACTION.parent}/../../..[all]"]),
        ({"version": "0.1.0"}, ["reportlint[all]==0.1.0"]),
        (
            {"version": "0.1.0", "packs": "./rules/my pack\n\n-x $(id)"},
            ["reportlint[all]==0.1.0", "./rules/my pack", "-x $(id)"],
        ),
    ],
)
def test_what_is_installed(runner: Runner, inputs: dict[str, str], wanted: list[str]) -> None:
    # It stands for the python that makes the environment and for the one in it.
    runner.program("python", 'printf "%s\\0" "$@" >"$RUNNER_TEMP/arguments"')
    runner.program("reportlint", "echo reportlint 0.1.0")
    python = str(runner.programs / "python")
    outcome = runner.run("安装 reportlint", outputs={"python.outputs.python-path": python}, **inputs)
    assert (outcome.status, outcome.out) == (0, "reportlint 0.1.0\n")
    assert outcome.arguments[:3] == ["-m", "pip", "install"]
    assert outcome.arguments[outcome.arguments.index("--") + 1 :] == wanted
    assert (ACTION.parent / ".." / ".." / ".." / "pyproject.toml").is_file()


@bash
def test_a_summary_that_github_would_drop_is_cut_at_a_line_and_said_to_be(runner: Runner, tmp_path: Path) -> None:
    line = "一" * 300 + "\n"
    (tmp_path / "long.md").write_text(line * 2000, "utf-8")
    runner.stand_in(1, str(tmp_path / "long.md"))
    summary = runner.run("检查").files["GITHUB_STEP_SUMMARY"]
    assert len(summary.encode("utf-8")) < 1024 * 1024
    whole, _, rest = summary.rpartition(line)
    assert whole.replace(line, "") == ""
    assert rest == "\n（摘要太长，后面的从略；全部结果见日志。）\n"
    assert runner.run("检查", summary="false").files["GITHUB_STEP_SUMMARY"] == ""


@bash
def test_what_reportlint_finds_is_marked_summed_up_and_made_a_sarif_file(runner: Runner) -> None:
    runner.real()
    shutil.copy(FAULTY, runner.workspace / "年报 2024.txt")
    outcome = runner.run("检查")
    lines = outcome.files["GITHUB_OUTPUT"].splitlines()
    assert lines[0] == "status=1"
    assert lines[1] == f"sarif-file={runner.temporary / 'reportlint.sarif'}"
    sarif = json.loads((runner.temporary / "reportlint.sarif").read_text("utf-8"))
    found = [result["ruleId"] for result in sarif["runs"][0]["results"]]
    assert "national/request-balance" in found
    marks = [line for line in outcome.out.splitlines() if re.match("::(error|warning|notice) ", line)]
    assert len(marks) == len(found)
    assert "年报 2024.txt" in outcome.files["GITHUB_STEP_SUMMARY"]


@bash
def test_of_a_report_without_findings_nothing_is_marked(runner: Runner) -> None:
    runner.real()
    shutil.copy(COMPLIANT, runner.workspace / "年报.txt")
    outcome = runner.run("检查")
    assert outcome.files["GITHUB_OUTPUT"].splitlines()[0] == "status=0"
    assert not any(line.startswith("::") for line in outcome.out.splitlines())


@bash
def test_what_could_not_be_done_leaves_no_file_of_an_earlier_run(runner: Runner) -> None:
    runner.real()
    shutil.copy(COMPLIANT, runner.workspace / "年报.txt")
    assert "sarif-file=" in runner.run("检查").files["GITHUB_OUTPUT"]
    outcome = runner.run("检查", config="missing.toml")
    assert outcome.files["GITHUB_OUTPUT"] == "status=2\n"
    assert outcome.files["GITHUB_STEP_SUMMARY"] == ""
    assert "没有配置文件 missing.toml" in outcome.out


@bash
def test_the_steps_one_after_the_other(runner: Runner) -> None:
    require_index(runner.temporary)
    outcome = runner.run("安装 reportlint", outputs={"python.outputs.python-path": sys.executable})
    assert outcome.status == 0
    assert outcome.out.endswith(f"reportlint {__version__}\n")
    shutil.copy(FAULTY, runner.workspace / "年报.txt")
    outcome = runner.run("检查", paths="年报.txt")
    assert outcome.files["GITHUB_OUTPUT"].startswith("status=1\n")
    assert "national/request-balance" in (runner.temporary / "reportlint.sarif").read_text("utf-8")


# The GitLab template


def gitlab(folder: Path, shell: str, programs: Path, **variables: str) -> tuple[int, str]:
    """Run the job's script, as a runner does: its lines one after the other until one fails."""
    job = template["reportlint"]
    project = folder / "project"
    project.mkdir(exist_ok=True)
    env = {**os.environ, **template["variables"], **job["variables"], **variables}
    env = {name: value.replace("$CI_PROJECT_DIR", str(project)) for name, value in env.items()}
    done = subprocess.run(
        [shell, "-e", "-c", "\n".join(job["script"])],
        cwd=project,
        env={**env, "PATH": f"{programs}:{env['PATH']}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=PATIENCE,
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8")


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder in which pip is a stand-in that says what it is called with."""
    folder = tmp_path / "programs"
    folder.mkdir()
    (folder / "pip").write_text('#!/bin/sh\nprintf "[%s]" pip "$@"\necho\n', "utf-8")
    (folder / "pip").chmod(0o755)
    return folder


def put(path: Path, *lines: str) -> None:
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]), "utf-8")
    path.chmod(0o755)


@bash
@pytest.mark.parametrize("shell", ["sh", "bash"])
@pytest.mark.parametrize("status", [0, 1, 2])
def test_the_job_of_gitlab_ends_as_reportlint_does(tmp_path: Path, programs: Path, shell: str, status: int) -> None:
    put(programs / "reportlint", 'printf "[%s]" "$@"', "echo", f"exit {status}")
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "a.txt").touch()
    install = "reportlint==0.1.0 ./pack $(id)"
    variables = {"REPORTLINT_INSTALL": install, "REPORTLINT_PATHS": "镇 县 *.txt", "REPORTLINT_ARGS": "--fail-on error"}
    ended, out = gitlab(tmp_path, shell, programs, **variables)
    installed, checked = out.splitlines()
    assert ended == status
    assert installed == "[pip][install][--quiet][--root-user-action=ignore][reportlint==0.1.0][./pack][$(id)]"
    assert checked.endswith("[--fail-on][error][--][镇][县][*.txt]")


@bash
def test_the_artifacts_of_gitlab_are_made_also_where_something_is_found(tmp_path: Path, programs: Path) -> None:
    put(programs / "reportlint", f'exec {shlex.quote(sys.executable)} -m reportlint "$@"')
    (tmp_path / "project").mkdir()
    shutil.copy(FAULTY, tmp_path / "project" / "年报.txt")
    ended, out = gitlab(tmp_path, "sh", programs)
    assert ended == 1
    assert "national/request-balance" in out
    job = template["reportlint"]
    quality = json.loads((tmp_path / "project" / job["artifacts"]["reports"]["codequality"]).read_text("utf-8"))
    assert {entry["location"]["path"] for entry in quality} == {"年报.txt"}
    assert (tmp_path / "project" / job["artifacts"]["reports"]["junit"]).is_file()
    assert (tmp_path / "project" / ".cache" / "reportlint").is_dir()


def test_what_gitlab_keeps_is_what_is_written() -> None:
    job = template["reportlint"]
    script = "\n".join(job["script"])
    reports = job["artifacts"]["reports"]
    assert f"--output gitlab={reports['codequality']} " in script
    assert f"--output junit={reports['junit']}" in script
    assert job["artifacts"]["paths"] == list(reports.values())
    assert job["artifacts"]["when"] == "always"


# What checkers say


def checker(name: str, *arguments: str | Path, stdin: str | None = None) -> None:
    """Run a checker of the extra `ci`; it must find nothing."""
    program = shutil.which(name, path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
    if program is None:
        pytest.skip(f"{name} is not installed; the extra ci has it")
    done = subprocess.run(
        [program, *arguments],
        input=stdin,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("vendor.github-actions", ACTION),
        ("vendor.github-workflows", WORKFLOW),
        ("vendor.gitlab-ci", GITLAB),
    ],
    ids=["action", "workflow", "gitlab"],
)
def test_files_hold_to_their_schema(schema: str, file: Path) -> None:
    transform = ["--data-transform", "gitlab-ci"] if file is GITLAB else []
    checker("check-jsonschema", "--builtin-schema", schema, *transform, file)


def test_the_hooks_hold_to_the_schema_of_pre_commit() -> None:
    clientlib = pytest.importorskip("pre_commit.clientlib", reason="pre-commit is not installed")
    assert [hook["id"] for hook in clientlib.load_manifest(str(HOOKS))] == HOOK_IDS


def test_the_action_and_the_workflow_are_safe() -> None:
    checker(
        "zizmor",
        "--offline",
        "--no-progress",
        "--persona",
        "pedantic",
        "--config",
        ".github/zizmor.yml",
        ACTION,
        WORKFLOW,
    )


@pytest.mark.parametrize("step", [name for name, step in STEPS.items() if "run" in step])
def test_the_scripts_of_the_action_are_sound(step: str) -> None:
    # SC2153: variables of the environment and those of the script differ in case only, and are meant to.
    checker("shellcheck", "--shell=bash", "--exclude=SC2153", "-", stdin=STEPS[step]["run"])


def test_the_script_of_gitlab_is_sound() -> None:
    # SC2086: the variables of several words are meant to be split.
    checker("shellcheck", "--shell=sh", "--exclude=SC2086", "-", stdin="\n".join(template["reportlint"]["script"]))
