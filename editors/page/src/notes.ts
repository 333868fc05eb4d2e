/** Lines that say what was done, or why it was not. */

import { button, find, make } from "./element";

const place = find("notes", HTMLElement);
const spoken = find("spoken", HTMLElement);
const SECONDS = 8;
const SETTLED = 700;
let speaking = 0;

/** What was done; it goes by itself. */
export function tell(words: string): void {
  const line = show(words, "note");
  setTimeout(() => {
    line.remove();
  }, SECONDS * 1000);
}

/** What could not be done; it stays until the next note. */
export function warn(words: string): void {
  show(words, "note error");
}

export function clear(): void {
  place.replaceChildren();
}

/** What a screen reader says when the page has come to rest. */
export function say(words: string): void {
  clearTimeout(speaking);
  speaking = setTimeout(() => {
    if (spoken.textContent !== words) spoken.textContent = words;
  }, SETTLED);
}

function show(words: string, kind: string): HTMLElement {
  const line = make("p", kind, make("span", "", words));
  line.append(
    button("关闭", () => {
      line.remove();
    }),
  );
  place.replaceChildren(line);
  return line;
}
