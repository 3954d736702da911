// Looking for a value in a long list of a filter: among those shown at once, then among all that there are.
const WAIT_MS = 200

export function attach(say) {
  for (const field of document.querySelectorAll("[data-facet]")) one(field, say)
}

function one(field, say) {
  const panel = field.closest(".panel"), list = panel.querySelector("ul"), rest = panel.querySelectorAll(".rest")
  const rows = [...list.children]
  let timer = 0, asked = null

  const shown = (found, complete) => {
    list.replaceChildren(...found)
    for (const line of rest) line.hidden = complete
    say(`${field.dataset.found} ${found.length}`)
  }

  const ask = async text => {
    const mine = asked = new AbortController()
    // The address of the page may hold what the API does not know; its links hold what was understood.
    const query = new URL(document.querySelector(".languages [aria-current]").href).searchParams
    for (const name of ["page", "facet_limit"]) query.delete(name)
    query.set("prefix", text)
    try {
      const found = await fetch(`/api/v1/facets/${field.dataset.facet}?${query}`, {
        signal: mine.signal, headers: { "Accept-Language": document.documentElement.lang },
      })
      if (!found.ok || mine !== asked) return
      const { facet } = await found.json()
      const known = new Map(rows.map(row => [new URL(row.querySelector(".value").href).search, row]))
      shown(facet.values.map(value => known.get(new URL(value.href, location).search) ?? row(value)), true)
    } catch { /* those of the page stay */ }
  }

  field.addEventListener("input", () => {
    const text = field.value.trim().toLocaleLowerCase("kk")
    clearTimeout(timer)
    asked?.abort()
    asked = null
    if (!text) return shown(rows, false)
    shown(rows.filter(row => row.querySelector(".label").textContent.toLocaleLowerCase("kk").includes(text)), true)
    if (rest.length) timer = setTimeout(ask, WAIT_MS, text)
  })
  field.addEventListener("keydown", event => {
    if (event.key === "Escape" && field.value) {
      field.value = ""
      field.dispatchEvent(new Event("input"))
      event.preventDefault()
    }
  })
}

function row(value) {
  const item = document.createElement("li"), link = document.createElement("a")
  const label = document.createElement("span"), count = document.createElement("span")
  link.className = "value"
  link.href = location.pathname + new URL(value.href, location).search
  label.className = "label"
  label.textContent = value.label
  count.className = "count"
  count.textContent = value.count.toLocaleString(document.documentElement.lang)
  link.append(label, " ", count)
  item.append(link)
  return item
}
