/** The two dialogues: a new report, and the keys. */

import { words, type Checking } from "./checking";
import { find } from "./element";
import type { Files } from "./files";
import { tell } from "./notes";

const COMMAND = "reportlint.newReport";

export function dialogs(checking: Checking, files: Files): void {
  const fresh = find("new-dialog", HTMLDialogElement);
  const help = find("help-dialog", HTMLDialogElement);
  const form = find("new-form", HTMLFormElement);
  const problem = form.querySelector(".problem");
  const organisation = field(form, "organisation");
  const year = field(form, "year");

  find("new", HTMLButtonElement).addEventListener("click", () => {
    if (year.value === "") year.value = String(new Date().getFullYear() - 1);
    if (problem !== null) problem.textContent = "";
    fresh.showModal();
  });
  find("help", HTMLButtonElement).addEventListener("click", () => {
    help.showModal();
  });
  for (const dialog of [fresh, help]) {
    dialog.querySelector(".cancel")?.addEventListener("click", () => {
      dialog.close();
    });
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void (async () => {
      try {
        const text = await written(checking, organisation.value.trim(), Number(year.value));
        if (files.take(text, `${organisation.value.trim()}${year.value}.txt`)) tell("已新建报告；撤销可恢复原来的文字");
        fresh.close();
      } catch (error) {
        if (problem !== null) problem.textContent = words(error);
      }
    })();
  });
}

/** A report of an organisation for a year, as the server writes it. */
async function written(checking: Checking, organisation: string, year: number): Promise<string> {
  const answer = await checking.request<unknown>("workspace/executeCommand", {
    command: COMMAND,
    arguments: [{ organisation, year }],
  });
  const text = typeof answer === "object" && answer !== null && "text" in answer ? answer.text : answer;
  if (typeof text !== "string") throw new Error("没有写出报告");
  return text;
}

function field(form: HTMLFormElement, name: string): HTMLInputElement {
  const element = form.elements.namedItem(name);
  if (!(element instanceof HTMLInputElement)) throw new Error(`the form has no ${name}`);
  return element;
}
