/* The search box of this site for pages of others: <script src="https://izde.example/embed.js" defer></script>.
   Every <form action="https://izde.example/kk/search"> of the page gets suggestions while one types; without this script,
   or in a browser too old for it, the form stays as it is. docs/embed.md says how to style it.
   It sets no cookies, keeps nothing, tells nobody anything, and asks only the site that it came from. */
(() => {
  "use strict";

  const script = document.currentScript || document.querySelector('script[src*="/embed.js"]');
  const site = new URL(script ? script.src : "/", document.baseURI).origin;
  const WAIT_MS = 120, MOST = 8, MOST_KEPT = 50, MOST_CHARS = 200;

  const WORDS = {
    kk: { list: "Ұсыныстар", none: "Ұсыныс жоқ", some: n => `${n} ұсыныс`, title: "мақала" },
    ru: { list: "Подсказки", none: "Подсказок нет", some: n => `Подсказок: ${n}`, title: "статья" },
    en: { list: "Suggestions", none: "No suggestions", some: n => (n === 1 ? "1 suggestion" : `${n} suggestions`), title: "article" },
  };

  const STYLE = `
:host { display: inline-block; position: relative; min-width: 12rem; text-align: start; }
:host([hidden]) { display: none; }
* { box-sizing: border-box; }
input {
  width: 100%; min-height: var(--izde-height, 2.75rem); margin: 0; padding: var(--izde-padding, .4rem .7rem);
  font: inherit; color: var(--izde-ink, FieldText); background: var(--izde-paper, Field);
  border: 1px solid var(--izde-edge, #73868f); border-radius: var(--izde-radius, .25rem);
}
input:focus-visible { outline: 2px solid var(--izde-accent, Highlight); outline-offset: 2px; }
ul {
  position: absolute; z-index: var(--izde-layer, 1000); inset-inline: 0; top: 100%; margin: .2rem 0 0; padding: .2rem;
  max-height: min(24rem, 60vh); overflow-y: auto; list-style: none; font: inherit;
  color: var(--izde-ink, FieldText); background: var(--izde-paper, Field);
  border: 1px solid var(--izde-edge, #73868f); border-radius: var(--izde-radius, .25rem);
  box-shadow: 0 .3rem 1rem rgb(0 0 0 / .2);
}
ul[hidden] { display: none; }
li {
  display: flex; gap: 1rem; align-items: center; justify-content: space-between; min-height: 2.75rem;
  padding: .3rem .5rem; cursor: pointer; overflow-wrap: anywhere; border-radius: var(--izde-radius, .25rem);
}
li[aria-selected="true"] { outline: 2px solid var(--izde-accent, Highlight); outline-offset: -2px; background: var(--izde-wash, transparent); }
mark { color: inherit; background: none; font-weight: 700; }
li > span + span { flex: none; opacity: .75; font-size: .875em; }
.said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (forced-colors: active) { li[aria-selected="true"] { outline-color: Highlight; } }`;

  let sheet;
  try {
    sheet = new CSSStyleSheet();  // not held back by the policy of the page, as a <style> would be
    sheet.replaceSync(STYLE);
  } catch {
    return;  // too old: the forms stay as they are
  }

  const make = (name, attributes = {}, text = "") => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.textContent = text;
    return element;
  };

  const SIGNS = { amp: "&", lt: "<", gt: ">", "#34": '"', "#39": "'", quot: '"' };
  const plain = html => html.replace(/&(amp|lt|gt|#34|#39|quot);/g, (_, name) => SIGNS[name]);

  /* The text of a suggestion with what was typed in <mark>; no HTML is parsed, so nothing in it can act. */
  const marked = html => {
    const line = make("span");
    html.split(/<mark>(.*?)<\/mark>/s).forEach((piece, at) => {
      line.append(at % 2 ? make("mark", {}, plain(piece)) : plain(piece));
    });
    return line;
  };

  const languageOf = form => new URL(form.action, document.baseURI).pathname.split("/")[1];

  const isOurs = form => {
    const action = new URL(form.getAttribute("action") || "", document.baseURI);
    return action.origin === site && /^\/[^/]+\/search$/.test(action.pathname);
  };

  const kept = new Map();  // what was answered on this page, for all of its boxes

  const ask = async (text, signal) => {
    if (kept.has(text)) return kept.get(text);
    const address = new URL("/api/v1/suggest", site);
    address.search = new URLSearchParams({ q: text, limit: MOST });
    const answer = await fetch(address, { signal, mode: "cors", credentials: "omit", referrerPolicy: "no-referrer" });
    if (!answer.ok) return [];
    const found = (await answer.json()).suggestions;
    kept.set(text, found);
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value);
    return found;
  };

  class Box {
    constructor(form, field) {
      this.form = form;
      this.field = field;  // the form's own, which it sends; ours only writes into it
      const language = languageOf(form);
      this.language = language;
      this.words = WORDS[language] || WORDS.en;
      const name = field.getAttribute("aria-label") || [...(field.labels || [])].map(one => one.textContent.trim()).join(" ");
      this.host = make("div", { class: "izde-box", lang: language });
      const shadow = this.host.attachShadow({ mode: "open", delegatesFocus: true });
      shadow.adoptedStyleSheets = [sheet];
      this.input = make("input", {
        type: "search", role: "combobox", part: "input", autocomplete: "off", autocapitalize: "none", spellcheck: "false",
        enterkeyhint: "search", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "list",
        "aria-label": name || field.placeholder || this.words.list, placeholder: field.placeholder,
      });
      this.input.value = field.value;
      this.required = field.required;
      field.required = false;  // a field that cannot be seen would keep the form from being sent without a word
      this.list = make("ul", { id: "list", role: "listbox", part: "list", "aria-label": this.words.list, hidden: "" });
      this.said = make("p", { class: "said", role: "status" });
      shadow.append(this.input, this.list, this.said);
      field.before(this.host);
      field.hidden = true;
      field.style.setProperty("display", "none", "important");  // styles of the page such as input { display: block } undo `hidden`
      field.tabIndex = -1;
      for (const label of field.labels || []) label.addEventListener("click", () => this.input.focus());
      this.found = [];
      this.at = -1;
      this.listen();
    }

    listen() {
      this.input.addEventListener("input", () => {
        this.field.value = this.input.value;
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.suggest(), WAIT_MS);
      });
      this.input.addEventListener("keydown", event => this.key(event));
      this.input.addEventListener("blur", () => this.close());
      this.list.addEventListener("mousedown", event => event.preventDefault());  // the focus stays in the field
      this.list.addEventListener("click", event => {
        const row = event.target.closest("[role=option]");
        if (row) this.take(Number(row.dataset.at));
      });
      this.form.addEventListener("submit", event => {
        if (this.required && !this.field.value.trim()) {
          event.preventDefault();
          this.input.focus();
        }
      });
      this.form.addEventListener("reset", () => setTimeout(() => {
        this.input.value = this.field.value;
        this.close();
      }));
      window.addEventListener("pageshow", () => { this.input.value = this.field.value; });
    }

    async suggest() {
      this.asking?.abort();
      const text = this.input.value.trim();
      if (!text || text.length > MOST_CHARS) return this.close();
      const asking = this.asking = new AbortController();
      try {
        const found = await ask(text, asking.signal);
        if (!asking.signal.aborted) this.show(found);
      } catch {
        if (!asking.signal.aborted) this.close();  // no network, or the page allows none: it is a field like any other
      }
    }

    show(found) {
      this.found = found;
      this.choose(-1);
      this.list.replaceChildren(...found.map((one, at) => {
        const row = make("li", { role: "option", id: `o${at}`, part: "option", "aria-selected": "false", "data-at": at });
        row.append(marked(one.html), make("span", {}, one.kind === "title" ? this.words.title : one.total.toLocaleString(this.language)));
        return row;
      }));
      this.open(found.length > 0);
      this.said.textContent = found.length ? this.words.some(found.length) : this.words.none;
    }

    open(isOpen) {
      const active = this.host.shadowRoot.activeElement === this.input;
      this.list.hidden = !(isOpen && active);
      this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    }

    close() {
      this.asking?.abort();
      clearTimeout(this.timer);
      this.choose(-1);
      this.open(false);
      this.said.textContent = "";
    }

    choose(at) {
      this.list.children[this.at]?.setAttribute("aria-selected", "false");
      this.at = at;
      const row = this.list.children[at];
      if (!row) return this.input.removeAttribute("aria-activedescendant");
      row.setAttribute("aria-selected", "true");
      row.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", row.id);
    }

    key(event) {
      if (event.isComposing) return;
      const count = this.found.length, isOpen = !this.list.hidden;
      switch (event.key) {
        case "ArrowDown":
        case "ArrowUp": {
          event.preventDefault();
          if (!isOpen) return count ? this.open(true) : this.suggest();
          const step = event.key === "ArrowDown" ? 1 : -1;
          // Past either end nothing is chosen: that is what was typed.
          return this.choose((this.at + 1 + step + count + 1) % (count + 1) - 1);
        }
        case "Enter":
          event.preventDefault();
          return isOpen && this.at >= 0 ? this.take(this.at) : this.send();
        case "Escape":
          if (isOpen) {
            event.preventDefault();
            this.close();
          }
      }
    }

    take(at) {
      const one = this.found[at];
      if (one.kind !== "title") {
        this.input.value = one.text;
        return this.send();
      }
      const path = one.id.split("/").map(encodeURIComponent).join("/");
      const address = `${site}/${this.language}/article/${path}`;
      if (this.form.target === "_blank") window.open(address, "_blank", "noopener");
      else window.location.assign(address);
    }

    send() {
      this.field.value = this.input.value;
      this.close();
      this.form.requestSubmit();
    }
  }

  const begin = () => {
    for (const form of document.querySelectorAll("form[action]")) {
      const field = form.querySelector('input[name="q"]');
      if (!form.dataset.izde && field && isOurs(form)) {
        form.dataset.izde = "on";
        new Box(form, field);
      }
    }
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
