import assert from "node:assert/strict";
import { test } from "node:test";

import { hasTitle, selector } from "../src/reports";
import { examples } from "./files";

test("the example reports have the title of one", () => {
  const found = examples();
  assert.ok(found.length >= 8, String(found.length));
  for (const { name, text } of found) {
    assert.equal(hasTitle(text), true, name);
    assert.equal(hasTitle(`\uFEFF\r\n${text.replaceAll("\n", "\r\n")}`), true, name);
  }
});

const TITLES = [
  "洪山区人民政府\n2023 年政府信息公开工作年度报告\n",
  "2023年度\n青禾镇政府信息公开工作年度报告\n",
  "民安县伯川乡人民政府 2022 年政府信息公开工作 年度报告\n",
  "云溪县水务局2024年政务信息公开年报",
  "云溪县水务局2016年政府信息公开工作报告",
];

for (const title of TITLES) {
  test(`is a title: ${title.trim().replace("\n", " / ")}`, () => {
    assert.equal(hasTitle(title), true);
  });
}

const OTHERS = [
  "",
  "购物清单\n牛奶\n",
  "关于做好2024年政府信息公开工作年度报告编制工作的通知\n",
  "政府信息公开工作年度报告\n",
  "2024年法治政府建设年度报告\n",
  "各单位：\n请把2024年政府信息公开工作年度报告于1月10日前报来。\n",
  "一\n二\n三\n云溪县水务局2024年政府信息公开工作年度报告\n",
  "单位\t2024年政府信息公开工作年度报告\n",
];

for (const text of OTHERS) {
  test(`is none: ${JSON.stringify(text)}`, () => {
    assert.equal(hasTitle(text), false);
  });
}

test("the documents of the server", () => {
  const own = [
    { scheme: "file", language: "ogi-report" },
    { scheme: "untitled", language: "ogi-report" },
  ];
  assert.deepEqual(selector([], ["file:///a"]), own);
  assert.deepEqual(selector(["报告/*.md", "**/*.html", "/srv/*.txt", "D:\\报告\\*.txt"], ["file:///a", "file:///b"]), [
    ...own,
    { scheme: "file", pattern: { baseUri: "file:///a", pattern: "报告/*.md" } },
    { scheme: "file", pattern: { baseUri: "file:///b", pattern: "报告/*.md" } },
    { scheme: "file", pattern: "**/*.html" },
    { scheme: "file", pattern: "/srv/*.txt" },
    { scheme: "file", pattern: "D:/报告/*.txt" },
  ]);
  assert.deepEqual(selector(["*.md"], []).slice(2), [{ scheme: "file", pattern: "**/*.md" }]);
});
