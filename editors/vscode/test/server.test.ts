/** The client's side of the protocol, tried with a real server: the one that REPORTLINT names. */

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";

import {
  type CodeAction,
  type Command,
  ConfigurationRequest,
  createProtocolConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  ErrorCodes,
  type InitializeResult,
  type ProtocolConnection,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";

import { acceptWith, type Call, COMMANDS, FIX_ALL, isFinding, newReport, rulePage, SERVER_COMMANDS } from "../src/commands";
import { find, type Launch, type Machine } from "../src/discovery";
import { isRule } from "../src/pages";
import { hasTitle } from "../src/reports";
import { answer, atStart, forServer, read, SECTION, type ServerSettings } from "../src/settings";
import { counted } from "../src/status";
import { example } from "./files";

const named = process.env["REPORTLINT"];

const machine: Machine = {
  platform: process.platform,
  home: homedir(),
  searchPath: process.env["PATH"] ?? "",
  isFile: (file) => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false,
};

function launch(setting: string): Launch {
  const search = find({ setting, folders: [], interpreter: undefined, bundled: "" }, machine);
  assert.equal(search.kind, "found", `REPORTLINT=${setting}`);
  return search.launch;
}

/** One server, as the extension starts and tells it. */
class Session {
  readonly folder = mkdtempSync(join(tmpdir(), "reportlint-vscode-"));
  readonly published = new Map<string, Diagnostic[]>();
  readonly asked: (string | undefined)[] = [];
  settings: ServerSettings = forServer(
    read(() => undefined),
    [],
    machine,
  );
  private readonly process: ChildProcess;
  private readonly connection: ProtocolConnection;

  constructor({ command, args, env }: Launch) {
    this.process = spawn(command, args, { cwd: this.folder, env: { ...process.env, ...env } });
    const { stdin, stdout } = this.process;
    assert.ok(stdin && stdout);
    this.connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    this.connection.onRequest(ConfigurationRequest.type, ({ items }) => {
      this.asked.push(...items.map(({ section }) => section));
      return items.map(({ section }) => answer(section, this.settings) ?? null);
    });
    this.connection.onRequest("client/registerCapability", () => null);
    this.connection.onRequest("workspace/diagnostic/refresh", () => null);
    this.connection.onNotification("textDocument/publishDiagnostics", (told: { uri: string; diagnostics: Diagnostic[] }) => {
      this.published.set(told.uri, told.diagnostics);
    });
    this.connection.listen();
  }

  async begin(): Promise<InitializeResult> {
    const result = await this.request<InitializeResult>("initialize", {
      processId: process.pid,
      workspaceFolders: [{ uri: pathToFileURL(this.folder).href, name: "reports" }],
      capabilities: {
        workspace: {
          configuration: true,
          didChangeWatchedFiles: { dynamicRegistration: true },
          diagnostics: { refreshSupport: true },
          workspaceEdit: { documentChanges: true },
        },
        textDocument: {
          diagnostic: { dynamicRegistration: true },
          publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true, tagSupport: { valueSet: [1] } },
          codeAction: {
            codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "source"] } },
            resolveSupport: { properties: ["edit"] },
          },
        },
      },
      initializationOptions: atStart(this.settings),
    });
    await this.connection.sendNotification("initialized", {});
    return result;
  }

  /** Open a text as a file of the folder; its address. */
  async open(name: string, text: string): Promise<string> {
    const file = join(this.folder, name);
    writeFileSync(file, text);
    const uri = pathToFileURL(file).href;
    await this.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "ogi-report", version: 1, text },
    });
    return uri;
  }

  async diagnostics(uri: string): Promise<Diagnostic[]> {
    const report = await this.request<DocumentDiagnosticReport>("textDocument/diagnostic", { textDocument: { uri } });
    assert.equal(report.kind, "full");
    return report.items;
  }

  async actions(uri: string, of: Diagnostic, only?: string): Promise<(CodeAction | Command)[]> {
    return this.request("textDocument/codeAction", {
      textDocument: { uri },
      range: of.range,
      context: { diagnostics: [of], ...(only === undefined ? {} : { only: [only] }) },
    });
  }

  async call(call: Call): Promise<unknown> {
    return this.request("workspace/executeCommand", call);
  }

  async tell(settings: ServerSettings): Promise<void> {
    this.settings = settings;
    await this.connection.sendNotification("workspace/didChangeConfiguration", { settings: { [SECTION]: settings } });
  }

  async request<T>(method: string, params: unknown): Promise<T> {
    return this.connection.sendRequest(method, params);
  }

  /** Take leave as the client does; the server's exit status. */
  async end(): Promise<unknown> {
    const ended = once(this.process, "exit");
    await this.connection.sendRequest("shutdown");
    await this.connection.sendNotification("exit");
    const [status] = (await ended) as [unknown];
    this.connection.dispose();
    rmSync(this.folder, { recursive: true });
    return status;
  }
}

