/** Inlay hints: what the server writes beside figures, such as the right sum. */

import type { LSPPlugin } from "@codemirror/lsp-client";
import { RangeSetBuilder, StateEffect, StateField, type Extension } from "@codemirror/state";
import { Decoration, EditorView, WidgetType, type DecorationSet } from "@codemirror/view";
import type * as lsp from "vscode-languageserver-protocol";
import { make } from "./element";

const set = StateEffect.define<DecorationSet>();

class Hint extends WidgetType {
  constructor(
    private readonly words: string,
    private readonly tooltip: string,
  ) {
    super();
  }

  override eq(other: Hint): boolean {
    return other.words === this.words && other.tooltip === this.tooltip;
  }

  override toDOM(): HTMLElement {
    const element = make("span", "hint", this.words);
    element.title = this.tooltip;
    return element;
  }
}

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(hints, transaction) {
    for (const effect of transaction.effects) if (effect.is(set)) return effect.value;
    // Until the server has spoken they are shown as old ones, as all else is.
    return hints.map(transaction.changes);
  },
  provide: (self) => EditorView.decorations.from(self),
});

export const hints: Extension = field;

/** Ask for the hints of the text as it is; the caller sees to it that the text stays the same meanwhile. */
export async function hinted(plugin: LSPPlugin): Promise<StateEffect<DecorationSet> | null> {
  if (plugin.client.serverCapabilities?.inlayHintProvider === undefined) return null;
  const { doc } = plugin.view.state;
  const range = { start: { line: 0, character: 0 }, end: plugin.toPosition(doc.length, doc) };
  const told = await plugin.client.request<lsp.InlayHintParams, lsp.InlayHint[] | null>("textDocument/inlayHint", {
    textDocument: { uri: plugin.uri },
    range,
  });
  const places = (told ?? []).map((hint) => ({ at: plugin.fromPosition(hint.position, doc), hint }));
  const builder = new RangeSetBuilder<Decoration>();
  for (const { at, hint } of places.sort((one, other) => one.at - other.at)) {
    const words = typeof hint.label === "string" ? hint.label : hint.label.map((part) => part.value).join("");
    const tooltip = typeof hint.tooltip === "string" ? hint.tooltip : (hint.tooltip?.value ?? "");
    builder.add(at, at, Decoration.widget({ widget: new Hint(words, tooltip), side: 1 }));
  }
  return set.of(builder.finish());
}

export function withoutHints(): StateEffect<DecorationSet> {
  return set.of(Decoration.none);
}
