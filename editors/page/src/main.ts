/** The page: a text on the left, what is found in it on the right. */

import { Checking } from "./checking";
import { dialogs } from "./dialogs";
import { edit } from "./editor";
import { find } from "./element";
import { Files } from "./files";
import { List } from "./list";
import { tell, warn } from "./notes";

let list: List | null = null;
const checking = new Checking(() => list?.show());
const view = edit(find("text", HTMLElement), checking);
list = new List(view, checking);
const files = new Files(view, checking);
dialogs(checking, files);

find("example", HTMLButtonElement).addEventListener("click", () => {
  fetch("example.txt")
    .then(async (answer) => {
      if (!answer.ok) throw new Error(answer.statusText);
      if (files.take(await answer.text(), "示例.txt")) tell("已载入示例，是一份虚构的、有错误的报告");
    })
    .catch(() => {
      warn("没有载入示例：与检查程序的连接断了");
    });
});

checking.start(view);
view.focus();
