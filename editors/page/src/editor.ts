/** The editor: one text, wrapped, with what is found in it. */

import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { linter, nextDiagnostic, previousDiagnostic } from "@codemirror/lint";
import { serverCompletionSource } from "@codemirror/lsp-client";
import { search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, placeholder } from "@codemirror/view";
import type { Checking } from "./checking";
import { explanations } from "./explain";
import { at } from "./findings";
import { hints } from "./hints";
import { CHARACTERS, NONCE, tooLong } from "./limits";
import { warn } from "./notes";
import { theme } from "./theme";

export function edit(parent: HTMLElement, checking: Checking): EditorView {
  return new EditorView({
    parent,
    extensions: [
      EditorView.cspNonce.of(NONCE),
      EditorState.phrases.of(PHRASES),
      EditorView.contentAttributes.of({ "aria-label": "报告全文", lang: "zh-CN", spellcheck: "false", tabindex: "0" }),
      EditorView.lineWrapping,
      lineNumbers(),
      history(),
      drawSelection(),
      highlightActiveLine(),
      search({ top: true }),
      placeholder("把报告粘贴到这里，或把文件（Word、PDF、网页、表格、文本）拖到页面上"),
      autocompletion({ override: [serverCompletionSource], activateOnTyping: false, icons: false }),
      // The explanation says it; a second box would stand over the first.
      linter(null, { tooltipFilter: () => [] }),
      hints,
      explanations(checking),
      EditorState.changeFilter.of((transaction) => {
        const { length } = transaction.newDoc;
        if (length <= CHARACTERS || length <= transaction.startState.doc.length) return true;
        warn(`${tooLong(length)}，没有放入`);
        return false;
      }),
      keymap.of([
        { key: "F8", run: nextDiagnostic, shift: previousDiagnostic },
        { key: "Mod-.", run: (view) => fixHere(view, checking) },
        ...completionKeymap,
        ...searchKeymap,
        ...historyKeymap,
        ...defaultKeymap,
      ]),
      theme,
      checking.extension(),
    ],
  });
}

/** Put another text in the place of all that is there; it can be undone. */
export function replace(view: EditorView, text: string): boolean {
  if (text.length > CHARACTERS) {
    warn(`${tooLong(text.length)}，没有放入`);
    return false;
  }
  view.dispatch({
    changes: { from: 0, to: view.state.doc.length, insert: text },
    selection: { anchor: 0 },
    scrollIntoView: true,
    userEvent: "input.replace",
  });
  return true;
}

function fixHere(view: EditorView, checking: Checking): boolean {
  void checking.fixFirst(at(view.state, view.state.selection.main.head).map(({ finding }) => finding));
  return true;
}

const PHRASES = {
  "Control character": "控制字符",
  Completions: "可以填写的内容",
  Diagnostics: "问题",
  Find: "查找",
  Replace: "替换为",
  next: "下一处",
  previous: "上一处",
  all: "全选",
  "match case": "区分大小写",
  regexp: "正则表达式",
  "by word": "整词",
  replace: "替换",
  "replace all": "全部替换",
  close: "关闭",
  "current match": "当前一处",
  "replaced match on line $": "替换了第 $ 行的一处",
  "replaced $ matches": "替换了 $ 处",
  "on line": "在第几行",
  "Go to line": "转到行",
  go: "转到",
};
