// Material's search box asks this worker, in Material's own messages: 0 setup, 1 ready, 2 query,
// 3 result. What ranks the pages comes with the first word that is typed.
"use strict"

let index
const loaded = () => {
  importScripts("ranking.js")
  return load()
}

onmessage = async ({data: {type, data}}) => {
  if (type === 0) postMessage({type: 1})
  if (type !== 2) return
  if (!data.trim()) return postMessage({type: 3, data: {items: []}})
  const found = await (index ??= loaded())
  postMessage({type: 3, data: {items: find(found, data)}})
}
