// Suggestions as a combobox with a list (ARIA 1.2). Whatever goes wrong, the box stays a box.
const WAIT_MS = 120
const LEAST = 2

export function attach(box, say) {
  const list = document.createElement("div")
  list.id = "offers"
  list.className = "offers"
  list.hidden = true
  list.setAttribute("role", "listbox")
  list.setAttribute("aria-label", box.labels[0].textContent)
  box.after(list)
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-controls": list.id, "aria-expanded": "false",
  })) box.setAttribute(name, value)

  const language = document.documentElement.lang
  let options = [], active = -1, asked = null, timer = 0, typed = box.value

  const close = () => {
    asked?.abort()
    clearTimeout(timer)
    list.hidden = true
    options = []
    list.replaceChildren()
    active = -1
    box.removeAttribute("aria-activedescendant")
    box.setAttribute("aria-expanded", "false")
  }

  const mark = place => {
    options[active]?.element.setAttribute("aria-selected", "false")
    active = place
    const chosen = options[active]
    if (chosen) {
      chosen.element.setAttribute("aria-selected", "true")
      chosen.element.scrollIntoView({ block: "nearest" })
      box.setAttribute("aria-activedescendant", chosen.element.id)
    } else box.removeAttribute("aria-activedescendant")
    box.value = chosen?.kind === "word" ? chosen.text : typed
  }

  const choose = option => {
    close()
    if (option.kind === "title") location.assign(`/${language}/article/${option.id.split("/").map(encodeURIComponent).join("/")}`)
    else {
      box.value = option.text
      box.form.requestSubmit()
    }
  }

  const show = answer => {
    options = answer.suggestions.map((one, place) => ({ ...one, element: row(one, place) }))
    if (!options.length) return close()
    list.replaceChildren(...options.map(one => one.element))
    list.hidden = false
    active = -1
    box.removeAttribute("aria-activedescendant")
    box.setAttribute("aria-expanded", "true")
    say(`${box.dataset.found} ${options.length}`)
  }

  const row = (one, place) => {
    const element = document.createElement("div")
    element.id = `offer-${place}`
    element.className = one.kind
    element.setAttribute("role", "option")
    element.setAttribute("aria-selected", "false")
    const words = document.createElement("span")
    words.append(...pieces(one.html))
    if (/[\u0600-\u06ff]/.test(one.text)) words.dir = "rtl"
    element.append(words)
    if (one.kind === "word") {
      const count = document.createElement("span")
      count.className = "count"
      count.textContent = one.total.toLocaleString(language)
      element.append(" ", count)
    }
    element.addEventListener("pointerdown", event => event.preventDefault())
    element.addEventListener("click", () => choose(one))
    return element
  }

  const ask = async () => {
    asked?.abort()
    const mine = asked = new AbortController()
    try {
      const found = await fetch(`/api/v1/suggest?${new URLSearchParams({ q: typed, limit: 8 })}`, { signal: mine.signal })
      if (!found.ok) return close()
      const answer = await found.json()
      if (mine === asked && document.activeElement === box) show(answer)
    } catch { if (mine === asked) close() }
  }

  box.addEventListener("input", () => {
    typed = box.value
    clearTimeout(timer)
    if (typed.trim().length < LEAST) return close()
    timer = setTimeout(ask, WAIT_MS)
  })
  box.addEventListener("blur", close)
  box.addEventListener("keydown", event => {
    if (event.isComposing) return
    const last = options.length - 1
    const ways = { ArrowDown: active >= last ? -1 : active + 1, ArrowUp: active < 0 ? last : active - 1 }
    if (event.key in ways) {
      event.preventDefault()
      if (options.length) mark(ways[event.key])
      else if (typed.trim().length >= LEAST) ask()
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault()
      mark(-1)
      close()
    } else if (event.key === "Enter" && options[active]) {
      event.preventDefault()
      choose(options[active])
    }
  })
  box.form.addEventListener("submit", close)
  if (document.activeElement === box && box.value !== box.defaultValue) box.dispatchEvent(new Event("input"))
}

// The safe HTML of the API as nodes: its marks are the only elements it has.
function pieces(html) {
  const plain = text => text.replace(/&(amp|lt|gt|#34|#39);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">", "#34": '"', "#39": "'" })[name])
  return html.split(/<\/?mark>/).map((text, place) => {
    if (place % 2 === 0) return plain(text)
    const marked = document.createElement("mark")
    marked.textContent = plain(text)
    return marked
  })
}
