/** The connection to the server. Loaded when a report is first opened: until then it costs nothing. */

import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import type { LogOutputChannel } from "vscode";
import {
  CloseAction,
  type ConfigurationItem,
  ErrorAction,
  ExecuteCommandRequest,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  State,
} from "vscode-languageclient/node";

import { type Call, COMMANDS } from "./commands";
import type { Launch } from "./discovery";
import type { Filter } from "./reports";
import { answer, atStart, SECTION, type ServerSettings } from "./settings";

/** Milliseconds that an ended server is given for its last words to come through. */
const PATIENCE = 1000;

export interface Wishes {
  readonly launch: Launch;
  readonly selector: readonly Filter[];
  readonly output: LogOutputChannel;
  /** The settings as they are at the moment. */
  settings(): ServerSettings;
  /** The server runs, for the first time or again. */
  running(version: string): void;
  /** The server ended by itself; whether it had come up before. */
  ended(ran: boolean): void;
}

/** What goes wrong with the connection is for the output: the extension tells the user itself, in Chinese, and once. */
class Client extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** One server and the client of it. */
export class Connection {
  private said = "";
  /** The server has said all that it had to say beside the protocol. */
  private silent: Promise<unknown> = Promise.resolve();
  private readonly client: Client;
  private ran = false;

  constructor(private readonly wishes: Wishes) {
    const { launch } = wishes;
    this.client = new Client(
      SECTION,
      "reportlint",
      { command: launch.command, args: [...launch.args], options: { env: { ...process.env, ...launch.env } } },
      this.options(),
    );
    this.client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) {
        this.ran = true;
        this.wishes.running(this.client.initializeResult?.serverInfo?.version ?? "");
      }
    });
  }

  async start(): Promise<void> {
    await this.client.start();
  }

  async stop(): Promise<void> {
    // A server that never came up, or has ended, has nothing to be told.
    if (this.client.needsStop()) {
      await this.client.stop();
    }
    await this.client.dispose();
  }

  /** The last line that the server wrote beside the protocol: why it ended, where it ended. */
  async lastWords(): Promise<string> {
    await Promise.race([this.silent, setTimeout(PATIENCE)]);
    return this.said;
  }

  /** Have the server carry out a command. */
  async call(call: Call): Promise<unknown> {
    return this.client.sendRequest(ExecuteCommandRequest.type, { command: call.command, arguments: [...call.arguments] });
  }

  /** Tell the server of changed settings. */
  async tellSettings(): Promise<void> {
    if (this.client.isRunning()) {
      const settings = { [SECTION]: this.wishes.settings() };
      await this.client.sendNotification("workspace/didChangeConfiguration", { settings });
    }
  }

  private options(): LanguageClientOptions {
    const { selector, output } = this.wishes;
    return {
      documentSelector: selector.map((each) => ({ ...each })),
      outputChannel: output,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: () => atStart(this.wishes.settings()),
      initializationFailedHandler: () => false,
      // Hovers may lead to the page of a rule, and to nothing else.
      markdown: { isTrusted: { enabledCommands: [COMMANDS.openRule] } },
      middleware: {
        workspace: {
          configuration: async (params, token, next) => {
            const others: unknown = await next(params, token);
            return params.items.map((item: ConfigurationItem, index) => {
              const theirs: unknown = Array.isArray(others) ? others[index] : null;
              return answer(item.section, this.wishes.settings()) ?? theirs;
            });
          },
        },
      },
      stdioOptions: {
        stdout: () => undefined,
        stderr: (input) => {
          const lines = createInterface({ input });
          lines.on("line", (text) => {
            this.said = text.trim() === "" ? this.said : text.trim();
            output.info(text);
          });
          this.silent = once(lines, "close");
        },
      },
      errorHandler: {
        error: (error) => {
          output.error(error);
          return { action: ErrorAction.Continue, handled: true };
        },
        closed: () => {
          this.wishes.ended(this.ran);
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
    };
  }
}
