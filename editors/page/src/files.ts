/** Files to texts, and the text to a file or to the clipboard. */

import type { EditorView } from "@codemirror/view";
import { words, type Checking } from "./checking";
import { replace } from "./editor";
import { find, make } from "./element";
import { BYTES } from "./limits";
import { tell, warn } from "./notes";

/** What the server makes of a file. */
interface Read {
  text: string;
  /** What the text was taken from. */
  kind: "text" | "page" | "document";
  /** How a text was stored. */
  encoding: string | null;
}

const CRLF = "\r\n";
/** Milliseconds after which it is said that a file is being read. */
const PATIENCE = 400;
const TAKEN = {
  page: "取出了网页里的文字",
  document: "取出了文件里的文字；在这里改的是取出的文字，不是原文件",
};

/** The text as a file: where it came from, and whether it has changed since it was last kept. */
export class Files {
  private name = "";
  private newline = "\n";
  private reading = false;
  private kept: string;

  constructor(
    private readonly view: EditorView,
    private readonly checking: Checking,
  ) {
    this.kept = this.text();
    const file = find("file", HTMLInputElement);
    find("open", HTMLButtonElement).addEventListener("click", () => {
      file.click();
    });
    file.addEventListener("change", () => {
      const chosen = file.files?.[0];
      if (chosen !== undefined) void this.open(chosen);
      file.value = "";
    });
    find("copy", HTMLButtonElement).addEventListener("click", () => void this.copy());
    find("download", HTMLButtonElement).addEventListener("click", () => {
      this.download();
    });
    this.drops();
    addEventListener("beforeunload", (event) => {
      if (this.view.state.doc.length > 0 && this.text() !== this.kept) event.preventDefault();
    });
  }

  /** Another text, under a name. */
  take(text: string, name: string): boolean {
    const newline = text.includes(CRLF) ? CRLF : "\n";
    if (!replace(this.view, text)) return false;
    this.name = name;
    this.newline = newline;
    this.kept = this.text();
    this.view.focus();
    return true;
  }

  /** Open a file, as the command line would read it. */
  async open(file: File): Promise<void> {
    if (file.size > BYTES) {
      warn(`${file.name} 有 ${file.size} 字节，超过 ${BYTES} 的上限，没有打开`);
      return;
    }
    if (this.reading) {
      tell("还在读前一个文件");
      return;
    }
    this.reading = true;
    const wait = setTimeout(() => {
      tell(`正在读 ${file.name}…`);
    }, PATIENCE);
    try {
      const content = base64(new Uint8Array(await file.arrayBuffer()));
      const read = await this.checking.request<Read>("reportlint/read", {
        name: file.name,
        content,
      });
      if (!this.take(read.text, file.name)) return;
      tell(`已打开 ${file.name}（${read.kind === "text" ? `${read.encoding ?? ""} 编码` : TAKEN[read.kind]}）`);
    } catch (error) {
      warn(`没有打开 ${file.name}：${words(error)}`);
    } finally {
      clearTimeout(wait);
      this.reading = false;
    }
  }

  private text(): string {
    return this.view.state.doc.toString().replaceAll("\n", this.newline);
  }

  private async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.text());
      this.kept = this.text();
      tell("已复制全文");
    } catch {
      warn("浏览器不让复制；请在全文里按 Ctrl+A、Ctrl+C");
    }
  }

  private download(): void {
    const text = this.text();
    const link = make("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
    link.download = this.name === "" ? "年度报告.txt" : this.name.replace(/\.(?!txt$|md$|markdown$)[^.]+$/i, ".txt");
    link.click();
    setTimeout(() => {
      URL.revokeObjectURL(link.href);
    }, 0);
    this.kept = text;
    tell(`已交给浏览器下载：${link.download}（UTF-8 编码）`);
  }

  private drops(): void {
    const shade = find("drop", HTMLElement);
    const carries = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") === true;
    // In the capturing phase: the editor would put the bytes of a file into the text.
    addEventListener("dragover", (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      shade.hidden = false;
    });
    addEventListener("dragleave", (event) => {
      if (event.relatedTarget === null) shade.hidden = true;
    });
    addEventListener(
      "drop",
      (event) => {
        shade.hidden = true;
        if (!carries(event)) return;
        event.preventDefault();
        event.stopPropagation();
        const files = event.dataTransfer?.files;
        const file = files?.[0];
        if (file === undefined) return;
        if (files !== undefined && files.length > 1) warn("一次只能打开一个文件");
        else void this.open(file);
      },
      { capture: true },
    );
  }
}

function base64(bytes: Uint8Array): string {
  const PIECE = 0x8000;
  let binary = "";
  for (let start = 0; start < bytes.length; start += PIECE) {
    binary += String.fromCharCode(...bytes.subarray(start, start + PIECE));
  }
  return btoa(binary);
}
