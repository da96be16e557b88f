// Moving about on a map: drag, wheel and pinch, keys; until it is moved, all of it is in sight.

const STEP_PIXELS = 60
const FACTOR = 1.25
const MARGIN_PIXELS = 28
const LEAST_BLOCKS = 48
const NEAREST = 24
const FARTHEST = 0.005
const GRID_PIXELS = 90

export class MapView {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Function} paint given the pen and what turns blocks into pixels
   * @param {Function} tell given the pixel that is pointed at
   */
  constructor (canvas, paint, tell) {
    this.canvas = canvas
    this.paint = paint
    this.tell = tell
    this.extent = null
    this.fitted = true
    this.centre = { x: 0, z: 0 }
    this.scale = 2
    this.waiting = false
    this.place = (x, z) => [
      (x - this.centre.x) * this.scale + canvas.clientWidth / 2,
      (z - this.centre.z) * this.scale + canvas.clientHeight / 2
    ]
    this.#listen()
  }

  /** @param {{left: number, right: number, top: number, bottom: number} | null} extent */
  setExtent (extent) {
    this.extent = extent
    if (this.fitted) this.#fit()
  }

  fit () {
    this.fitted = true
    this.#fit()
    this.request()
  }

  /** Has it painted with the browser's next picture. */
  request () {
    if (this.waiting) return
    this.waiting = true
    requestAnimationFrame(() => {
      this.waiting = false
      this.#paint()
    })
  }

  zoom (factor, x = this.canvas.clientWidth / 2, y = this.canvas.clientHeight / 2) {
    const scale = Math.min(NEAREST, Math.max(FARTHEST, this.scale * factor))
    const across = x - this.canvas.clientWidth / 2
    const down = y - this.canvas.clientHeight / 2
    this.centre.x += across / this.scale - across / scale
    this.centre.z += down / this.scale - down / scale
    this.scale = scale
    this.fitted = false
    this.request()
  }

  /** A grid with coordinates, its lines neither too near each other nor too far apart. */
  paintGrid (pen, colour) {
    const { clientWidth: width, clientHeight: height } = this.canvas
    let step = 16
    while (step * this.scale < GRID_PIXELS) step *= 2
    pen.lineWidth = 1
    pen.font = `11px ${getComputedStyle(document.body).fontFamily}`
    pen.strokeStyle = colour('--line')
    pen.fillStyle = colour('--quiet')
    const first = middle => Math.ceil(middle / step) * step
    for (let x = first(this.centre.x - width / 2 / this.scale); ; x += step) {
      const [at] = this.place(x, 0)
      if (at > width) break
      stroke(pen, at, 0, at, height)
      pen.fillText(String(x), at + 4, height - 6)
    }
    for (let z = first(this.centre.z - height / 2 / this.scale); ; z += step) {
      const [, at] = this.place(0, z)
      if (at > height) break
      stroke(pen, 0, at, width, at)
      if (at > 12 && at < height - 24) pen.fillText(String(z), 4, at - 4)
    }
  }

  #fit () {
    const { extent } = this
    if (!extent) return
    const width = Math.max(LEAST_BLOCKS, extent.right - extent.left)
    const height = Math.max(LEAST_BLOCKS, extent.bottom - extent.top)
    this.centre = { x: (extent.left + extent.right) / 2, z: (extent.top + extent.bottom) / 2 }
    const scale = Math.min((this.canvas.clientWidth - 2 * MARGIN_PIXELS) / width, (this.canvas.clientHeight - 2 * MARGIN_PIXELS) / height)
    this.scale = Math.min(8, Math.max(FARTHEST, scale))
  }

  #paint () {
    const { canvas } = this
    const ratio = window.devicePixelRatio || 1
    const width = Math.round(canvas.clientWidth * ratio)
    const height = Math.round(canvas.clientHeight * ratio)
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width
      canvas.height = height
      if (this.fitted) this.#fit()
    }
    const pen = canvas.getContext('2d')
    pen.setTransform(ratio, 0, 0, ratio, 0, 0)
    pen.clearRect(0, 0, canvas.clientWidth, canvas.clientHeight)
    this.paint(pen, this.place)
  }

  #move (x, y) {
    this.centre.x += x / this.scale
    this.centre.z += y / this.scale
    this.fitted = false
    this.request()
  }

  #listen () {
    const { canvas } = this
    const pointers = new Map()
    canvas.addEventListener('wheel', event => {
      if (!event.ctrlKey && !event.metaKey && document.activeElement !== canvas) return
      event.preventDefault()
      this.zoom(Math.exp(-event.deltaY / 300), event.offsetX, event.offsetY)
    }, { passive: false })
    canvas.addEventListener('pointerdown', event => {
      pointers.set(event.pointerId, event)
      canvas.setPointerCapture(event.pointerId)
    })
    canvas.addEventListener('pointermove', event => {
      const before = pointers.get(event.pointerId)
      if (!before) return this.tell(event.offsetX, event.offsetY, this.place)
      const other = [...pointers.values()].find(one => one.pointerId !== event.pointerId)
      if (other) this.#pinch(before, event, other)
      else this.#move(before.clientX - event.clientX, before.clientY - event.clientY)
      pointers.set(event.pointerId, event)
    })
    for (const end of ['pointerup', 'pointercancel', 'pointerleave']) {
      canvas.addEventListener(end, event => pointers.delete(event.pointerId))
    }
    canvas.addEventListener('keydown', event => this.#press(event))
  }

  #pinch (before, event, other) {
    const apart = one => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY)
    const frame = this.canvas.getBoundingClientRect()
    this.zoom(apart(event) / Math.max(1, apart(before)), other.clientX - frame.left, other.clientY - frame.top)
  }

  #press (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const ways = { ArrowLeft: [-STEP_PIXELS, 0], ArrowRight: [STEP_PIXELS, 0], ArrowUp: [0, -STEP_PIXELS], ArrowDown: [0, STEP_PIXELS] }
    if (event.key in ways) this.#move(...ways[event.key])
    else if (event.key === '+' || event.key === '=') this.zoom(FACTOR)
    else if (event.key === '-') this.zoom(1 / FACTOR)
    else if (event.key === '0') this.fit()
    else return
    event.preventDefault()
  }
}

function stroke (pen, ...[x1, y1, x2, y2]) {
  pen.beginPath()
  pen.moveTo(x1, y1)
  pen.lineTo(x2, y2)
  pen.stroke()
}
