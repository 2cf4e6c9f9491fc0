// Marp Core as a process that stays: starting it takes longer than converting a deck. Reads lines of JSON, each with a
// deck and the style sheets of the themes, and answers each with a line: the slides and their style sheet.
const { createRequire } = require('node:module')
const { createInterface } = require('node:readline')

// The Marp Core that Marp CLI brings along.
const cli = createRequire(createRequire(process.cwd() + '/').resolve('@marp-team/marp-cli/package.json'))
const { Marp } = cli('@marp-team/marp-core')

let marp, themes

function prepare(sheets) {
  marp = new Marp({ container: { tag: 'div', id: ':$p' }, script: false })
  for (const sheet of sheets) marp.themeSet.add(sheet)
  // Directives that Marp CLI adds to Marp Core.
  for (const key of ['author', 'description', 'image', 'keywords', 'title', 'url'])
    marp.customDirectives.global[key] = () => ({})
  marp.customDirectives.local.transition = () => ({})
  themes = sheets.join('\0')
}

function convert({ markdown, themes: sheets }) {
  if (sheets.join('\0') !== themes) prepare(sheets)
  const { html, css } = marp.render(markdown, { htmlAsArray: true })
  return { slides: html, css }
}

createInterface({ input: process.stdin }).on('line', (line) => {
  let answer
  try {
    answer = convert(JSON.parse(line))
  } catch (e) {
    answer = { error: String(e.message ?? e) }
  }
  process.stdout.write(JSON.stringify(answer) + '\n')
})
