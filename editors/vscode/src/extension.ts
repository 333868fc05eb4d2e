/** The extension: documents, commands, the status bar, and when the server runs. */

import { statSync } from "node:fs";
import { homedir } from "node:os";
import * as vscode from "vscode";

import type { Connection } from "./client";
import {
  acceptWith,
  type Call,
  COMMANDS,
  emptyTrouble,
  FIX_ALL,
  isFinding,
  likelyYear,
  newReport,
  rulePage,
  yearTrouble,
} from "./commands";
import { find, type Launch, type Machine } from "./discovery";
import * as messages from "./messages";
import { isRule, missing, pathOf, ruleOf, SCHEME } from "./pages";
import { environments, interpreter } from "./python";
import { hasTitle, LANGUAGE, selector } from "./reports";
import { Restarts } from "./restarts";
import { forServer, needsRestart, read, SECTION, type ServerSettings, type Settings } from "./settings";
import { counted, line, type State } from "./status";

const PYTHON = "ms-python.python";

let extension: Extension | undefined;

export function activate(context: vscode.ExtensionContext): void {
  extension = new Extension(context);
  extension.begin();
}

export async function deactivate(): Promise<void> {
  await extension?.end();
  extension = undefined;
}

const machine: Machine = {
  platform: process.platform,
  home: homedir(),
  searchPath: process.env["PATH"] ?? process.env["Path"] ?? "",
  isFile: (file) => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false,
};

/** A command needs the server, and there is none. */
class NotRunning extends Error {}

class Extension {
  private readonly output = vscode.window.createOutputChannel("reportlint", { log: true });
  private readonly item = vscode.window.createStatusBarItem("reportlint", vscode.StatusBarAlignment.Right, 100);
  private settings = this.readSettings();
  private state: State = { kind: "idle" };
  private connection: Connection | undefined;
  private restarts = new Restarts();
  /** Starting and stopping, one after the other. */
  private turn: Promise<void> = Promise.resolve();
  /** Texts whose title was looked at: whoever makes one plain text again is not overruled. */
  private readonly looked = new Set<string>();

  constructor(private readonly context: vscode.ExtensionContext) {}

