/** The commands that ask the user or the server for something. */

import * as vscode from "vscode";

import { acceptWith, emptyTrouble, FIX_ALL, isFinding, likelyYear, newReport, rulePage, yearTrouble } from "./commands";
import { isRule, missing, pathOf, ruleOf, SCHEME } from "./pages";
import { LANGUAGE } from "./reports";
import { NotRunning, type Supervisor } from "./supervisor";
import { wordsOf } from "./workspace";

export class Tasks {
  constructor(
    private readonly supervisor: Supervisor,
    private readonly output: vscode.LogOutputChannel,
  ) {}

  async createReport(): Promise<void> {
    const organisation = await vscode.window.showInputBox({
      title: "新建年度报告（1/2）",
      prompt: "机关名称，与标题里的写法一致",
      placeHolder: "云溪县水务局",
      ignoreFocusOut: true,
      validateInput: (text) => emptyTrouble(text, "机关名称"),
    });
    if (organisation === undefined) {
      return;
    }
    const today = new Date();
    const year = await vscode.window.showInputBox({
      title: "新建年度报告（2/2）",
      prompt: "报告年份",
      value: likelyYear(today),
      ignoreFocusOut: true,
      validateInput: (text) => yearTrouble(text, today),
    });
    if (year === undefined) {
      return;
    }
    await this.told(async () => {
      const text = await this.supervisor.call(newReport(organisation, year));
      if (typeof text !== "string") {
        throw new Error("reportlint 没有给出报告的文字");
      }
      await vscode.window.showTextDocument(
        await vscode.workspace.openTextDocument({ language: LANGUAGE, content: text }),
      );
    });
  }

  async fixAll(): Promise<void> {
    await vscode.commands.executeCommand("editor.action.codeAction", { kind: FIX_ALL, apply: "first" });
  }

  async accept(finding: unknown): Promise<void> {
    if (!isFinding(finding)) {
      return;
    }
    const because = await vscode.window.showInputBox({
      title: `接受 ${finding.rule} 的这一处`,
      prompt: "理由，写入报告旁的 reportlint.accepted.toml",
      placeHolder: "与登记簿核对过，原件如此",
      ignoreFocusOut: true,
      validateInput: (text) => emptyTrouble(text, "理由"),
    });
    if (because !== undefined) {
      await this.told(async () => {
        const said = await this.supervisor.call(acceptWith(finding, because));
        if (typeof said === "string") {
          vscode.window.setStatusBarMessage(said, 5000);
        }
      });
    }
  }

  async openRule(rule: unknown): Promise<void> {
    if (isRule(rule)) {
      await vscode.commands.executeCommand(
        "markdown.showPreview",
        vscode.Uri.from({ scheme: SCHEME, path: pathOf(rule) }),
      );
    }
  }

  async page(uri: vscode.Uri): Promise<string> {
    const rule = ruleOf(uri.path);
    if (rule === undefined) {
      return missing(uri.path);
    }
    try {
      const text = await this.supervisor.call(rulePage(rule));
      return typeof text === "string" ? text : missing(rule);
    } catch (error) {
      return `# ${rule}\n\n${wordsOf(error)}\n`;
    }
  }

  /** Do something, and say what went wrong. */
  private async told(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      this.output.error(wordsOf(error));
      // Why the server does not run has been shown already.
      if (!(error instanceof NotRunning && this.supervisor.state.kind === "failed")) {
        void vscode.window.showErrorMessage(wordsOf(error));
      }
    }
  }
}
