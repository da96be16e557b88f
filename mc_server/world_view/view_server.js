'use strict'
/**
 * The viewer's page over HTTP on loopback, behind a token: its files, and the world by long polling.
 *
 * Answers only where the request names this very address. The viewer's own files come from its package; the page that holds
 * them is ours.
 */

const fs = require('node:fs')
const http = require('node:http')
const path = require('node:path')
const { PollingSocket } = require('./polling_socket')

const ADDRESS = '127.0.0.1'
const MOST_PAGES = 4
const MOST_POSTED = 100000
const TYPES = /** @type {Record<string, string>} */ ({ '.js': 'text/javascript', '.json': 'application/json', '.png': 'image/png', '.html': 'text/html; charset=utf-8', '.css': 'text/css' })
/** The viewer's worker, a script apart from the page, makes functions from text. */
const WORKER = 'worker.js'
const WORKER_POLICY = { 'Content-Security-Policy': "default-src 'none'; script-src 'self' 'unsafe-eval'; connect-src 'self'" }
const HEADERS = {
  'Content-Security-Policy': "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob: data:; base-uri 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store'
}

class ViewServer {
  /**
   * @param {{token: string, files: string, connected: (socket: PollingSocket) => void}} options `files`: the package's
   *   `public` folder; `connected` is called with each page that comes
   */
  constructor ({ token, files, connected }) {
    this.base = `/${token}/`
    this.files = path.resolve(files)
    this.connected = connected
    /** @type {Map<string, PollingSocket>} */
    this.sockets = new Map()
    this.server = http.createServer((request, response) => this.#answer(request, response))
  }

  /** @returns {Promise<number>} the port */
  listen () {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject)
      this.server.listen(0, ADDRESS, () => resolve(/** @type {import('node:net').AddressInfo} */ (this.server.address()).port))
    })
  }

  /** Lets go of pages that were closed. */
  tidy () {
    for (const [id, socket] of this.sockets) if (socket.gone) this.sockets.delete(id)
  }

  async #answer (/** @type {http.IncomingMessage} */ request, /** @type {http.ServerResponse} */ response) {
    const { port } = /** @type {import('node:net').AddressInfo} */ (this.server.address())
    const url = new URL(request.url ?? '/', `http://${ADDRESS}`)
    if (request.headers.host !== `${ADDRESS}:${port}` || !url.pathname.startsWith(this.base)) return refuse(response, 404)
    const name = url.pathname.slice(this.base.length)
    if (name === 'socket.io/') return this.#poll(request, response, url.searchParams.get('sid'))
    if (request.method !== 'GET') return refuse(response, 405)
    const own = ['', 'page.css'].includes(name)
    this.#file(response, own ? path.join(__dirname, name || 'page.html') : path.join(this.files, name), own)
  }

  #file (/** @type {http.ServerResponse} */ response, /** @type {string} */ file, /** @type {boolean} */ own) {
    if (!own && !file.startsWith(this.files + path.sep)) return refuse(response, 404)
    const stream = fs.createReadStream(file)
    stream.once('error', () => refuse(response, 404))
    stream.once('open', () => {
      const policy = path.basename(file) === WORKER ? WORKER_POLICY : {}
      response.writeHead(200, { ...HEADERS, ...policy, 'Content-Type': TYPES[path.extname(file)] ?? 'application/octet-stream' })
      stream.pipe(response)
    })
  }

  async #poll (/** @type {http.IncomingMessage} */ request, /** @type {http.ServerResponse} */ response, /** @type {string | null} */ id) {
    if (id === null) {
      this.tidy()
      if (this.sockets.size >= MOST_PAGES) return refuse(response, 503)
      const socket = new PollingSocket()
      this.sockets.set(socket.id, socket)
      return say(response, socket.greeting())
    }
    const socket = this.sockets.get(id)
    if (!socket) return refuse(response, 400)
    if (request.method !== 'POST') return say(response, await socket.poll())
    let body = ''
    for await (const piece of request) {
      body += piece
      if (body.length > MOST_POSTED) return refuse(response, 413)
    }
    say(response, 'ok')
    if (socket.heard(body)) this.connected(socket)
  }
}

function say (/** @type {http.ServerResponse} */ response, /** @type {string} */ text) {
  response.writeHead(200, { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8' })
  response.end(text)
}

function refuse (/** @type {http.ServerResponse} */ response, /** @type {number} */ status) {
  if (!response.headersSent) response.writeHead(status, { ...HEADERS, 'Content-Type': 'text/plain' })
  response.end()
}

module.exports = { ViewServer }
