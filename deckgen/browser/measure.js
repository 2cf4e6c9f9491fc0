// Measures every slide of a page that marp-cli made with its bare template. All lengths are pixels of the slide.
async () => {
  const MARGIN = 0.25 // of the type size: what a line's box is larger than its letters, above and below

  // settled waits for fonts and pictures, and then until two looks 150 ms apart agree: Marp shrinks long code and
  // headings a while after loading.
  async function settled(sections) {
    const pause = (ms) => new Promise((done) => setTimeout(done, ms))
    await document.fonts.ready
    const pictures = [...document.images].map((img) => img.decode().then(() => {}, () => { img.broken = true }))
    await Promise.race([Promise.all(pictures), pause(10000)])
    const look = () => sections.map((s) => s && [s.scrollWidth, s.scrollHeight, s.firstElementChild?.getBoundingClientRect().width]).join()
    for (let before = '', now = look(), i = 0; before !== now && i < 20; i++) {
      await pause(150)
      before = now
      now = look()
    }
  }

  const styles = new Map()
  function style(el) {
    if (!styles.has(el)) styles.set(el, getComputedStyle(el))
    return styles.get(el)
  }

  const FORMULA = 'mjx-container, .katex'
  const SKIPPED = 'script, style, mjx-assistive-mml, .katex-mathml, svg text, [aria-hidden="true"] > .strut'

  // items are what can be seen on a slide, as rectangles: lines of text, pictures, formulas and blocks of code.
  function items(section) {
    const found = []
    const walker = document.createTreeWalker(section, NodeFilter.SHOW_TEXT)
    const range = document.createRange()
    while (walker.nextNode()) {
      const node = walker.currentNode, el = node.parentElement
      if (!node.data.trim() || el.closest(SKIPPED) || !seen(el, section)) continue
      range.selectNodeContents(node)
      const size = typeSize(el)
      for (const r of range.getClientRects()) {
        if (!r.width || !r.height) continue
        const trim = Math.min(MARGIN * size, r.height / 4)
        found.push({ el, node, text: node.data.trim(), left: r.left, right: r.right, top: r.top + trim, bottom: r.bottom - trim })
      }
    }
    for (const el of section.querySelectorAll('img, video, canvas, pre, mjx-container > svg, iframe')) {
      const { left, right, top, bottom } = el.getBoundingClientRect()
      if (right > left && bottom > top && seen(el, section) && inFlow(el, section)) found.push({ el, text: '', left, right, top, bottom })
    }
    return found
  }

  function seen(el, section) {
    if (style(el).visibility !== 'visible') return false
    return opacity(el, section) > 0.05
  }

  function opacity(el, section) {
    let o = 1
    for (; el && el !== section.parentElement; el = el.parentElement) o *= style(el).opacity
    return o
  }

  // inFlow tells what the page laid out from what was put somewhere on purpose.
  function inFlow(el, section) {
    for (; el && el !== section; el = el.parentElement) if (/absolute|fixed/.test(style(el).position)) return false
    return true
  }

  // typeSize is the size of type as it shows: Marp scales long code and fitting headings after they were laid out.
  function typeSize(el) {
    return parseFloat(style(el).fontSize) * scale(el)
  }

  // scale looks for the drawing that an element is shown in, also where its slot is deep inside of another element.
  const scales = new Map()
  function scale(el) {
    if (scales.has(el)) return scales.get(el)
    let at = el
    while (at && at.localName !== 'foreignObject') at = at.assignedSlot || at.parentElement || at.getRootNode().host
    const m = at?.getScreenCTM()
    const s = m ? Math.sqrt(Math.abs(m.a * m.d - m.b * m.c)) : 1
    scales.set(el, s)
    return s
  }

  // beyond is how far a rectangle reaches out of another.
  function beyond(r, box) {
    return { top: box.top - r.top, right: r.right - box.right, bottom: r.bottom - box.bottom, left: box.left - r.left }
  }

  function widen(sides, more) {
    for (const k of Object.keys(more)) sides[k] = Math.max(sides[k] || 0, more[k])
    return sides
  }

  const clips = (el) => style(el).overflowX !== 'visible' || style(el).overflowY !== 'visible'

  // overflow finds what is cut off by the slide's edge, what reaches into its margin, and what is clipped inside of
  // an element.
  function overflow(section) {
    const box = section.getBoundingClientRect(), css = style(section)
    const scale = box.width / section.offsetWidth || 1
    const pad = (side) => parseFloat(css['padding' + side]) * scale
    const inner = { top: box.top + pad('Top'), right: box.right - pad('Right'), bottom: box.bottom - pad('Bottom'), left: box.left + pad('Left') }
    const out = { cut: {}, over: {}, from: null, clipped: [] }
    const clipped = new Map()
    for (const item of items(section)) {
      let r = { ...item }
      for (let el = item.el; el !== section; el = el.parentElement) {
        if (el === item.el && !item.text || !clips(el)) continue
        const clip = el.getBoundingClientRect(), more = beyond(r, clip)
        if (Math.max(more.top, more.right, more.bottom, more.left) > 1) {
          if (!clipped.has(el)) clipped.set(el, { sides: {}, from: item })
          widen(clipped.get(el).sides, more)
        }
        r = { left: Math.max(r.left, clip.left), right: Math.min(r.right, clip.right), top: Math.max(r.top, clip.top), bottom: Math.min(r.bottom, clip.bottom) }
        if (r.right <= r.left || r.bottom <= r.top) break
      }
      if (r.right <= r.left || r.bottom <= r.top) continue
      const cut = beyond(r, box)
      if (!out.from && Math.max(...Object.values(cut)) > 1) out.from = item
      widen(out.cut, cut)
      if (inFlow(item.el, section)) widen(out.over, beyond(r, inner))
    }
    out.over.bottom = Math.min(out.over.bottom || 0, Math.max(0, section.scrollHeight - section.clientHeight))
    out.over.right = Math.min(out.over.right || 0, Math.max(0, section.scrollWidth - section.clientWidth))
    out.from = out.from && name(out.from, section)
    for (const [el, c] of clipped) {
      const block = el.closest('table, pre') || el
      out.clipped.push({ ...place(block, section), sides: c.sides, from: name(c.from, section) })
    }
    return out
  }

  // place says which element of its sort on the slide an element is.
  function place(el, section) {
    const formula = el.closest(FORMULA)
    const tag = formula ? 'formula' : el.localName.replace(/^marp-/, '')
    const all = [...section.querySelectorAll(formula ? FORMULA : `${tag}, marp-${tag}`)]
    return { tag, index: all.indexOf(formula || el), of: all.length }
  }

  function name(item, section) {
    return { ...place(item.el, section), text: item.text.slice(0, 80) }
  }

  // fit finds by trying the height of the tallest picture, and of those beside it, with which everything fits.
  function fit(section) {
    const tooHigh = () => section.scrollHeight - section.clientHeight
    const tooWide = () => section.scrollWidth - section.clientWidth
    const all = [...section.querySelectorAll('img:not([data-marp-twemoji])')].filter((img) => img.offsetHeight > 60 && inFlow(img, section))
    if (tooHigh() <= 1 || !all.length) return null
    const tall = all.reduce((a, b) => (b.offsetHeight > a.offsetHeight ? b : a))
    const beside = all.filter((img) => img.offsetTop < tall.offsetTop + tall.offsetHeight && tall.offsetTop < img.offsetTop + img.offsetHeight)
    const were = beside.map((img) => img.getAttribute('style'))
    let height = tall.offsetHeight, found = null
    for (let i = 0; i < 6 && !found; i++) {
      height = Math.floor(height - tooHigh())
      if (height < 60) break
      for (const img of beside) Object.assign(img.style, { height: Math.min(height, img.offsetHeight) + 'px', width: 'auto' })
      if (tooHigh() <= 1 && tooWide() <= 1) found = height
    }
    beside.forEach((img, i) => (were[i] === null ? img.removeAttribute('style') : img.setAttribute('style', were[i])))
    return found && { height: found, ...place(tall, section), src: address(tall) }
  }

  // address is the path of a picture in the repository, or its whole address if it is elsewhere.
  function address(img) {
    const url = new URL(img.currentSrc || img.src, document.baseURI)
    return url.origin === location.origin ? decodeURIComponent(url.pathname.slice(1)) : url.href.slice(0, 200)
  }

  async function images(section) {
    const found = []
    for (const [index, img] of [...section.querySelectorAll('img')].entries()) {
      const r = img.getBoundingClientRect()
      found.push({ index, src: address(img), broken: !!img.broken, width: r.width, height: r.height, text: img.broken ? 0 : await smallestText(img, r) })
    }
    return found
  }

  // smallestText is the size on the slide of the smallest text in an SVG picture; 0 if nothing is known of it.
  const drawings = new Map()
  async function smallestText(img, r) {
    const src = img.currentSrc
    if (!/\.svg([?#]|$)/i.test(src) || !src.startsWith(location.origin)) return 0
    if (!drawings.has(src)) drawings.set(src, drawing(await (await fetch(src)).text()))
    const d = drawings.get(src)
    return d.size * Math.min(r.width / img.naturalWidth, r.height / img.naturalHeight) * (img.naturalWidth / d.width) || 0
  }

  // The text in figures of the package figure is outlines, named by code point and kept in one size.
  const OUTLINE = /^#u[0-9a-f]+$/, OUTLINE_SIZE = 20

  // drawing lays an SVG out to find its smallest text and the width in the same units.
  function drawing(source) {
    const svg = new DOMParser().parseFromString(source, 'image/svg+xml').documentElement
    const width = svg.viewBox?.baseVal?.width || parseFloat(svg.getAttribute('width'))
    svg.querySelectorAll('script').forEach((el) => el.remove())
    const host = document.createElement('div')
    host.style.cssText = 'position:absolute;visibility:hidden;left:0;top:0'
    const shadow = host.attachShadow({ mode: 'closed' })
    shadow.append(document.importNode(svg, true))
    document.body.append(host)
    const root = shadow.firstChild
    let size = 0
    const note = (el, px) => {
      const m = el.getScreenCTM(), top = root.getScreenCTM()
      px *= Math.sqrt(Math.abs((m.a * m.d - m.b * m.c) / (top.a * top.d - top.b * top.c)))
      if (px > 0) size = size ? Math.min(size, px) : px
    }
    for (const el of shadow.querySelectorAll('text, tspan')) {
      if ([...el.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) note(el, parseFloat(getComputedStyle(el).fontSize))
    }
    for (const el of shadow.querySelectorAll('use')) if (OUTLINE.test(el.getAttribute('href'))) note(el, OUTLINE_SIZE)
    host.remove()
    return { size, width }
  }

  const SMALL = 'sup, sub, rt, mjx-container, .katex' // by their nature

  // texts are the pieces of text with how they look.
  function texts(section) {
    const found = new Map()
    for (const item of items(section)) {
      if (!item.text || found.has(item.node)) continue
      const css = style(item.el), size = typeSize(item.el)
      found.set(item.node, {
        text: item.text.slice(0, 80), size, bold: css.fontWeight >= 600, furniture: !!item.el.closest('header, footer'), raised: !!item.el.closest(SMALL),
        ...colours(item.el, section, css), box: [item.left, item.top, item.right, item.bottom].map((v, i) => v - section.closest('svg').getBoundingClientRect()[i % 2 ? 'top' : 'left']),
      })
    }
    return [...found.values()]
  }

  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 1
  const pixel = canvas.getContext('2d', { willReadFrequently: true })
  const parsed = new Map()

  // rgba turns any CSS colour into four numbers, the last from 0 to 1.
  function rgba(colour) {
    if (!parsed.has(colour)) {
      pixel.clearRect(0, 0, 1, 1)
      pixel.fillStyle = '#000'
      pixel.fillStyle = colour
      pixel.fillRect(0, 0, 1, 1)
      const [r, g, b, a] = pixel.getImageData(0, 0, 1, 1).data
      parsed.set(colour, [r, g, b, a / 255])
    }
    return parsed.get(colour)
  }

  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1)

  // colours are those of text and of what is behind it; solid is false where that is a picture or a gradient.
  function colours(el, section, css) {
    const layers = []
    let solid = true
    for (let at = el; at && at.localName !== 'foreignobject'; at = at.parentElement) {
      const s = style(at)
      if (s.backgroundImage !== 'none') { solid = false; break }
      const c = rgba(s.backgroundColor)
      if (c[3] > 0) layers.push(c)
      if (c[3] === 1) break
      if (at === section) { solid = solid && backdrop(section, layers); break }
    }
    const back = layers.reduceRight((below, c) => over(c, below), [255, 255, 255, 1])
    const ink = [...rgba(css.webkitTextFillColor || css.color)]
    ink[3] *= opacity(el, section)
    const plain = css.textShadow === 'none' && css.backgroundClip !== 'text' && parseFloat(css.webkitTextStrokeWidth) === 0
    return { ink: over(ink, back).slice(0, 3), back: back.slice(0, 3), solid, plain: plain && ink[3] > 0.05 }
  }

  // backdrop adds the layer that Marp puts behind a slide with background pictures; false if a picture is on it.
  function backdrop(section, layers) {
    const layer = section.closest('svg').querySelector('[data-marpit-advanced-background="background"]')
    if (!layer || layer === section) return true
    layers.push(rgba(style(layer).backgroundColor))
    return !layer.querySelector('figure') || section.dataset.marpitAdvancedBackgroundSplit !== undefined
  }

  // missing finds the characters that no font has: they are drawn as the same box as one that never exists.
  const box = document.createElement('canvas')
  box.width = box.height = 24
  const brush = box.getContext('2d', { willReadFrequently: true })
  function drawn(font, c) {
    brush.font = '16px ' + font
    const width = brush.measureText(c).width
    return { width, get pixels() { brush.clearRect(0, 0, 24, 24); brush.fillText(c, 2, 18); return brush.getImageData(0, 0, 24, 24).data.join() } }
  }
  const nothing = new Map(), known = new Map()
  function missing(font, c) {
    const key = font + c
    if (known.has(key)) return known.get(key)
    if (!nothing.has(font)) nothing.set(font, ['\u0378', '\u{E0FFF}'].map((n) => drawn(font, n)).map((d) => ({ width: d.width, pixels: d.pixels })))
    const d = drawn(font, c)
    const is = nothing.get(font).some((n) => n.width === d.width && n.pixels === d.pixels)
    known.set(key, is)
    return is
  }
  function tofu(text, font) {
    const out = new Set()
    for (const c of text) if (c > '\u024f' && !/[\p{M}\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u.test(c) && missing(font, c)) out.add(c)
    return [...out]
  }
  function boxes(section) {
    const found = []
    const walker = document.createTreeWalker(section, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const el = walker.currentNode.parentElement
      if (el.closest('script, style, mjx-assistive-mml, .katex-mathml')) continue
      const chars = tofu(walker.currentNode.data, style(el).fontFamily)
      if (chars.length) found.push({ chars: chars.join(''), text: walker.currentNode.data.trim().slice(0, 80) })
    }
    return found
  }

  const pages = [...document.querySelectorAll('svg[data-marpit-svg]')]
  for (const el of [document.documentElement, document.body]) el.style.cssText = 'overflow:visible;height:auto'
  for (const svg of pages) {
    const { width, height } = svg.viewBox.baseVal
    svg.style.cssText += `;width:${width}px;height:${height}px`
  }
  const sections = pages.map((svg) => svg.querySelector('foreignObject > section[id]'))
  await settled(sections)
  const slides = []
  for (const [i, section] of sections.entries()) {
    const { width, height } = pages[i].viewBox.baseVal, { left, top } = pages[i].getBoundingClientRect()
    slides.push({
      at: [left + scrollX, top + scrollY], width, height, ...overflow(section), fit: fit(section), images: await images(section),
      texts: texts(section), boxes: boxes(section),
    })
  }
  return slides
}
