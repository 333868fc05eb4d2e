import assert from "node:assert/strict";
import { test } from "node:test";

import { expanded, find, type Machine, type Places } from "../src/discovery";

function unix(...files: string[]): Machine {
  return { platform: "linux", home: "/home/zhang", searchPath: "/usr/bin:relative:/opt/bin", isFile: has(files) };
}

function windows(...files: string[]): Machine {
  return {
    platform: "win32",
    home: "C:\\Users\\张三",
    searchPath: '"C:\\Program Files\\Python";.;C:\\Tools',
    isFile: has(files),
  };
}

function has(files: string[]): (file: string) => boolean {
  return (file) => files.includes(file);
}

const NOTHING: Places = { setting: "", folders: ["/office/报告"], interpreter: undefined, bundled: "/ext/bundled" };

function command(places: Partial<Places>, machine: Machine): [string, string] | string {
  const search = find({ ...NOTHING, ...places }, machine);
  return search.kind === "found" ? [search.launch.origin, search.launch.command] : search.kind;
}

const VENV = "/office/报告/.venv/bin/reportlint";
const PATH = "/opt/bin/reportlint";
const MAIN = "/ext/bundled/libs/reportlint/__main__.py";

test("the places are asked in their order", () => {
  const all = ["/conda/bin/reportlint", VENV, "/office/报告/venv/bin/reportlint", PATH, MAIN, "/usr/bin/python3"];
  const interpreter = "/conda/bin/python";
  assert.deepEqual(command({ interpreter }, unix(...all)), ["interpreter", "/conda/bin/reportlint"]);
  assert.deepEqual(command({ interpreter }, unix(...all.slice(1))), ["workspace", VENV]);
  assert.deepEqual(command({}, unix(...all.slice(2))), ["workspace", "/office/报告/venv/bin/reportlint"]);
  assert.deepEqual(command({}, unix(...all.slice(3))), ["path", PATH]);
  assert.deepEqual(command({}, unix(...all.slice(4))), ["bundled", "/usr/bin/python3"]);
  assert.equal(command({}, unix("/usr/bin/python3")), "nowhere");
  assert.equal(command({}, unix(MAIN)), "nowhere");
});

test("each folder of the workspace may have an environment", () => {
  assert.deepEqual(command({ folders: ["/a", "/b"] }, unix("/b/venv/bin/reportlint")), [
    "workspace",
    "/b/venv/bin/reportlint",
  ]);
});

test("a setting is taken, and nothing instead of it", () => {
  assert.deepEqual(command({ setting: "/srv/reportlint" }, unix("/srv/reportlint", VENV)), ["setting", "/srv/reportlint"]);
  assert.deepEqual(command({ setting: "~/bin/reportlint" }, unix("/home/zhang/bin/reportlint")), [
    "setting",
    "/home/zhang/bin/reportlint",
  ]);
  assert.deepEqual(command({ setting: "reportlint" }, unix(PATH, VENV)), ["setting", PATH]);
  const wrong = find({ ...NOTHING, setting: "env/bin/reportlint" }, unix(VENV));
  assert.deepEqual(wrong, { kind: "wrong-setting", path: "/office/报告/env/bin/reportlint" });
  assert.deepEqual(find({ ...NOTHING, setting: "lint" }, unix(VENV)), { kind: "wrong-setting", path: "lint" });
});

test("a setting may name a Python", () => {
  for (const python of ["/usr/bin/python3.12", "/usr/bin/python", "/usr/bin/pypy3"]) {
    const search = find({ ...NOTHING, setting: python }, unix(python));
    assert.equal(search.kind, "found");
    assert.deepEqual(search.launch.args, ["-P", "-m", "reportlint", "server"]);
  }
  const program = find({ ...NOTHING, setting: "/usr/bin/python-reportlint" }, unix("/usr/bin/python-reportlint"));
  assert.equal(program.kind, "found");
  assert.deepEqual(program.launch.args, ["server"]);
});

test("a relative entry of the search path is no place", () => {
  assert.equal(command({}, unix("relative/reportlint")), "nowhere");
  assert.equal(command({}, windows(".\\reportlint.exe", "reportlint.exe")), "nowhere");
});

test("Windows has other names and folders", () => {
  const folders = ["D:\\报告"];
  const interpreter = "C:\\Python312\\python.exe";
  const venv = "D:\\报告\\.venv\\Scripts\\reportlint.exe";
  assert.deepEqual(command({ folders }, windows(venv)), ["workspace", venv]);
  assert.deepEqual(command({ folders, interpreter }, windows(venv, "C:\\Python312\\Scripts\\reportlint.exe")), [
    "interpreter",
    "C:\\Python312\\Scripts\\reportlint.exe",
  ]);
  assert.deepEqual(command({ folders }, windows("C:\\Program Files\\Python\\reportlint.exe")), [
    "path",
    "C:\\Program Files\\Python\\reportlint.exe",
  ]);
  assert.deepEqual(command({ folders, setting: "D:\\tools\\reportlint" }, windows("D:\\tools\\reportlint.exe")), [
    "setting",
    "D:\\tools\\reportlint.exe",
  ]);
  assert.deepEqual(command({ folders, setting: "reportlint.exe" }, windows("C:\\Tools\\reportlint.exe")), [
    "setting",
    "C:\\Tools\\reportlint.exe",
  ]);
  const python = find({ ...NOTHING, folders, setting: interpreter }, windows(interpreter));
  assert.equal(python.kind, "found");
  assert.equal(python.launch.args[2], "reportlint");
});

test("a bundled server runs by its own files", () => {
  const search = find({ ...NOTHING, interpreter: "/conda/bin/python" }, unix(MAIN));
  assert.deepEqual(search, {
    kind: "found",
    launch: {
      command: "/conda/bin/python",
      args: ["-P", "-m", "reportlint", "server"],
      env: { PYTHONUTF8: "1", PYTHONPATH: "/ext/bundled/libs" },
      origin: "bundled",
    },
  });
});

test("paths as they are written", () => {
  const machine = unix();
  const folders = ["/office/报告", "/other"];
  assert.equal(expanded("${workspaceFolder}/x.toml", folders, machine), "/office/报告/x.toml");
  assert.equal(expanded("~", folders, machine), "/home/zhang");
  assert.equal(expanded("~/x.toml", folders, machine), "/home/zhang/x.toml");
  assert.equal(expanded("${userHome}/x.toml", folders, machine), "/home/zhang/x.toml");
  assert.equal(expanded("~x.toml", folders, machine), "/office/报告/~x.toml");
  assert.equal(expanded("../x.toml", folders, machine), "/office/x.toml");
  assert.equal(expanded("/x.toml", folders, machine), "/x.toml");
  assert.equal(expanded("x.toml", [], machine), "x.toml");
  assert.equal(expanded("conf\\x.toml", ["D:\\报告"], windows()), "D:\\报告\\conf\\x.toml");
});
