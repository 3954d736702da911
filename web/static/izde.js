// What every page can do besides: letters, view, keys. What only some readers need is loaded when they come to it.
const version = new URL(import.meta.url).search
const root = document.documentElement
const box = document.getElementById("q")

const kept = name => { try { return localStorage.getItem(`izde.${name}`) } catch { return null } }
const keep = (name, value) => {
  try { value ? localStorage.setItem(`izde.${name}`, value) : localStorage.removeItem(`izde.${name}`) } catch { /* as it is */ }
}

const say = text => { document.getElementById("said").textContent = text }

// Suggestions: at the first visit of the box.
let suggesting = false
const suggest = () => {
  if (suggesting) return
  suggesting = true
  import(`./suggest.js${version}`).then(({ attach }) => attach(box, say), () => { suggesting = false })
}
box.addEventListener("focus", suggest)
if (document.activeElement === box) suggest()

// The letters that a Russian or an English keyboard has not.
const letters = document.getElementById("letters")
const toggle = document.querySelector(".more-letters")
const told = () => toggle.setAttribute("aria-expanded", letters.checkVisibility?.() ?? letters.offsetHeight > 0)
toggle.addEventListener("click", () => {
  const open = toggle.getAttribute("aria-expanded") !== "true"
  root.dataset.letters = open ? "open" : "closed"
  keep("letters", root.dataset.letters)
  told()
})
letters.addEventListener("pointerdown", event => event.preventDefault())
letters.addEventListener("click", event => {
  if (event.target.localName !== "button") return
  const { selectionStart: from, selectionEnd: to } = box
  box.setRangeText(event.target.textContent, from, to, "end")
  if (event.detail) box.focus()
  box.dispatchEvent(new Event("input", { bubbles: true }))
})
told()

// View: what is chosen is on the root element, where the style sheet finds it, and kept.
const view = document.getElementById("view")
const form = view.querySelector("form")
for (const name of ["theme", "size"]) form.elements[name].value = root.dataset[name] ?? ""
form.elements.contrast.checked = "contrast" in root.dataset
form.elements.keys.checked = kept("keys") !== "off"
form.addEventListener("change", ({ target: { name, type, checked, value } }) => {
  const chosen = type === "checkbox" ? (checked ? "on" : "") : value
  if (name === "keys") return keep(name, checked ? "" : "off")
  if (chosen) root.dataset[name] = chosen
  else delete root.dataset[name]
  keep(name, chosen)
})
form.addEventListener("submit", event => event.preventDefault())
document.addEventListener("click", event => { if (!view.contains(event.target)) view.open = false })

// Keys
const titles = [...document.querySelectorAll(".list h2 a")]
const goTo = step => {
  const at = titles.indexOf(document.activeElement)
  const next = at < 0 ? (step > 0 ? 0 : titles.length - 1) : at + step
  titles[next]?.focus()
}
const goOn = step => {
  const steps = document.querySelector("mark:target + .steps")
  const link = steps ? steps.querySelectorAll("a")[step > 0 ? 1 : 0] : document.querySelector(".in-text a")
  link?.click()
}
const keys = {
  "/": () => { box.focus(); box.select() },
  "?": () => { view.open = !view.open; view.querySelector("summary").focus() },
  j: () => goTo(1), k: () => goTo(-1), n: () => goOn(1), p: () => goOn(-1),
}
document.addEventListener("keydown", event => {
  if (event.key === "Escape" && view.open) {
    view.open = false
    view.querySelector("summary").focus()
  }
  const typing = event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select")
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !form.elements.keys.checked) return
  const act = keys[event.key]
  if (act) {
    event.preventDefault()
    act()
  }
})

// From mark to mark the focus goes along, so that the same key goes on.
addEventListener("hashchange", () => {
  if (document.activeElement === document.body) document.querySelector("mark:target + .steps a:last-of-type")?.focus({ preventScroll: true })
})

// Copies of references
for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy)
    try {
      await navigator.clipboard.writeText(text.textContent)
      say(button.textContent = button.dataset.copied)
    } catch {
      getSelection().selectAllChildren(text)  // to be copied by hand
    }
  })
}

// Long lists of filters
if (document.querySelector("[data-facet]")) import(`./facets.js${version}`).then(({ attach }) => attach(say), () => {})
