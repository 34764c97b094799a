// Pages are ranked by MiniSearch. All of it comes with the first word that is typed.
"use strict"

importScripts("minisearch.js")

const STOP = new Set(`a about after all also am an and any are as at be been but by can could did do
  does doing for from get gets getting got had has have he her here how i if in into is it its just
  keras me my no of on one only or our out python same should so some tensorflow than that the their
  them then there they this to too tried try up use used using very want was we were what when where
  which while who why will with would you your`.split(/\s+/))

// Pages that say a little of what many others say.
const LISTS = /^(versions|claims|what-to-write)\//

// What the field, or another language, calls it.
const SAME = [
  [/准确率|精度|정확도|正解率|точност\p{L}*|exactitud|précision|precisión|genauigkeit|acurácia|doğruluk/giu, " accuracy "],
  [/评测|评估|评价|evaluaci[oó]n|оценк\p{L}*/giu, " evaluate "],
  [/标签|etiquetas?|метк\p{L}*/giu, " label "],
  [/预测|predicci[oó]n\p{L}*/giu, " predict "],
  [/损失|損失|손실|потер\p{L}*|pérdida|perte|verlust/giu, " loss "],
  [/验证|validaci[oó]n|валидац\p{L}*/giu, " validation "],
  [/训练|entrenamiento|обуч\p{L}*/giu, " training "],
  [/回归|regresi[oó]n|регресси\p{L}*/giu, " regression "],
  [/不变|一直|始终|constante|постоянн\p{L}*/giu, " constant "],
  [/为零|为\s?0|(?<!\p{L})(?:cero|нол\p{L}+|нул\p{L}+)/giu, " 0 "],
  [/低|(?<!\p{L})baj[ao](?!\p{L})|низк\p{L}*/giu, " low "],
  [/高|(?<!\p{L})alt[ao](?!\p{L})|высок\p{L}*/giu, " high "],
  [/\bacc\b|_acc\b/gi, " acc accuracy "],
  [/\bval\b|\bvalid\b/gi, " val validation "],
  [/\bmse\b/gi, " mse mean_squared_error regression "],
  [/\bmae\b/gi, " mae mean_absolute_error regression "],
  [/\bbce\b/gi, " bce binary_crossentropy "],
  [/\bcce\b/gi, " cce categorical_crossentropy "],
  [/\b(?:lstm|gru|rnns?|seq2seq|transformer|captcha|tagging|ner|translation)\b/gi, " $& sequence padding "],
  [/\b(binary|categorical|sparse)?[ _-]?cross[ -]entropy\b/gi, " $1_crossentropy "],
  [/\b(?:multi-?\s?gpus?|gpus|multi_gpu_model)\b/gi, " $& several devices mirroredstrategy "],
  [/\bauto-\s?encoder/gi, " autoencoder"],
  [/\b(?:u-?net|segmentation)\b/gi, " $& segmentation pixel "],
  [/\bmulti-?\s?label\b/gi, " multilabel multi label "],
  [/\bone-?\s?hot\b/gi, " onehot one hot "],
]

const words = text => {
  for (const [other, ours] of SAME) text = text.replace(other, ours)
  const found = []
  for (const [word] of text.matchAll(/\d+(?:\.\d+)*|[\p{L}_][\p{L}\p{N}_]*/gu)) {
    const parts = word.replace(/(\p{Ll})(?=\p{Lu})/gu, "$1_").split("_").filter(Boolean)
    found.push(...parts, ...parts.length > 1 ? [word] : [])
  }
  return found
}

// The same stem for accuracy and accuracies, loss and losses, masked and masking.
const stem = word => {
  const low = word.toLowerCase()
  if (STOP.has(low)) return null
  if (low.length < 4 || /[\d_]/.test(low)) return low
  const cut = low.replace(/ies$/, "y").replace(/(?<=.{3})(?:ing|ed|es|ly|s|e)$/, "")
  return cut.replace(/([^aeiou])\1$/, "$1")
}

const load = async () => {
  const pages = await (await fetch("pages.json")).json()
  const found = new MiniSearch({
    idField: "url",
    fields: ["title", "code", "symptoms", "headings", "description", "text"],
    storeFields: ["title", "code", "description", "symptoms"],
    extractField: (page, name) => String(page[name]),
    tokenize: words,
    processTerm: stem,
  })
  found.addAll(pages)
  found.pages = new Map()
  for (const {title, symptoms, headings, description} of pages)
    for (const word of new Set(words([title, symptoms, headings, description].join(" ")).map(stem)))
      found.pages.set(word, 1 + (found.pages.get(word) ?? 0))
  return found
}

const escaped = text => text.replace(/&/g, "&amp;").replace(/</g, "&lt;")

const find = (found, query) => {
  // A pasted traceback is long: its first words, each once, are enough.
  const terms = [...new Set(words(query.slice(0, 2000)).map(stem).filter(Boolean))].slice(0, 60)
  const boost = {title: 2, symptoms: 3, headings: 1.5, description: 1.5}
  const options = {
    tokenize: text => text.split(" "), processTerm: term => term, boost,
    // A question is long: what it says first matters more, and one word that few pages have says
    // more than many that all have.
    boostTerm: (term, i) => (i < 12 ? 2 : 1) * Math.sqrt(Math.log(1 + 64 / (found.pages.get(term) ?? 8))),
    prefix: (term, i, all) => i === all.length - 1 && term.length > 2,
    // A page that answers one symptom stands above lists that name many.
    boostDocument: (id, term, page) => page.symptoms.length && !LISTS.test(id) ? 1 : 0.6,
    fuzzy: term => terms.length < 12 && term.length > 5 ? 0.2 : false,
  }
  return found.search(terms.join(" "), options).slice(0, 20).map(page => {
    const title = page.code ? `${page.code} · ${page.title}` : page.title
    const shown = {location: page.id, title: escaped(title), text: `<p>${escaped(page.description)}</p>`}
    return [{...shown, score: page.score, terms: {}}]
  })
}
