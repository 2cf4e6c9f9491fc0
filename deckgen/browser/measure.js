// Measures every slide of a page that marp-cli made with its bare template. All lengths are pixels of the slide. The
// argument says what is known of SVG pictures, by path.
async (drawings) => {
  const MARGIN = 0.25 // of the type size: what a line's box is larger than its letters, above and below

  const pause = (ms) => new Promise((done) => setTimeout(done, ms))

  // loaded waits for fonts and pictures.
  async function loaded() {
    await document.fonts.ready
    const pictures = [...document.images].filter((img) => !drawings[address(img)]?.blank).map((img) => img.decode().then(() => {}, () => { img.broken = true }))
    await Promise.race([Promise.all(pictures), pause(10000)])
  }

  // frames waits until two of them were made, and what Marp does in one, such as shrinking long code.
  const frames = () => Promise.race([new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))), pause(1000)])

  // settled measures until the page looks the same 150 ms after as before: Marp shrinks long code and headings a while
  // after loading. What does not come to rest is moving.
  async function settled(sections, measure) {
    await frames()
    for (let i = 0; ; i++) {
      const before = sections.map(look), start = performance.now()
      for (const known of [scales, opacities]) known.clear()
      const slides = await measure()
      await pause(150 - (performance.now() - start))
      await frames()
      const after = sections.map(look)
      if (String(after) === String(before) || i === 20) return slides.map((slide, k) => ({ ...slide, moving: after[k][0] !== before[k][0] }))
    }
  }

  // look is how large what is on a slide is, and how wide what Marp may shrink.
  function look(section) {
    const last = [...section.children].findLast((el) => !/^(header|footer|script|style)$/.test(el.localName))
    const size = [section.scrollWidth, section.scrollHeight, last?.offsetTop + last?.offsetHeight].join('×')
    return [size, section.firstElementChild?.getBoundingClientRect().width]
  }

  const styles = new Map()
  function style(el) {
    if (!styles.has(el)) styles.set(el, getComputedStyle(el))
    return styles.get(el)
  }

  const FORMULA = 'mjx-container, .katex, .katex-error'
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

  const opacities = new Map()
  function opacity(el, section) {
    if (!el || el === section.parentElement) return 1
    if (!opacities.has(el)) opacities.set(el, style(el).opacity * opacity(el.parentElement, section))
    return opacities.get(el)
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

  // overflow finds which items are cut off by the slide's edge, reach into its margin, or are clipped inside of an element.
  function overflow(section, items) {
    const box = section.getBoundingClientRect(), css = style(section)
    const scale = box.width / section.offsetWidth || 1
    const pad = (side) => parseFloat(css['padding' + side]) * scale
    const inner = { top: box.top + pad('Top'), right: box.right - pad('Right'), bottom: box.bottom - pad('Bottom'), left: box.left + pad('Left') }
    const out = { cut: {}, over: {}, from: null, clipped: [] }
    const clipped = new Map()
    for (const item of items) {
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
  async function smallestText(img, r) {
    const d = await drawing(img)
    return d.type * Math.min(r.width / img.naturalWidth, r.height / img.naturalHeight) * (img.naturalWidth / d.width) || 0
  }

  // drawing is what is known of a picture: one with text of its own is laid out once.
  const laidOut = new Map()
  function drawing(img) {
    const at = address(img), known = drawings[at] || { type: 0 }
    if (!known.text) return known
    if (!laidOut.has(at)) laidOut.set(at, fetch(img.currentSrc).then((answer) => answer.text()).then((source) => smallestIn(source, known.type)))
    return laidOut.get(at)
  }

  // SHAPES are most of a drawing, and no text.
  const SHAPES = /<(?:path|rect|line|circle|ellipse|polygon|polyline|image)\s(?:"[^"]*"|'[^']*'|[^"'>])*\/>/g

  function read(source) {
    const svg = new DOMParser().parseFromString(source, 'image/svg+xml').documentElement
    return svg.localName === 'svg' && !svg.querySelector('parsererror') ? svg : null
  }

  // smallestIn lays out the text in an SVG and finds the smallest, and the width in the same units.
  function smallestIn(source, type) {
    const svg = read(source.replace(SHAPES, '')) || read(source)
    if (!svg) return { type: 0 }
    const width = svg.viewBox?.baseVal?.width || parseFloat(svg.getAttribute('width'))
    const host = document.createElement('div')
    host.style.cssText = 'position:absolute;visibility:hidden;left:0;top:0'
    const shadow = host.attachShadow({ mode: 'closed' })
    svg.querySelectorAll('script').forEach((el) => el.remove())
    shadow.append(document.adoptNode(svg))
    document.body.append(host)
    for (const el of shadow.querySelectorAll('text, tspan')) {
      if (![...el.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue
      const m = el.getScreenCTM(), top = svg.getScreenCTM()
      const px = parseFloat(getComputedStyle(el).fontSize) * Math.sqrt(Math.abs((m.a * m.d - m.b * m.c) / (top.a * top.d - top.b * top.c)))
      if (px > 0) type = type ? Math.min(type, px) : px
    }
    host.remove()
    return { type, width }
  }

  const SMALL = 'sup, sub, rt, mjx-container, .katex' // by their nature

  // texts are those of the items, with how they look.
  function texts(section, items) {
    const found = new Map(), page = section.closest('svg').getBoundingClientRect()
    for (const item of items) {
      if (!item.text || found.has(item.node)) continue
      const css = style(item.el), size = typeSize(item.el)
      found.set(item.node, {
        text: item.text.slice(0, 80), size, bold: css.fontWeight >= 600, furniture: !!item.el.closest('header, footer'), raised: !!item.el.closest(SMALL),
        ...colours(item.el, section, css), box: [item.left - page.left, item.top - page.top, item.right - page.left, item.bottom - page.top],
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
    if (style(layer).backgroundImage !== 'none') return false
    return !layer.querySelector('figure') || section.dataset.marpitAdvancedBackgroundSplit !== undefined
  }

  // missing finds the characters that no font has: they are drawn as the same box as one that never exists.
  const box = document.createElement('canvas')
  box.width = box.height = 24
  const brush = box.getContext('2d', { willReadFrequently: true })
  const SIZES = ['width', 'actualBoundingBoxLeft', 'actualBoundingBoxRight', 'actualBoundingBoxAscent', 'actualBoundingBoxDescent']
  function sized(font, c) {
    brush.font = '16px ' + font
    const m = brush.measureText(c)
    return SIZES.map((k) => m[k]).join()
  }
  function drawn(font, c) {
    brush.font = '16px ' + font
    brush.clearRect(0, 0, 24, 24)
    brush.fillText(c, 2, 18)
    return brush.getImageData(0, 0, 24, 24).data.join()
  }
  // inFont remembers what is known of a font: the boxes that it draws for nothing, and the characters looked at.
  const NOTHING = ['\u0378', '\u{E0FFF}'], fonts = new Map()
  function inFont(font) {
    if (!fonts.has(font)) fonts.set(font, { nothing: NOTHING.map((c) => ({ size: sized(font, c), look: drawn(font, c) })), known: new Map() })
    return fonts.get(font)
  }
  function missing(font, c) {
    const { nothing, known } = inFont(font)
    if (!known.has(c)) {
      const size = sized(font, c) // drawing takes longer
      known.set(c, nothing.some((n) => n.size === size && n.look === drawn(font, c)))
    }
    return known.get(c)
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
  for (const img of document.images) drawing(img) // while the rest settles
  await loaded()
  return settled(sections, async () => {
    const slides = []
    for (const [i, section] of sections.entries()) {
      const { width, height } = pages[i].viewBox.baseVal, all = items(section)
      slides.push({
        width, height, ...overflow(section, all), fit: fit(section), images: await images(section),
        texts: texts(section, all), boxes: boxes(section),
      })
    }
    return slides
  })
}
