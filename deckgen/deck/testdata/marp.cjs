// Reads a JSON list of decks, writes for each what Marp makes of it: the number
// of its slides, the presenter notes of each, the links and the text.
const { createRequire } = require('node:module')
const { readFileSync } = require('node:fs')

const cli = createRequire(require.resolve('@marp-team/marp-cli/package.json'))
const { Marp } = cli('@marp-team/marp-core')

const marp = new Marp({ math: 'mathjax' })
// Directives that Marp CLI adds to Marp Core.
for (const key of ['author', 'description', 'image', 'keywords', 'title', 'url'])
  marp.customDirectives.global[key] = () => ({})
marp.customDirectives.local.transition = () => ({})

// text is what a reader sees of inline tokens.
const text = (tokens) =>
  tokens
    .map((token) => {
      if (token.type === 'softbreak' || token.type === 'hardbreak') return ' '
      if (token.type === 'marp_math_inline') return '$'
      if (token.type === 'html_inline' || token.type === 'marpit_comment') return ''
      return token.children ? text(token.children) : token.content
    })
    .join('')
    .replace(/^ +| +$/g, '')

// links lists the links into JSON files and the images, in order.
const links = (tokens) =>
  tokens.flatMap((token, i) => {
    const found = token.children ? links(token.children) : []
    if (token.type === 'image') return [{ Text: text(token.children), Title: token.attrGet('title') ?? '' }, ...found]
    if (token.type !== 'link_open' || !token.attrGet('href').includes('.json#/')) return found
    const end = tokens.findIndex((t, j) => j > i && t.type === 'link_close' && t.level === token.level)
    return [{ Text: text(tokens.slice(i + 1, end)), Title: token.attrGet('title') ?? '' }]
  })

const visible = (tokens) => tokens.filter((token) => token.type === 'inline').map((token) => text(token.children)).filter(Boolean)

const decks = JSON.parse(readFileSync(0, 'utf8'))
const results = decks.map((deck) => {
  const tokens = marp.markdown.parse(deck.replace(/^\ufeff/, ''), {})
  return {
    Slides: marp.lastSlideTokens.length,
    Notes: marp.lastComments,
    Links: links(tokens.filter((token) => token.type === 'inline')),
    Text: visible(tokens),
  }
})
process.stdout.write(JSON.stringify(results))
