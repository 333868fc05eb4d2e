/** What the server writes in Markdown, as elements: marks, lists and tables, and nothing that acts or loads. */

import type { LSPPlugin } from "@codemirror/lsp-client";
import DOMPurify from "dompurify";
import type { Hover } from "vscode-languageserver-protocol";

const TAGS = [
  ..."p br hr strong em code pre blockquote ul ol li h1 h2 h3 h4 h5 h6".split(" "),
  ..."table thead tbody tr th td a".split(" "),
];

export function markdown(plugin: LSPPlugin, contents: Hover["contents"]): DocumentFragment {
  const parts = Array.isArray(contents) ? contents : [contents];
  const markup = parts.map((part) => plugin.docToHTML(typeof part === "string" ? part : part.value, "markdown"));
  const fragment = DOMPurify.sanitize(markup.join("\n"), {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ["href"],
    ALLOWED_URI_REGEXP: /^https?:\/\//i,
    RETURN_DOM_FRAGMENT: true,
  });
  for (const link of fragment.querySelectorAll("a")) {
    if (!link.hasAttribute("href")) link.replaceWith(...link.childNodes);
    // Whoever follows a link to a regulation leaves the page open.
    link.target = "_blank";
    link.rel = "noreferrer noopener";
  }
  return fragment;
}
