/** When the server runs: started at the first report, again when it ends by itself, never in a workspace that is not trusted. */

import * as vscode from "vscode";

import type { Connection } from "./client";
import type { Call } from "./commands";
import { find, type Launch } from "./discovery";
import * as messages from "./messages";
import { environments, interpreter } from "./python";
import { selector } from "./reports";
import { Restarts } from "./restarts";
import { forServer, needsRestart, SECTION, type Settings } from "./settings";
import type { State } from "./status";
import { folders, machine } from "./workspace";

const PYTHON = "ms-python.python";

/** A command needs the server, and there is none. */
export class NotRunning extends Error {}

export class Supervisor {
  state: State = { kind: "idle" };
  private connection: Connection | undefined;
  private restarts = new Restarts();
  /** Whether the server came up, as things are set: one that did is worth another try. */
  private cameUp = false;
  /** Starting and stopping, one after the other. */
  private turn: Promise<void> = Promise.resolve();

  /** `changed` is called whenever `state` has changed. */
  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly output: vscode.LogOutputChannel,
    private settings: Settings,
    private readonly changed: () => void,
  ) {}

  get running(): boolean {
    return this.connection !== undefined;
  }

  async end(): Promise<void> {
    await this.inTurn(() => this.stop());
  }

  /** The workspace is trusted from now on. */
  trusted(): void {
    this.become({ kind: "idle" });
  }

  /** Start the server, where it neither runs nor failed before. */
  async start(): Promise<void> {
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
          folders: folders("path"),
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
      selector: selector(this.settings.include, folders("uri")),
      output: this.output,
      settings: () => forServer(this.settings, folders("path"), machine),
      running: (version) => {
        this.cameUp = true;
        this.become({ kind: "running", version, command: launch.command });
      },
      ended: (ran) => {
        // One that has not come up is seen to by whoever started it.
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
      const reason = messages.notRunning(launch, await connection.lastWords());
      await connection.stop().catch((trouble: unknown) => {
        this.output.debug(String(trouble));
      });
      if (this.cameUp) {
        this.ended();
      } else {
        this.fail(reason, false);
      }
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

  /** Stop the server and start it anew, whatever became of it before. */
  async restart(): Promise<void> {
    this.restarts = new Restarts();
    await this.forget();
    await this.start();
  }

  /** Go by changed settings: another server, or the same one told. True where no server runs now for that reason. */
  async reconfigured(settings: Settings): Promise<boolean> {
    const before = this.settings;
    this.settings = settings;
    if (!needsRestart(before, settings)) {
      await this.connection?.tellSettings();
      return false;
    }
    await this.forget();
    return true;
  }

  /** Stop, and be as at the beginning. */
  private async forget(): Promise<void> {
    await this.inTurn(async () => {
      await this.stop();
      this.cameUp = false;
      this.become({ kind: "idle" });
    });
  }

  private async inTurn(run: () => Promise<void>): Promise<void> {
    const mine = this.turn.then(run);
    this.turn = mine.catch((error: unknown) => {
      this.output.error(String(error));
    });
    await mine;
  }

  /** Have the server do something; where it failed before, it is given another try. */
  async call(call: Call): Promise<unknown> {
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
    this.changed();
  }
}
