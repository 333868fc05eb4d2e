/** The extension: its documents, its commands, its status bar. */

import * as vscode from "vscode";

import { COMMANDS } from "./commands";
import { SCHEME } from "./pages";
import { hasTitle, LANGUAGE, selector } from "./reports";
import { SECTION } from "./settings";
import { counted, line } from "./status";
import { Supervisor } from "./supervisor";
import { Tasks } from "./tasks";
import { folders, readSettings } from "./workspace";

let extension: Extension | undefined;

export function activate(context: vscode.ExtensionContext): void {
  extension = new Extension(context);
  extension.begin();
}

export async function deactivate(): Promise<void> {
  await extension?.end();
  extension = undefined;
}

class Extension {
  private readonly output = vscode.window.createOutputChannel("reportlint", { log: true });
  private readonly item = vscode.window.createStatusBarItem("reportlint", vscode.StatusBarAlignment.Right, 100);
  private settings = readSettings();
  private readonly supervisor: Supervisor;
  private readonly tasks: Tasks;
  /** Texts whose title was looked at: whoever makes one plain text again is not overruled. */
  private readonly looked = new Set<string>();

  constructor(private readonly context: vscode.ExtensionContext) {
    this.supervisor = new Supervisor(context, this.output, this.settings, () => {
      this.show();
    });
    this.tasks = new Tasks(this.supervisor, this.output);
  }

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
      command(COMMANDS.restart, () => this.supervisor.restart()),
      command(COMMANDS.createReport, () => this.tasks.createReport()),
      command(COMMANDS.fixAll, () => this.tasks.fixAll()),
      command(COMMANDS.treatAsReport, () => this.treatAsReport()),
      command(COMMANDS.accept, (finding) => this.tasks.accept(finding)),
      command(COMMANDS.openRule, (rule) => this.tasks.openRule(rule)),
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
        provideTextDocumentContent: (uri) => this.tasks.page(uri),
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
        if (this.supervisor.running && this.settings.include.length > 0) {
          void this.supervisor.restart();
        }
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.supervisor.trusted();
        this.considerAll();
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor !== undefined) {
          // Its opening may have been before the languages were known.
          void this.consider(editor.document);
        }
        this.show();
      }),
      vscode.languages.onDidChangeDiagnostics(() => {
        this.show();
      }),
    );
    this.considerAll();
  }

  async end(): Promise<void> {
    await this.supervisor.end();
  }

  private async reconfigured(): Promise<void> {
    this.settings = readSettings();
    if (await this.supervisor.reconfigured(this.settings)) {
      this.looked.clear();
      this.considerAll();
    }
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
      await this.name(document);
    }
    if (this.isReport(document)) {
      await this.supervisor.start();
    }
    this.show();
  }

  /** Give a report its language: it is opened anew in it, or has it already by the time. */
  private async name(document: vscode.TextDocument): Promise<void> {
    try {
      await vscode.languages.setTextDocumentLanguage(document, LANGUAGE);
    } catch (error) {
      // In the first moments of a window the language may not be known, or the document be gone: it is looked at again.
      this.looked.delete(document.uri.toString());
      this.output.debug(String(error));
    }
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
    return selector(this.settings.include, folders("uri")).map(({ scheme, language, pattern }) => ({
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

  // What is shown

  private show(): void {
    const document = vscode.window.activeTextEditor?.document;
    const report = document !== undefined && this.isReport(document);
    void vscode.commands.executeCommand("setContext", "reportlint.checked", report && this.supervisor.state.kind === "running");
    if (!report) {
      this.item.hide();
      return;
    }
    if (this.supervisor.state.kind === "idle") {
      // While a window is set up, a document may have become a report without having been opened anew.
      void this.supervisor.start();
    }
    const { text, tooltip, look } = line(this.supervisor.state, counted(vscode.languages.getDiagnostics(document.uri)));
    this.item.text = text;
    this.item.tooltip = tooltip;
    this.item.backgroundColor =
      look === "plain" ? undefined : new vscode.ThemeColor(`statusBarItem.${look}Background`);
    this.item.show();
  }
}
