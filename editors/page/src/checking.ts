/** The text and what is said of it, kept together: nothing that is shown as so is of an older text. */

import { LSPClient, LSPPlugin, type Transport } from "@codemirror/lsp-client";
import { Compartment, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type * as lsp from "vscode-languageserver-protocol";
import { bring, type Finding } from "./findings";
import { apply, NOTHING, Offer, type Fix } from "./fixes";
import { hinted, withoutHints } from "./hints";
import { tell, warn } from "./notes";
import { connect } from "./socket";

/** Connecting for the first time; waiting for what the server says of the text; it is said; the server is gone. */
export type State = "connecting" | "checking" | "current" | "gone";

const ADDRESS = "untitled:年度报告";
const LANGUAGE = "ogi-report";
/** Milliseconds that the text has to be at rest before it is sent. */
const REST = 120;
/** Milliseconds that an answer may take: the longest texts take seconds. */
const TIMEOUT = 60_000;

const connection = new Compartment();

export class Checking {
  state: State = "connecting";
  /** Why the server is gone, where it is known. */
  reason = "";
  offer = NOTHING;
  private view: EditorView | null = null;
  private client: LSPClient | null = null;
  private resting = 0;
  /** Grows with every change of the text and with every connection. */
  private edition = 0;

  constructor(private readonly changed: () => void) {}

  /** What an editor needs in order to be checked. */
  extension(): Extension {
    return [
      connection.of([]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) this.moved();
      }),
    ];
  }

  start(view: EditorView): void {
    this.view = view;
    connect({
      opened: (transport) => {
        this.meet(transport);
      },
      lost: (words) => {
        this.part(words);
      },
    });
  }

  /** The link between editor and server; null while there is none. */
  get plugin(): LSPPlugin | null {
    return this.view === null || this.state === "gone" ? null : LSPPlugin.get(this.view);
  }

  request<Answer>(method: string, params: unknown): Promise<Answer> {
    if (this.client === null || this.state === "gone") return Promise.reject(new Error("与检查程序的连接断了"));
    return this.client.request<unknown, Answer>(method, params);
  }

  /** Make a fix, if it is one of the text as it is. */
  fix(fix: Fix): void {
    const { plugin } = this;
    if (plugin === null || this.state !== "current") return;
    apply(plugin, fix);
    // What was pressed is gone with the finding.
    plugin.view.focus();
  }

  /** Make the first fix that there is for some findings. */
  async fixFirst(findings: readonly Finding[]): Promise<void> {
    const { edition, offer } = this;
    try {
      for (const finding of findings) {
        const [fix] = await offer.ask(finding);
        if (fix === undefined || edition !== this.edition) continue;
        this.fix(fix);
        return;
      }
      tell("光标所在的位置没有可以自动修复的问题");
    } catch (error) {
      warn(`没有修复：${words(error)}`);
    }
  }

  /** Make all fixes that are certain. */
  async fixAll(): Promise<void> {
    const { edition, offer } = this;
    try {
      const fix = await offer.all?.();
      if (edition !== this.edition) tell("全文已经改变，没有修复");
      else if (fix === null || fix === undefined) tell("没有可以自动修复的问题");
      else this.fix(fix);
    } catch (error) {
      warn(`没有修复：${words(error)}`);
    }
  }

  private meet(transport: Transport): void {
    this.edition++;
    const client = new LSPClient({
      timeout: TIMEOUT,
      extensions: [{ clientCapabilities: CAPABILITIES }],
      notificationHandlers: {
        "textDocument/publishDiagnostics": (_, params: lsp.PublishDiagnosticsParams) => this.told(params),
        "window/showMessage": (_, { type, message }: lsp.ShowMessageParams) => {
          (type <= 2 ? warn : tell)(message);
          return true;
        },
        "window/logMessage": () => true,
      },
    });
    this.client = client;
    client.connect(transport);
    this.become("checking");
    this.view?.dispatch({ effects: connection.reconfigure(client.plugin(ADDRESS, LANGUAGE)) });
  }

  private part(words: string): void {
    this.edition++;
    clearTimeout(this.resting);
    this.client = null;
    this.reason = words;
    this.become("gone");
    this.view?.dispatch({ effects: [connection.reconfigure([]), withoutHints()] });
  }

  private moved(): void {
    this.edition++;
    this.offer = NOTHING;
    if (this.state === "gone" || this.state === "connecting") return;
    this.become("checking");
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      this.client?.sync();
    }, REST);
  }

  private told({ uri, version, diagnostics }: lsp.PublishDiagnosticsParams): boolean {
    const { plugin } = this;
    const file = plugin?.client.workspace.getFile(ADDRESS);
    if (plugin === null || file === null || file === undefined || uri !== ADDRESS) return true;
    if (version !== file.version || !plugin.unsyncedChanges.empty) return true;
    // Where nothing stands yet, there is nothing to find fault with.
    const blank = plugin.view.state.doc.toString().trim() === "";
    this.edition++;
    plugin.view.dispatch(bring(plugin, blank ? [] : diagnostics));
    this.offer = NOTHING;
    this.become("current");
    // Fixes are tried out by the server before it offers them: not while somebody types.
    clearTimeout(this.resting);
    this.resting = setTimeout(() => void this.embellish(plugin), REST);
    return true;
  }

  /** What the server has to say beside findings: fixes and hints. */
  private async embellish(plugin: LSPPlugin): Promise<void> {
    const { edition } = this;
    const wanted = (): boolean => edition === this.edition;
    try {
      const effect = await hinted(plugin);
      if (effect !== null && wanted()) plugin.view.dispatch({ effects: effect });
      const offer = new Offer(plugin);
      this.offer = wanted() ? offer : this.offer;
      await offer.prepare(wanted);
      if (wanted()) this.changed();
    } catch (error) {
      if (edition === this.edition) warn(`没有得到修改建议：${words(error)}`);
    }
  }

  private become(state: State): void {
    this.state = state;
    this.changed();
  }
}

/** What went wrong, as the server says it. */
export function words(error: unknown): string {
  return typeof error === "object" && error !== null && "message" in error ? String(error.message) : String(error);
}

const CAPABILITIES = {
  general: { positionEncodings: ["utf-16"] },
  textDocument: {
    publishDiagnostics: { versionSupport: true, relatedInformation: true, dataSupport: true },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "source.fixAll"] } },
      dataSupport: true,
      disabledSupport: true,
      isPreferredSupport: true,
      resolveSupport: { properties: ["edit"] },
    },
    inlayHint: {},
  },
} satisfies lsp.ClientCapabilities;
