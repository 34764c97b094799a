// Filters the list of pitfalls by all words that are typed. They stand in the address, to be linked.
"use strict"
const list = document.querySelector("article > ul")
const field = Object.assign(document.createElement("input"), {
  id: "find", type: "search", ariaLabel: "Filter the list", placeholder: "Filter: 0.5, KeyError, (N, 1) …",
})
list.before(field)
const apply = () => {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean)
  for (const item of list.children) {
    const text = item.textContent.toLowerCase()
    item.hidden = !words.every(word => text.includes(word))
  }
  const address = new URL(location)
  if (words.length) address.searchParams.set("find", field.value)
  else address.searchParams.delete("find")
  history.replaceState(null, "", address)
}
field.value = new URL(location).searchParams.get("find") ?? ""
field.addEventListener("input", apply)
apply()
