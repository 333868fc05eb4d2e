/** What the server says of a place in the text: beside the pointer, or at the cursor. */

import { StateEffect, StateField, type Extension } from "@codemirror/state";
import { EditorView, hoverTooltip, keymap, showTooltip, type Tooltip } from "@codemirror/view";
import type * as lsp from "vscode-languageserver-protocol";
import type { Checking } from "./checking";
import { button, make } from "./element";
import { at, rule, WORDS, type Placed } from "./findings";
import { markdown } from "./markdown";
import { say, tell } from "./notes";

interface Explanation {
  from: number;
  to: number;
  content: DocumentFragment;
}

/** What is said of a place of the text as it is; null where there is nothing, or the text has moved on. */
export async function explained(checking: Checking, place: number): Promise<Explanation | null> {
  const { plugin } = checking;
  if (plugin === null) return null;
  plugin.client.sync();
  const { doc } = plugin.view.state;
  const hover =
    plugin.client.serverCapabilities?.hoverProvider === undefined
      ? null
      : await plugin.client.request<lsp.HoverParams, lsp.Hover | null>("textDocument/hover", {
          textDocument: { uri: plugin.uri },
          position: plugin.toPosition(place, doc),
        });
  if (plugin.view.state.doc !== doc) return null;
  if (hover === null) return plain(at(plugin.view.state, place));
  return {
    from: hover.range === undefined ? place : plugin.fromPosition(hover.range.start, doc),
    to: hover.range === undefined ? place : plugin.fromPosition(hover.range.end, doc),
    content: markdown(plugin, hover.contents),
  };
}

/** Findings in their own words, where the server has no more to say. */
function plain(found: readonly Placed[]): Explanation | null {
  const [first] = found;
  if (first === undefined) return null;
  const content = document.createDocumentFragment();
  for (const { finding } of found) {
    const words = make("p", "", make("strong", "", WORDS[finding.severity]), `：${finding.message}`);
    content.append(words, make("p", "", `规则：${rule(finding)}`));
  }
  return { from: first.from, to: first.to, content };
}

const shown = StateEffect.define<Tooltip | null>();

const field = StateField.define<Tooltip | null>({
  create: () => null,
  update(tooltip, transaction) {
    for (const effect of transaction.effects) if (effect.is(shown)) return effect.value;
    return transaction.docChanged || transaction.selection !== undefined ? null : tooltip;
  },
  provide: (self) => showTooltip.from(self),
});

/** Explanations beside the pointer, and with F9 at the cursor. */
export function explanations(checking: Checking): Extension {
  return [
    field,
    hoverTooltip(async (_, place) => tooltip(checking, place).catch(() => null), {
      hideOnChange: true,
    }),
    keymap.of([
      {
        key: "F9",
        run(view) {
          void atCursor(checking, view);
          return true;
        },
      },
      {
        key: "Escape",
        run(view) {
          if (view.state.field(field) === null) return false;
          close(view);
          return true;
        },
      },
    ]),
  ];
}

async function atCursor(checking: Checking, view: EditorView): Promise<void> {
  const found = await tooltip(checking, view.state.selection.main.head).catch(() => null);
  if (found === null) tell("光标所在的位置没有说明");
  else view.dispatch({ effects: shown.of(found) });
}

function close(view: EditorView): void {
  view.dispatch({ effects: shown.of(null) });
  view.focus();
}

async function tooltip(checking: Checking, place: number): Promise<Tooltip | null> {
  const { plugin, offer } = checking;
  const explanation = await explained(checking, place);
  if (plugin === null || explanation === null) return null;
  const { state } = plugin.view;
  const fixes = (await Promise.all(at(state, place).map(({ finding }) => offer.ask(finding)))).flat();
  if (plugin.view.state.doc !== state.doc) return null;
  return {
    pos: explanation.from,
    end: explanation.to,
    above: true,
    create: (view) => {
      const dom = make("div", "explanation", explanation.content);
      dom.setAttribute("role", "group");
      dom.setAttribute("aria-label", "说明");
      // It may be longer than fits, and is scrolled without a mouse too.
      dom.tabIndex = 0;
      dom.addEventListener("keydown", ({ key }) => {
        if (key === "Escape") close(view);
      });
      say(dom.textContent);
      for (const fix of fixes) {
        dom.append(
          button(`修复：${fix.words}`, () => {
            checking.fix(fix);
          }),
        );
      }
      return { dom };
    },
  };
}
