import assert from "node:assert/strict";
import { test } from "node:test";

import * as commands from "../src/commands";
import { notFound, notRunning, starting } from "../src/messages";
import { isRule, missing, pathOf, ruleOf } from "../src/pages";
import { environments, interpreter } from "../src/python";
import { Restarts } from "../src/restarts";
import { counted, line } from "../src/status";

const FINDING = { uri: "file:///a.txt", rule: "national/title", place: "title", content: "2024" };

test("what the server's commands are given", () => {
  assert.deepEqual(commands.newReport(" 云溪县水务局 ", "2024"), {
    command: "reportlint.newReport",
    arguments: [{ organisation: "云溪县水务局", year: 2024, form: null }],
  });
  assert.deepEqual(commands.acceptWith({ ...FINDING, other: 1 } as commands.Finding, " 原件如此 "), {
    command: "reportlint.acceptWith",
    arguments: [{ ...FINDING, because: "原件如此" }],
  });
  assert.deepEqual(commands.rulePage("national/title"), {
    command: "reportlint.rulePage",
    arguments: ["national/title"],
  });
});

test("a finding has all its texts", () => {
  assert.equal(commands.isFinding(FINDING), true);
  assert.equal(commands.isFinding({ ...FINDING, place: undefined }), false);
  assert.equal(commands.isFinding({ ...FINDING, content: 3 }), false);
  assert.equal(commands.isFinding({ uri: "file:///a.txt", rule: "national/title", place: "title" }), false);
  assert.equal(commands.isFinding(undefined), false);
  assert.equal(commands.isFinding(null), false);
});

test("years and texts as they are typed", () => {
  const today = new Date(2026, 0, 12);
  assert.equal(commands.likelyYear(today), "2025");
  for (const year of ["2008", "2025", " 2026 "]) {
    assert.equal(commands.yearTrouble(year, today), undefined, year);
  }
  for (const year of ["", "2007", "2027", "25", "2025年", "2025.0", "２０２５"]) {
    assert.equal(commands.yearTrouble(year, today), "年份为四位数字，2008 至 2026", year);
  }
  assert.equal(commands.emptyTrouble(" \t", "理由"), "理由不能为空");
  assert.equal(commands.emptyTrouble("原件如此", "理由"), undefined);
});

test("no command is both the editor's and the server's", () => {
  const server = new Set<string>(Object.values(commands.SERVER_COMMANDS));
  assert.deepEqual(
    Object.values(commands.COMMANDS).filter((each) => server.has(each)),
    [],
  );
});

test("pages of rules", () => {
  assert.equal(ruleOf(pathOf("national/request-balance")), "national/request-balance");
  assert.equal(ruleOf("/national.md"), undefined);
  assert.equal(ruleOf("/../national/title.md"), undefined);
  assert.equal(isRule("national/title"), true);
  assert.equal(isRule("national/title?x"), false);
  assert.equal(isRule(["national/title"]), false);
  assert.match(missing("national/none"), /^# national\/none\n/);
});

test("the status counts what reportlint says", () => {
  const counts = counted([
    { severity: 0, source: "reportlint" },
    { severity: 0, source: "reportlint" },
    { severity: 1, source: "reportlint" },
    { severity: 2, source: "reportlint" },
    { severity: 3, source: "reportlint" },
    { severity: 0, source: "markdownlint" },
    { severity: 0 },
  ]);
  assert.deepEqual(counts, { errors: 2, warnings: 1, advice: 1 });
  const running = { kind: "running", version: "1.2.3", command: "/bin/reportlint" } as const;
  assert.deepEqual(line(running, counts), {
    text: "$(checklist) 2 错误 1 警告 1 建议",
    tooltip: "reportlint 1.2.3：错误 2，警告 1，建议 1\n/bin/reportlint\n点击查看输出",
    look: "plain",
  });
  const none = { errors: 0, warnings: 0, advice: 0 };
  assert.equal(line(running, none).text, "$(check) reportlint");
  assert.equal(line(running, { ...none, advice: 3 }).text, "$(checklist) 3 建议");
});

test("the status says why nothing is checked", () => {
  const none = { errors: 0, warnings: 0, advice: 0 };
  assert.match(line({ kind: "idle" }, none).tooltip, /尚未启动/);
  assert.match(line({ kind: "starting" }, none).text, /loading/);
  assert.deepEqual(line({ kind: "failed", reason: "没有找到" }, none), {
    text: "$(error) reportlint",
    tooltip: "没有找到\n点击查看输出",
    look: "error",
  });
  assert.equal(line({ kind: "restricted" }, none).look, "warning");
});

test("messages name what is meant", () => {
  assert.match(notFound({ kind: "nowhere" }), /python -m pip install "reportlint\[lsp\]"/);
  assert.match(notFound({ kind: "wrong-setting", path: "/x/y" }), /\/x\/y 不存在/);
  const launch = { command: "/x/reportlint", args: ["server"], env: {}, origin: "workspace" } as const;
  assert.equal(starting(launch), "启动 /x/reportlint server（工作区的虚拟环境）");
  assert.equal(notRunning(launch, "缺少 pygls"), "/x/reportlint（工作区的虚拟环境）没有运行起来：缺少 pygls");
  assert.match(notRunning(launch, ""), /见输出$/);
  assert.match(notRunning(launch, "Try `python -h' for more information."), /3\.11 以上$/);
});

test("the Python extension is asked for what it knows", async () => {
  const api = {
    environments: {
      getActiveEnvironmentPath: (folder: unknown) => ({ path: `${String(folder)}/.venv` }),
      resolveEnvironment: ({ path }: { path: string }) =>
        Promise.resolve({ executable: { uri: { fsPath: `${path}/bin/python` } } }),
    },
  };
  const found = environments(api);
  assert.ok(found);
  assert.equal(await interpreter(found, "/office"), "/office/.venv/bin/python");
  assert.equal(await interpreter({ ...found, resolveEnvironment: () => Promise.resolve(undefined) }, ""), undefined);
  const bare = () => Promise.resolve({ executable: {} });
  assert.equal(await interpreter({ ...found, resolveEnvironment: bare }, ""), undefined);
  for (const other of [undefined, null, 3, {}, { environments: null }, { environments: { getActiveEnvironmentPath: 1 } }]) {
    assert.equal(environments(other), undefined);
  }
});

test("a server that ends again and again is given up", () => {
  const restarts = new Restarts();
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((second) => restarts.again(second * 1000)),
    [true, true, true, true, false],
  );
  const slow = new Restarts();
  assert.ok([0, 1, 2, 3, 4, 5, 6, 7].every((minute) => slow.again(minute * 60_000)));
});
