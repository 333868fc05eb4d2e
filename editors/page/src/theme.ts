/** How the editor looks, in the colours of the page, by day and by night. */

import { EditorView } from "@codemirror/view";

const lines = (colour: string, style: string): Record<string, string> => ({
  // The editor's own marks are pictures, and colour is all that tells them apart.
  backgroundImage: "none",
  textDecoration: `underline ${style} ${colour} 2px`,
  textUnderlineOffset: "4px",
  textDecorationSkipInk: "none",
});

export const theme = EditorView.theme({
  ".cm-content": { fontFamily: "inherit", caretColor: "var(--ink)", padding: "8px 0" },
  ".cm-scroller": { fontFamily: "inherit", lineHeight: "1.7" },
  ".cm-gutters": { backgroundColor: "var(--panel)", color: "var(--soft)", borderRight: "1px solid var(--line)" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--mark) 45%, transparent)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-placeholder": { color: "var(--soft)" },
  "& .cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
    background: "color-mix(in srgb, var(--act) 30%, transparent)",
  },
  ".cm-searchMatch": { backgroundColor: "color-mix(in srgb, var(--warning) 35%, transparent)" },
  ".cm-tooltip": {
    backgroundColor: "var(--back)",
    color: "var(--ink)",
    border: "1px solid var(--soft)",
    borderRadius: "6px",
    boxShadow: "0 2px 10px rgb(0 0 0 / .25)",
  },
  ".cm-tooltip.explanation, .cm-tooltip .explanation": {
    padding: "6px 10px",
    maxHeight: "50vh",
    overflowY: "auto",
    lineHeight: "1.5",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "inherit", maxHeight: "16em" },
  ".cm-completionDetail": { fontStyle: "normal", color: "var(--soft)" },
  "[aria-selected] > .cm-completionDetail": { color: "inherit" },
  ".cm-tooltip.cm-completionInfo": { maxHeight: "16em", overflowY: "auto", fontSize: ".875rem", padding: "4px 10px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--act)",
    color: "var(--act-ink)",
  },
  ".cm-panels": { backgroundColor: "var(--panel)", color: "var(--ink)" },
  ".cm-panels.cm-panels-top": { borderBottom: "1px solid var(--line)" },
  ".cm-panel.cm-search": { padding: "6px 2rem 8px 8px" },
  ".cm-panel.cm-search label, .cm-panel.cm-search input, .cm-panel.cm-search button": { fontSize: ".875rem" },
  ".cm-panel.cm-search [name=close]": { fontSize: "1.25rem", minWidth: "2rem" },
  ".cm-textfield": { backgroundColor: "var(--back)", color: "var(--ink)", border: "1px solid var(--soft)" },
  ".cm-button": { backgroundImage: "none", backgroundColor: "var(--back)", color: "var(--ink)", border: "1px solid var(--line)" },
  ".cm-lintRange-active": { backgroundColor: "var(--mark)" },
  ".cm-lintRange-error": lines("var(--error)", "wavy"),
  ".cm-lintRange-warning": lines("var(--warning)", "dashed"),
  ".cm-lintRange-info": lines("var(--info)", "dotted"),
  ".cm-lintRange-hint": lines("var(--hint)", "dotted"),
  ".cm-lintPoint:after": { borderBottomColor: "var(--error)" },
  ".cm-lintPoint-warning:after": { borderBottomColor: "var(--warning)" },
  ".cm-lintPoint-info:after": { borderBottomColor: "var(--info)" },
  ".hint": { color: "var(--soft)", fontSize: ".875em", padding: "0 .35em", borderRadius: "3px", backgroundColor: "var(--panel)" },
});
