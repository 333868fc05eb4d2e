import assert from "node:assert/strict";
import { test } from "node:test";

import { answer, atStart, forServer, needsRestart, read } from "../src/settings";

const machine = { platform: "linux", home: "/home/zhang" } as const;

test("what is set is read", () => {
  const values: Record<string, unknown> = {
    path: " /srv/reportlint ",
    config: "x.toml",
    include: ["报告/*.md", " ", 3],
    recogniseTitle: false,
    "inlayHints.sums": false,
    "inlayHints.columns": true,
    "format.layout": "pipe",
    showAccepted: false,
  };
  assert.deepEqual(
    read((key) => values[key]),
    {
      path: "/srv/reportlint",
      config: "x.toml",
      include: ["报告/*.md"],
      recogniseTitle: false,
      sums: false,
      columns: true,
      layout: "pipe",
      showAccepted: false,
    },
  );
});

test("a value of the wrong kind counts as none", () => {
  const values: Record<string, unknown> = {
    path: 3,
    include: "报告/*.md",
    "inlayHints.sums": "yes",
    "format.layout": "wide",
  };
  assert.deepEqual(
    read((key) => values[key]),
    read(() => undefined),
  );
});

test("the server gets its own keys, nested, and full paths", () => {
  const values: Record<string, unknown> = { config: "conf/x.toml", "inlayHints.columns": true, "format.layout": "tab" };
  const settings = forServer(
    read((key) => values[key]),
    ["/office"],
    machine,
  );
  assert.deepEqual(settings, {
    config: "/office/conf/x.toml",
    inlayHints: { sums: true, columns: true },
    format: { layout: "tab" },
    showAccepted: true,
  });
  assert.equal(forServer(read(() => ""), ["/office"], machine).config, null);
  assert.deepEqual(atStart(settings).commands, ["reportlint.accept", "reportlint.openRule"]);
  assert.equal(answer("reportlint", settings), settings);
  assert.equal(answer("editor", settings), undefined);
  assert.equal(answer(undefined, settings), undefined);
});

test("what needs another server", () => {
  const before = read(() => undefined);
  assert.equal(needsRestart(before, before), false);
  assert.equal(needsRestart(before, { ...before, sums: false, config: "x" }), false);
  assert.equal(needsRestart(before, { ...before, path: "x" }), true);
  assert.equal(needsRestart(before, { ...before, include: ["x"] }), true);
});
