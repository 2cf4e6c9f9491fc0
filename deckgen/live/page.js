// Shows a deck and puts in place what the server says has changed. The slide that is shown stays: its number is in the
// address.
const stage = document.getElementById(':$p')
const byId = (id) => document.getElementById(id)
let problems = []

const current = () => Math.min(Math.max(parseInt(location.hash.slice(1)) || 1, 1), stage.children.length || 1)
const go = (n) => location.replace('#' + Math.min(Math.max(n, 1), stage.children.length))

function element(tag, text, className = '') {
  const e = document.createElement(tag)
  e.textContent = text
  e.className = className
  return e
}

// slide makes the element of a slide out of the HTML that Marp wrote.
function slide(html) {
  const template = document.createElement('template')
  template.innerHTML = html
  return template.content.firstElementChild
}

function update(message) {
  if (message.css !== undefined) byId('marp').textContent = message.css
  while (stage.children.length > message.total) stage.lastElementChild.remove()
  for (const [i, html] of Object.entries(message.slides)) {
    const was = stage.children[i]
    if (was) was.replaceWith(slide(html))
    else stage.append(slide(html))
  }
  problems = message.problems ?? []
  byId('status').textContent = message.status
  show()
}

function show() {
  const n = current()
  Array.from(stage.children).forEach((svg, i) => svg.classList.toggle('shown', i === n - 1))
  byId('number').textContent = `${n} / ${stage.children.length}`
  byId('problems').replaceChildren(...problems.filter((p) => p.slide === n || p.slide === 0).map(problem))
  const others = [...new Set(problems.map((p) => p.slide))].filter((s) => s !== n && s !== 0)
  byId('elsewhere').replaceChildren(...(others.length ? ['problems on ', ...others.map(link)] : []))
}

function problem(p) {
  const box = element('div', '', p.severity)
  box.append(element('strong', p.place), element('pre', p.message))
  if (p.hint) box.append(element('em', 'hint: ' + p.hint))
  return box
}

function link(n) {
  const a = element('a', n + ' ')
  a.href = '#' + n
  return a
}

const keys = {
  ArrowRight: 1, ArrowDown: 1, PageDown: 1, ' ': 1,
  ArrowLeft: -1, ArrowUp: -1, PageUp: -1,
  Home: -Infinity, End: Infinity,
}
addEventListener('keydown', (e) => {
  if (!(e.key in keys) || e.ctrlKey || e.altKey || e.metaKey || (e.key === ' ' && e.target.matches('button, a'))) return
  e.preventDefault()
  go(current() + keys[e.key])
})
addEventListener('hashchange', show)
byId('back').onclick = () => go(current() - 1)
byId('next').onclick = () => go(current() + 1)

const events = new EventSource('/events/' + document.body.dataset.deck.split('/').map(encodeURIComponent).join('/'))
let fresh = false // a new connection tells everything again
events.onopen = () => { fresh = true }
events.onmessage = (e) => {
  if (fresh) stage.replaceChildren()
  fresh = false
  update(JSON.parse(e.data))
}
events.onerror = () => { byId('status').textContent = 'deckgen serve has ended' }