  begin(): void {
    this.item.name = "reportlint";
    this.item.command = COMMANDS.showOutput;
    const command = (name: string, run: (...given: unknown[]) => unknown): vscode.Disposable =>
      vscode.commands.registerCommand(name, run);
    this.context.subscriptions.push(
      this.output,
      this.item,
      command(COMMANDS.showOutput, () => {
        this.output.show();
      }),
      command(COMMANDS.restart, () => this.restart()),
      command(COMMANDS.createReport, () => this.createReport()),
      command(COMMANDS.fixAll, () => this.fixAll()),
      command(COMMANDS.treatAsReport, () => this.treatAsReport()),
      command(COMMANDS.accept, (finding) => this.accept(finding)),
      command(COMMANDS.openRule, (rule) => this.openRule(rule)),
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
        provideTextDocumentContent: (uri) => this.page(uri),
      }),
      vscode.workspace.onDidOpenTextDocument((document) => void this.consider(document)),
      vscode.workspace.onDidCloseTextDocument((document) => {
        // A change of language closes a document too, and it stays among the open ones.
        setTimeout(() => {
          if (!vscode.workspace.textDocuments.includes(document)) {
            this.looked.delete(document.uri.toString());
          }
        });
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(SECTION)) {
          void this.reconfigured();
        }
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        if (this.connection !== undefined && this.settings.include.length > 0) {
          void this.restart();
        }
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.become({ kind: "idle" });
        this.considerAll();
      }),
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.show();
      }),
      vscode.languages.onDidChangeDiagnostics(() => {
        this.show();
      }),
    );
    this.considerAll();
  }

  async end(): Promise<void> {
    await this.inTurn(() => this.stop());
  }

  // Which documents

  private considerAll(): void {
    for (const document of vscode.workspace.textDocuments) {
      void this.consider(document);
    }
  }

  /** Take a document that was opened for what it is. */
  private async consider(document: vscode.TextDocument): Promise<void> {
    if (this.isUnnamedReport(document)) {
      // It is opened anew in its language.
      await vscode.languages.setTextDocumentLanguage(document, LANGUAGE);
    } else if (this.isReport(document)) {
      await this.start();
    }
    this.show();
  }

  private isReport(document: vscode.TextDocument): boolean {
    return vscode.languages.match(this.documents(), document) > 0;
  }

  /** Whether a plain text is a report, by its title or by the settings. */
  private isUnnamedReport(document: vscode.TextDocument): boolean {
    const key = document.uri.toString();
    if (document.languageId !== "plaintext" || document.uri.scheme !== "file" || this.looked.has(key)) {
      return false;
    }
    this.looked.add(key);
    return this.isReport(document) || (this.settings.recogniseTitle && hasTitle(document.getText()));
  }

  private documents(): vscode.DocumentFilter[] {
    return selector(this.settings.include, this.folders("uri")).map(({ scheme, language, pattern }) => ({
      scheme,
      ...(language === undefined ? {} : { language }),
      ...(pattern === undefined
        ? {}
        : {
            pattern:
              typeof pattern === "string"
                ? pattern
                : new vscode.RelativePattern(vscode.Uri.parse(pattern.baseUri), pattern.pattern),
          }),
    }));
  }

  private async treatAsReport(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (document !== undefined) {
      await vscode.languages.setTextDocumentLanguage(document, LANGUAGE);
    }
  }

  // The server

  /** Start the server, where it neither runs nor failed before. */
  private async start(): Promise<void> {
    await this.inTurn(async () => {
      if (this.connection !== undefined || this.state.kind === "failed") {
        return;
      }
      if (!vscode.workspace.isTrusted) {
        if (this.state.kind !== "restricted") {
          this.output.warn(messages.RESTRICTED);
          this.become({ kind: "restricted" });
        }
        return;
      }
      this.become({ kind: "starting" });
      const search = find(
        {
          setting: this.settings.path,
          folders: this.folders("path"),
          interpreter: await this.interpreter(),
          bundled: vscode.Uri.joinPath(this.context.extensionUri, "bundled").fsPath,
        },
        machine,
      );
      if (search.kind === "found") {
        await this.connect(search.launch);
      } else {
        this.fail(messages.notFound(search), search.kind === "nowhere");
      }
    });
  }

  private async connect(launch: Launch): Promise<void> {
    this.output.info(messages.starting(launch));
    const { Connection } = await import("./client");
    const connection = new Connection({
      launch,
      selector: selector(this.settings.include, this.folders("uri")),
      output: this.output,
      settings: () => this.serverSettings(),
      running: (version) => {
        this.become({ kind: "running", version, command: launch.command });
      },
      ended: (ran) => {
        // One that never came up would not the next time either; whoever started it says so.
        if (ran) {
          this.ended();
        }
      },
    });
    try {
      await connection.start();
      this.connection = connection;
    } catch (error) {
      this.output.error(String(error));
      this.fail(messages.notRunning(launch, await connection.lastWords()), false);
      await connection.stop().catch((reason: unknown) => {
        this.output.debug(String(reason));
      });
    }
  }

  /** The server ended by itself. */
  private ended(): void {
    const again = this.restarts.again(Date.now());
    if (again) {
      this.output.warn(messages.ENDED);
      this.become({ kind: "starting" });
    }
    void this.inTurn(() => this.stop()).then(() => {
      if (again) {
        return this.start();
      }
      this.fail(messages.GIVEN_UP, false);
      return undefined;
    });
  }

  private async stop(): Promise<void> {
    const connection = this.connection;
    this.connection = undefined;
    await connection?.stop().catch((error: unknown) => {
      this.output.error(String(error));
    });
  }

  private async restart(): Promise<void> {
    this.restarts = new Restarts();
    await this.inTurn(async () => {
      await this.stop();
      this.become({ kind: "idle" });
    });
    await this.start();
  }

  private async reconfigured(): Promise<void> {
    const before = this.settings;
    this.settings = this.readSettings();
    if (needsRestart(before, this.settings)) {
      this.looked.clear();
      await this.inTurn(async () => {
        await this.stop();
        this.become({ kind: "idle" });
      });
      this.considerAll();
    } else {
      await this.connection?.tellSettings();
    }
  }

  private async inTurn(run: () => Promise<void>): Promise<void> {
    const mine = this.turn.then(run);
    this.turn = mine.catch((error: unknown) => {
      this.output.error(String(error));
    });
    await mine;
  }

  /** Have the server do something; where it failed before, it is given another try. */
  private async call(call: Call): Promise<unknown> {
    await (this.state.kind === "failed" ? this.restart() : this.start());
    if (this.connection === undefined) {
      throw new NotRunning(this.state.kind === "restricted" ? messages.RESTRICTED : messages.NOT_CHECKED);
    }
    return this.connection.call(call);
  }

  private async interpreter(): Promise<string | undefined> {
    const python = vscode.extensions.getExtension<unknown>(PYTHON);
    if (python === undefined) {
      return undefined;
    }
    try {
      const from = environments(await python.activate());
      if (from === undefined) {
        return undefined;
      }
      this.followInterpreter(from.onDidChangeActiveEnvironmentPath?.bind(from));
      return await interpreter(from, vscode.workspace.workspaceFolders?.[0]?.uri);
    } catch (error) {
      this.output.warn(`Python 扩展没有说出所选的环境：${String(error)}`);
      return undefined;
    }
  }

  private following = false;

  private followInterpreter(changed: ((listener: () => void) => vscode.Disposable) | undefined): void {
    if (changed !== undefined && !this.following) {
      this.following = true;
      this.context.subscriptions.push(changed(() => void this.restart()));
    }
  }

  // Commands

  private async createReport(): Promise<void> {
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
      const text = await this.call(newReport(organisation, year));
      if (typeof text !== "string") {
        throw new Error("reportlint 没有给出报告的文字");
      }
      await vscode.window.showTextDocument(
        await vscode.workspace.openTextDocument({ language: LANGUAGE, content: text }),
      );
    });
  }

  private async fixAll(): Promise<void> {
    await vscode.commands.executeCommand("editor.action.codeAction", { kind: FIX_ALL, apply: "first" });
  }

  private async accept(finding: unknown): Promise<void> {
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
        const said = await this.call(acceptWith(finding, because));
        if (typeof said === "string") {
          vscode.window.setStatusBarMessage(said, 5000);
        }
      });
    }
  }

  private async openRule(rule: unknown): Promise<void> {
    if (isRule(rule)) {
      await vscode.commands.executeCommand(
        "markdown.showPreview",
        vscode.Uri.from({ scheme: SCHEME, path: pathOf(rule) }),
      );
    }
  }

  private async page(uri: vscode.Uri): Promise<string> {
    const rule = ruleOf(uri.path);
    if (rule === undefined) {
      return missing(uri.path);
    }
    try {
      const text = await this.call(rulePage(rule));
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
      if (!(error instanceof NotRunning && this.state.kind === "failed")) {
        void vscode.window.showErrorMessage(wordsOf(error));
      }
    }
  }

  // What is shown

  private fail(reason: string, install: boolean): void {
    this.connection = undefined;
    this.output.error(reason);
    this.become({ kind: "failed", reason });
    void this.offer(reason, install);
  }

  private async offer(reason: string, install: boolean): Promise<void> {
    const copy = "复制安装命令";
    const open = "打开设置";
    const output = "查看输出";
    const chosen = await vscode.window.showErrorMessage(reason, ...(install ? [copy] : []), open, output);
    if (chosen === copy) {
      await vscode.env.clipboard.writeText(messages.INSTALL);
    } else if (chosen === open) {
      await vscode.commands.executeCommand("workbench.action.openSettings", `${SECTION}.path`);
    } else if (chosen === output) {
      this.output.show();
    }
  }

  private become(state: State): void {
    this.state = state;
    void vscode.commands.executeCommand("setContext", "reportlint.running", state.kind === "running");
    this.show();
  }

  private show(): void {
    const document = vscode.window.activeTextEditor?.document;
    const report = document !== undefined && this.isReport(document);
    void vscode.commands.executeCommand("setContext", "reportlint.checked", report && this.state.kind === "running");
    if (!report) {
      this.item.hide();
      return;
    }
    const { text, tooltip, look } = line(this.state, counted(vscode.languages.getDiagnostics(document.uri)));
    this.item.text = text;
    this.item.tooltip = tooltip;
    this.item.backgroundColor =
      look === "plain" ? undefined : new vscode.ThemeColor(`statusBarItem.${look}Background`);
    this.item.show();
  }

  // What is asked of the editor

  private readSettings(): Settings {
    const section = vscode.workspace.getConfiguration(SECTION);
    return read((key) => section.get(key));
  }

  private serverSettings(): ServerSettings {
    return forServer(this.settings, this.folders("path"), machine);
  }

  private folders(as: "path" | "uri"): string[] {
    return (vscode.workspace.workspaceFolders ?? [])
      .filter(({ uri }) => uri.scheme === "file")
      .map(({ uri }) => (as === "uri" ? uri.toString() : uri.fsPath));
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