function commandOf(action: CodeAction | Command, id: string): readonly unknown[] | undefined {
  const { command } = action;
  return typeof command === "object" && command.command === id ? (command.arguments ?? []) : undefined;
}

const BALANCE = "national/request-balance";

describe("with a real server", { skip: named === undefined ? "REPORTLINT is not set" : false }, () => {
  let session: Session;
  let begun: InitializeResult;
  let uri: string;

  before(async () => {
    session = new Session(launch(named ?? ""));
    begun = await session.begin();
    uri = await session.open("云溪县水务局.txt", example("yunxi-water-2024-faulty.txt"));
  });

  after(async () => {
    assert.equal(await session.end(), 0);
  });

  test("it says who it is, and carries out what the extension asks of it", () => {
    assert.equal(begun.serverInfo?.name, "reportlint");
    assert.match(begun.serverInfo.version ?? "", /^\d+\.\d+/);
    const commands = begun.capabilities.executeCommandProvider?.commands ?? [];
    for (const command of Object.values(SERVER_COMMANDS)) {
      assert.ok(commands.includes(command), command);
    }
  });

  test("it has no command of the editor's: the client would register it twice", () => {
    const commands = begun.capabilities.executeCommandProvider?.commands ?? [];
    assert.deepEqual(
      Object.values(COMMANDS).filter((each) => commands.includes(each)),
      [],
    );
  });

  test("it offers to fix all under the name that the command asks for", () => {
    const offered = begun.capabilities.codeActionProvider;
    assert.ok(typeof offered === "object" && offered.codeActionKinds?.includes(FIX_ALL));
  });

  test("it finds the wrong total, where it stands, once, and told once", async () => {
    const found = await session.diagnostics(uri);
    const [balance, ...others] = found.filter(({ code }) => code === BALANCE);
    assert.ok(balance);
    assert.equal(others.length, 0);
    assert.equal(balance.range.start.line, 36);
    const line = example("yunxi-water-2024-faulty.txt").split("\n")[36] ?? "";
    assert.equal(line.slice(balance.range.start.character, balance.range.end.character), "3");
    assert.ok(counted(found.map((each) => ({ ...each, severity: (each.severity ?? 1) - 1 }))).errors > 0);
    // The editor asks; were they sent as well, it would show each twice.
    assert.equal(session.published.has(uri), false);
  });

  test("it asks for the settings by their section", async () => {
    await session.diagnostics(uri);
    assert.ok(session.asked.length > 0);
    assert.deepEqual([...new Set(session.asked)], [SECTION]);
  });

  test("its actions name the editor's commands, with what these take", async () => {
    const balance = (await session.diagnostics(uri)).find(({ code }) => code === BALANCE);
    assert.ok(balance);
    const actions = await session.actions(uri, balance);
    const accepting = actions.map((each) => commandOf(each, COMMANDS.accept)).find((each) => each !== undefined);
    const reading = actions.map((each) => commandOf(each, COMMANDS.openRule)).find((each) => each !== undefined);
    assert.ok(isFinding(accepting?.[0]));
    assert.equal(accepting[0].rule, BALANCE);
    assert.ok(isRule(reading?.[0]));
    assert.equal(reading[0], BALANCE);
  });

  test("the page of a rule is Markdown", async () => {
    assert.match(String(await session.call(rulePage(BALANCE))), /^# \S/);
    assert.equal(await session.call(rulePage("national/no-such-rule")), null);
  });

  test("a finding is accepted with its reason, shown as a hint, or not at all", async () => {
    const own = await session.open("2024.txt", example("yunxi-water-2024-faulty.txt"));
    const before = (await session.diagnostics(own)).find(({ code }) => code === BALANCE);
    assert.ok(before);
    const finding = (await session.actions(own, before)).map((each) => commandOf(each, COMMANDS.accept)?.[0]).find(isFinding);
    assert.ok(finding);
    await assert.rejects(session.call(acceptWith(finding, " ")), /理由/);
    const said = await session.call(acceptWith(finding, "与登记簿核对过"));
    assert.match(String(said), /reportlint\.accepted\.toml/);
    assert.match(readFileSync(join(session.folder, "reportlint.accepted.toml"), "utf8"), /because = "与登记簿核对过"/);
    const accepted = (await session.diagnostics(own)).filter(({ code }) => code === BALANCE);
    assert.deepEqual(
      accepted.map(({ severity, tags }) => [severity, tags]),
      [[4, [1]]],
    );
    await session.tell({ ...session.settings, showAccepted: false });
    const hidden = (await session.diagnostics(own)).filter(({ code }) => code === BALANCE);
    await session.tell({ ...session.settings, showAccepted: true });
    assert.deepEqual(hidden, []);
  });

  test("a finding that is not there is refused in words for the user", async () => {
    const gone = { uri, rule: BALANCE, place: "requests/none/total", content: "3" };
    await assert.rejects(session.call(acceptWith(gone, "没有")), (error: unknown) => {
      assert.ok(error instanceof ResponseError);
      assert.notEqual(error.code, ErrorCodes.InternalError);
      assert.match(error.message, /[\u4e00-\u9fff]/);
      return true;
    });
  });

  test("fix all comes as an edit, when it is chosen", async () => {
    const text = example("qinghe-town-2024.txt").replace("，", ",");
    const own = await session.open("青禾镇.txt", text);
    const [finding] = (await session.diagnostics(own)).filter(({ code }) => code === "text/half-width-punctuation");
    assert.ok(finding);
    const [action] = (await session.actions(own, finding, FIX_ALL)) as CodeAction[];
    assert.ok(action);
    const { edit } = await session.request<CodeAction>("codeAction/resolve", action);
    assert.ok(edit?.documentChanges?.length === 1);
  });

  test("a new report is a report without a finding", async () => {
    const text = await session.call(newReport("云溪县水务局", "2024"));
    assert.ok(typeof text === "string");
    assert.ok(hasTitle(text));
    assert.match(text, /云溪县水务局2024年/);
    const own = await session.open("new.txt", text);
    assert.deepEqual(
      (await session.diagnostics(own)).filter(({ severity }) => severity === 1),
      [],
    );
  });

  test("a wrong setting is told, and the server goes on", async () => {
    await session.tell({ ...session.settings, config: join(session.folder, "none.toml") });
    const found = await session.diagnostics(uri);
    await session.tell({ ...session.settings, config: null });
    assert.ok(found.length > 0);
    assert.ok((await session.diagnostics(uri)).some(({ code }) => code === BALANCE));
  });
});

describe("started otherwise", { skip: named === undefined ? "REPORTLINT is not set" : false }, () => {
  test("by a Python that has it, whatever lies in the folder", async (context) => {
    const folder = dirname(launch(named ?? "").command);
    const python = ["python", "python3", "python.exe"].map((name) => join(folder, name)).find((file) => existsSync(file));
    if (python === undefined) {
      context.skip("no Python beside the program");
      return;
    }
    const session = new Session(launch(python));
    copyFileSync(__filename, join(session.folder, "reportlint.py"));
    const { serverInfo } = await session.begin();
    assert.equal(serverInfo?.name, "reportlint");
    assert.equal(await session.end(), 0);
  });
});
