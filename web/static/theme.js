// Before anything is shown: what the reader chose of colours, sizes and letters. Small and blocking, so nothing flashes.
{
  const root = document.documentElement, shown = root.dataset
  shown.js = ""
  try {
    for (const name of ["theme", "size", "contrast", "letters"]) {
      const value = localStorage.getItem(`izde.${name}`)
      if (value) shown[name] = value
    }
  } catch { /* no storage: everything as usual */ }
}
