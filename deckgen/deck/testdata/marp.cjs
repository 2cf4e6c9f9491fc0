// Reads a JSON list of decks, writes for each what Marp makes of it: the number
// of its slides and the presenter notes of each.
const { createRequire } = require('node:module')
const { readFileSync } = require('node:fs')

const cli = createRequire(require.resolve('@marp-team/marp-cli/package.json'))
const { Marp } = cli('@marp-team/marp-core')

const marp = new Marp({ math: 'mathjax' })
// Directives that Marp CLI adds to Marp Core.
for (const key of ['author', 'description', 'image', 'keywords', 'title', 'url'])
  marp.customDirectives.global[key] = () => ({})
marp.customDirectives.local.transition = () => ({})
// Only the structure counts: formulas need not be typeset, nor styles packed.
marp.markdown.renderer.rules.marp_math_inline = () => ''
marp.markdown.renderer.rules.marp_math_block = () => ''

const decks = JSON.parse(readFileSync(0, 'utf8'))
const results = decks.map((deck) => {
  marp.markdown.parse(deck.replace(/^\ufeff/, ''), {})
  return { Slides: marp.lastSlideTokens.length, Notes: marp.lastComments }
})
process.stdout.write(JSON.stringify(results))
