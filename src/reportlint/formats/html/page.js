
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const main = document.querySelector("main");
  const filters = byId("filters");
  const kinds = all("input[name=kind]", filters);
  const control = (name) => filters.querySelector(`[name=${name}]`);
  const rule = control("rule"), unit = control("unit"), text = control("text"), found = control("found");
  const withKeys = byId("with-keys"), help = byId("help");
  const usualKinds = kinds.filter((box) => box.checked).map((box) => box.value).join();
  const fill = (element, values) =>
    element.dataset.words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  // The summary comes last in the file and first on the page.
  document.documentElement.classList.add("scripted");
  main.prepend(byId("summary"), filters);
  filters.hidden = false;

  const reports = all("article").map((node) => ({ node, cards: all(".card", node), text: null }));
  const marks = new Map();
  for (const node of all("[data-of]")) {
    if (!marks.has(node.dataset.of)) marks.set(node.dataset.of, []);
    marks.get(node.dataset.of).push(node);
  }

  // Choices of the filters
  const choose = (select, values) => {
    const sorted = [...new Set(values)].sort((a, b) => a.localeCompare(b, "zh-CN"));
    select.append(...sorted.map((value) => new Option(value, value)));
  };
  choose(rule, reports.flatMap((report) => report.cards.map((card) => card.dataset.rule)));
  choose(unit, reports.map((report) => report.node.dataset.unit));
  const present = new Set(reports.flatMap((report) => report.cards.map((card) => card.dataset.kind)));
  for (const box of kinds) {
    if (["accepted", "baseline"].includes(box.value)) box.closest("label").hidden = !present.has(box.value);
  }
  for (const name of all("[data-filter]")) {
    const link = document.createElement("a");
    link.href = `#${new URLSearchParams({ [name.dataset.filter]: name.dataset.value })}`;
    link.textContent = name.textContent;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      control(name.dataset.filter).value = name.dataset.value;
      apply();
      save();
      filters.scrollIntoView();
      control(name.dataset.filter).focus({ preventScroll: true });
    });
    name.replaceChildren(link);
  }

  // Filtering
  let current = null;
  const shown = () =>
    reports.filter((report) => !report.node.hidden).flatMap((report) => report.cards.filter((card) => !card.hidden));
  function apply() {
    const wanted = new Set(kinds.filter((box) => box.checked).map((box) => box.value));
    const words = text.value.trim().toLowerCase();
    let count = 0, findings = 0;
    for (const report of reports) {
      let left = 0;
      for (const card of report.cards) {
        const fits = wanted.has(card.dataset.kind) && (!rule.value || rule.value === card.dataset.rule);
        card.hidden = !fits;
        left += fits;
        for (const mark of marks.get(card.id) || []) mark.classList.toggle("off", !fits);
      }
      if (words && report.text === null) report.text = report.node.textContent.toLowerCase();
      report.node.hidden = Boolean(
        (unit.value && unit.value !== report.node.dataset.unit) ||
        (words && !report.text.includes(words)) ||
        ((found.checked || rule.value) && !left)
      );
      if (report.node.hidden) continue;
      count += 1;
      findings += left;
    }
    if (current && (current.hidden || current.closest("article").hidden)) select(null);
    byId("status").textContent = fill(byId("status"), { reports: count, all: reports.length, findings });
    byId("nothing").hidden = count > 0;
  }

  // The state of the page stands in its address.
  function save() {
    const state = new URLSearchParams();
    const chosen = kinds.filter((box) => box.checked).map((box) => box.value).join();
    if (chosen !== usualKinds) state.set("kind", chosen);
    if (rule.value) state.set("rule", rule.value);
    if (unit.value) state.set("unit", unit.value);
    if (text.value) state.set("text", text.value);
    if (found.checked) state.set("found", "1");
    if (!withKeys.checked) state.set("keys", "0");
    if (current) state.set("at", current.id);
    history.replaceState(null, "", `#${state}`);
  }
  function load() {
    const hash = location.hash.slice(1);
    const state = new URLSearchParams(hash.includes("=") ? hash : hash && { at: hash });
    const chosen = (state.has("kind") ? state.get("kind") : usualKinds).split(",");
    for (const box of kinds) box.checked = chosen.includes(box.value);
    rule.value = state.get("rule") || "";
    unit.value = state.get("unit") || "";
    if (rule.selectedIndex < 0) rule.value = "";
    if (unit.selectedIndex < 0) unit.value = "";
    text.value = state.get("text") || "";
    found.checked = state.get("found") === "1";
    withKeys.checked = state.get("keys") !== "0";
    apply();
    if (state.get("at")) visit(byId(state.get("at")));
  }

  // Going from place to place
  let lit = [];
  function light(ids) {
    for (const node of lit) node.classList.remove("part");
    lit = ids.map(byId).filter(Boolean).map((node) => node.closest("td, th") || node);
    for (const node of lit) node.classList.add("part");
  }
  const cellsOf = (node) => (node && node.dataset.cells ? node.dataset.cells.split(" ") : []);
  const pressed = () => all(".show[aria-pressed=true]").flatMap((button) => cellsOf(button.closest(".sum")));
  const relight = () => light([...pressed(), ...cellsOf(current)]);
  function select(card) {
    if (current) for (const node of [current, ...(marks.get(current.id) || [])]) node.classList.remove("current");
    current = card;
    if (card) for (const node of [card, ...(marks.get(card.id) || [])]) node.classList.add("current");
    relight();
    byId("place").textContent = card ? fill(byId("place"), { place: shown().indexOf(card) + 1 }) : "";
  }
  function open(node) {
    for (let at = node.parentElement; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  }
  function visit(node) {
    if (!node) return;
    open(node);
    const own = node.closest("[data-of]");
    const card = node.closest(".card") || (own && byId(own.dataset.of));
    if (card && !card.hidden) select(card);
    const target = node.closest(".card") || node;
    const mark = card === target && (marks.get(card.id) || [])[0];
    if (mark) open(mark);
    target.scrollIntoView({ block: target.matches("section, article, h2, #reports") ? "start" : "center" });
    if (mark) {
      // Finding and place are both shown, where there is room for both.
      const [a, b] = [target.getBoundingClientRect(), mark.getBoundingClientRect()];
      const top = Math.min(a.top, b.top), height = Math.max(a.bottom, b.bottom) - top;
      const head = getComputedStyle(filters).position === "sticky" ? filters.offsetHeight : 0;
      if (height < innerHeight - head) scrollBy(0, top - head - (innerHeight - head - height) / 2);
    }
    if (!target.matches("a, button, input, select, [tabindex]")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }
  function step(by) {
    const cards = shown();
    if (!cards.length) return;
    let at = cards.indexOf(current);
    if (at >= 0) at = Math.min(Math.max(at + by, 0), cards.length - 1);
    else if (by > 0) at = Math.max(cards.findIndex((card) => card.getBoundingClientRect().top >= 0), 0);
    else at = Math.max(cards.filter((card) => card.getBoundingClientRect().bottom <= 0).length - 1, 0);
    visit(cards[at]);
    save();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const button = event.target.closest(".show");
    if (button) {
      button.setAttribute("aria-pressed", button.getAttribute("aria-pressed") !== "true");
      relight();
    } else if (link && !event.defaultPrevented) {
      const node = byId(link.getAttribute("href").slice(1));
      if (!node) return;
      event.preventDefault();
      visit(node);
      save();
    }
  });
  for (const button of all(".show")) button.hidden = false;
  for (const kind of ["mouseover", "focusin"]) {
    document.addEventListener(kind, (event) => {
      const own = event.target.closest("[data-of]");
      const holder = own ? byId(own.dataset.of) : event.target.closest("[data-cells]");
      if (holder && holder.dataset.cells) light(cellsOf(holder));
      else if (lit.length) relight();
    });
  }

  // Controls and keys
  filters.addEventListener("change", (event) => { if (event.target !== text) { apply(); save(); } });
  let waiting = 0;
  text.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { apply(); save(); }, 150);
  });
  byId("reset").addEventListener("click", () => {
    for (const box of kinds) box.checked = usualKinds.split(",").includes(box.value);
    rule.value = unit.value = text.value = "";
    found.checked = false;
    apply();
    save();
  });
  byId("next").addEventListener("click", () => step(1));
  byId("previous").addEventListener("click", () => step(-1));
  byId("keys").addEventListener("click", () => help.showModal());
  withKeys.addEventListener("change", save);
  const keys = new Map([
    ["n", () => step(1)],
    ["p", () => step(-1)],
    ["/", () => { filters.scrollIntoView({ block: "nearest" }); text.focus(); }],
    ["?", () => help.showModal()],
  ]);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || help.open || !withKeys.checked) return;
    if (event.target.matches("input:not([type=checkbox]), select, textarea") || !keys.has(event.key)) return;
    event.preventDefault();
    keys.get(event.key)();
  });
  addEventListener("hashchange", load);

  // A table that is wider than the screen can be scrolled from the keyboard.
  const seen = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth <= target.clientWidth) {
        for (const name of ["tabindex", "role", "aria-label"]) target.removeAttribute(name);
        continue;
      }
      target.tabIndex = 0;
      target.setAttribute("role", "group");
      const caption = target.querySelector("caption");
      target.setAttribute("aria-label", caption ? caption.textContent : target.closest("article").querySelector("h2").textContent);
    }
  });
  for (const table of all(".table")) seen.observe(table);

  // On paper nothing can be opened.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all(".card details:not([open])");
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => { for (const details of opened) details.open = false; });

  load();
})();
