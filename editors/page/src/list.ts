/** The list of findings beside the text, and the line above it that says how things stand. */

import { EditorSelection } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type { Checking } from "./checking";
import { button, find, make } from "./element";
import { explained } from "./explain";
import { counted, origin, placed, rule, WORDS, type Finding, type Placed } from "./findings";
import { say } from "./notes";

const list = find("list", HTMLOListElement);
const status = find("status", HTMLElement);
const fixAll = find("fix-all", HTMLButtonElement);
/** More than a clerk mends at once; the page stays quick. */
const MOST = 200;
const NO_TEXT = "还没有文字：请粘贴报告，或者打开文件、新建报告。";
/** What the findings of the tool's own begin with: why a report was not checked. */
const OWN = "reportlint/";

export class List {
  private showing: readonly Placed[] = [];
  /** Where the fixes of the findings that are listed stand. */
  private acts = new Map<Finding, HTMLElement>();

  constructor(
    private readonly view: EditorView,
    private readonly checking: Checking,
  ) {
    fixAll.addEventListener("click", () => {
      void checking.fixAll();
    });
  }

  /** Show how things stand. */
  show(): void {
    const { checking, view } = this;
    const { state } = checking;
    document.body.dataset.state = state;
    list.setAttribute("aria-busy", String(state === "checking"));
    const findings = placed(view.state);
    const words = this.words(findings);
    status.textContent = words;
    say(words);
    // While the text is being checked the list stays as it was, as an old one: it would only flicker.
    if (state === "current" && !alike(findings, this.showing)) {
      this.showing = findings;
      this.acts.clear();
      const cards = findings.slice(0, MOST).map((each) => this.card(each));
      const rest = findings.length - cards.length;
      list.replaceChildren(...cards, ...(rest > 0 ? [make("li", "rest", `还有 ${rest} 处没有列出，先改前面的`)] : []));
    }
    this.showFixes();
    const old = state !== "current";
    for (const each of list.querySelectorAll<HTMLButtonElement>("button.fix, button.why")) each.disabled = old;
    const { all } = checking.offer;
    // It does not come and go while somebody types.
    if (state === "current" && (checking.offer.known || findings.length === 0)) fixAll.hidden = all === null;
    fixAll.disabled = old || all === null;
  }

  private words(findings: readonly Placed[]): string {
    const { checking, view } = this;
    const blank = view.state.doc.toString().trim() === "";
    switch (checking.state) {
      case "connecting":
        return checking.reason === "" ? "正在连接…" : `连接不上：${checking.reason}`;
      case "gone": {
        const why = checking.reason === "" ? "" : `：${checking.reason}`;
        const old = findings.length > 0 ? "下面是断开以前的结果，可能已经过时。" : "";
        return `与检查程序的连接断了${why}。${old}正在重新连接；如果检查程序已经结束，请复制全文，重新运行 reportlint serve。`;
      }
      case "checking":
        return blank ? NO_TEXT : "正在检查…";
      case "current":
        if (blank) return NO_TEXT;
        if (findings.length === 0) return "没有发现问题。";
        if (findings.every(({ finding }) => rule(finding).startsWith(OWN))) return "没有检查，原因如下。";
        return `发现 ${findings.length} 处问题：${counted(findings)}。`;
    }
  }

  private card({ finding, from }: Placed): HTMLLIElement {
    const { checking, view } = this;
    const { severity } = finding;
    const line = view.state.doc.lineAt(from).number;
    const badge = make("span", `badge ${severity}`, WORDS[severity]);
    const place = make("span", "place", `第 ${line} 行`);
    const go = button("", () => {
      this.go(finding);
    }, "go");
    const where = origin(finding);
    const top = make("span", "top", badge, " ", place, ...(where === "" ? [] : [" ", make("span", "origin", `原文件：${where}`)]));
    go.append(top, make("span", "message", finding.message));
    const acts = make("div", "acts");
    this.acts.set(finding, acts);
    const answer = make("div", "explanation");
    answer.hidden = true;
    const why = button("说明", () => {
      void this.explain(finding, why, answer);
    }, "why");
    why.setAttribute("aria-expanded", "false");
    const notes = (finding.told.relatedInformation ?? []).map(({ message, location }) =>
      make("li", "", button(message, () => {
        const { plugin } = checking;
        if (plugin !== null && checking.state === "current") this.select(plugin.fromPosition(location.range.start));
      }, "note-link")),
    );
    const card = make("li", `card ${severity}`, go, why, acts, ...(notes.length > 0 ? [make("ul", "", ...notes)] : []), answer);
    card.dataset.rule = rule(finding);
    return card;
  }

  /** Offer the fixes that there are: they come after the findings. */
  private showFixes(): void {
    const { checking } = this;
    if (checking.state !== "current") return;
    for (const [finding, acts] of this.acts) {
      const fixes = checking.offer.of(finding);
      const shown = fixes.flatMap((fix) => [
        button("修复", () => {
          checking.fix(fix);
        }, "fix"),
        make("span", "title", fix.words),
      ]);
      acts.replaceChildren(...shown);
    }
  }

  /** Open or close what is said of a finding. */
  private async explain(finding: Finding, why: HTMLButtonElement, answer: HTMLElement): Promise<void> {
    if (!answer.hidden) {
      answer.hidden = true;
      why.setAttribute("aria-expanded", "false");
      return;
    }
    const now = placed(this.view.state).find((each) => each.finding === finding);
    const said = now === undefined ? null : await explained(this.checking, now.from).catch(() => null);
    answer.replaceChildren(said?.content ?? make("p", "", "没有得到说明"));
    answer.hidden = false;
    why.setAttribute("aria-expanded", "true");
  }

  /** Go to where a finding stands now. */
  private go(finding: Finding): void {
    const now = placed(this.view.state).find((each) => each.finding === finding);
    if (now !== undefined) this.select(now.from, now.to);
  }

  private select(from: number, to = from): void {
    const range = EditorSelection.range(from, to);
    this.view.dispatch({ selection: range, effects: EditorView.scrollIntoView(range, { y: "center" }) });
    this.view.focus();
  }
}

function alike(some: readonly Placed[], others: readonly Placed[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ finding, from, to }, index) => {
      const other = others[index];
      return finding === other?.finding && from === other.from && to === other.to;
    })
  );
}
