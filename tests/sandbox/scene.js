'use strict'
/**
 * What hostile programs are let loose on, and what it saw of them: a server, a listener at every kind of address, a secret file,
 * a secret in the environment, a folder to write to, and a process that anyone may kill.
 */

const { spawn } = require('node:child_process')
const dgram = require('node:dgram')
const { once } = require('node:events')
const fs = require('node:fs')
const net = require('node:net')
const os = require('node:os')
const path = require('node:path')
const readline = require('node:readline')

const room = path.join(__dirname, '..', '..', 'mc_server')
const SECRET = 'the-secret-of-the-host'
const WITNESS = 3

class Scene {
  constructor () {
    this.folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'sandbox-'))
    this.connections = 0
    /** What the server was sent, in its order. @type {{player: string, name: string, content: any}[]} */
    this.packets = []
    /** @type {Set<() => void>} */ this.watchers = new Set()
    /** @type {any[]} */ this.ends = []
    /** @type {Map<number, (message: any) => void>} */ this.operations = new Map()
    this.nextOperation = 1
    /** What programs know of it, as `WORLD`. @type {Record<string, any>} */
    this.facts = { folder: this.folder, secretFile: path.join(this.folder, 'secret.txt'), secretModule: path.join(this.folder, 'secret.cjs'), room }
  }

  static async open () {
    process.env.HOST_SECRET = SECRET
    const scene = new Scene()
    await Promise.all([scene.startServer(), scene.listen()])
    scene.startVictim()
    return scene
  }

  /** A place in the world where bots can join, told of by `server_witness.js`. */
  async startServer () {
    const child = spawn(process.execPath, [
      '-r', path.join(room, 'clock.js'), '-r', path.join(__dirname, 'server_witness.js'), path.join(room, 'embedded', 'main.js'),
      '--world-folder', path.join(this.folder, 'world'), '--seed', '1', '--allow-test-operations'
    ], { stdio: ['pipe', 'pipe', 'ignore', 'pipe'], env: { ...process.env, WORLD_RATE: '1' } })
    this.server = child
    readline.createInterface({ input: /** @type {any} */ (child.stdio[WITNESS]) }).on('line', line => {
      this.packets.push(JSON.parse(line))
      for (const look of this.watchers) look()
    })
    const lines = readline.createInterface({ input: /** @type {any} */ (child.stdout) })
    const [line] = await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => { throw new Error('The embedded server ended.') })])
    lines.on('line', text => this.answered(JSON.parse(text)))
    this.facts.serverPort = JSON.parse(line).port
    this.facts.serverPid = child.pid
  }

  /** @param {any} message of the server */
  answered (message) {
    this.operations.get(message.id)?.(message)
    this.operations.delete(message.id)
  }

  /** @param {string} op @param {object} [request] @returns {Promise<any>} */
  async operate (op, request = {}) {
    const id = this.nextOperation++
    const answer = new Promise(resolve => this.operations.set(id, resolve))
    this.server?.stdin?.write(JSON.stringify({ id, op, ...request }) + '\n')
    const { ok, value, message } = await answer
    if (!ok) throw new Error(message)
    return value
  }

  /** A block beside a player. @param {string} player @param {string} block */
  async place (player, block) {
    const { players } = await this.operate('status')
    const { position: { x, y, z } } = players.find((/** @type {any} */ { username }) => username === player)
    await this.operate('set_block', { block, x: Math.floor(x) + 2, y: Math.floor(y), z: Math.floor(z) })
  }

  /** At every kind of address somebody counts who comes. */
  async listen () {
    const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi'
    const met = (/** @type {net.Socket} */ socket) => {
      this.connections++
      socket.on('error', () => {})
      socket.end(answer)
    }
    const [internet, local, abstract] = [net.createServer(met), net.createServer(met), net.createServer(met)]
    const packets = dgram.createSocket('udp4', () => { this.connections++ })
    this.facts.socketPath = path.join(this.folder, 'socket')
    internet.listen(0, '127.0.0.1')
    local.listen(this.facts.socketPath)
    packets.bind(0, '127.0.0.1')
    this.facts.abstractPath = `\0${this.folder}`
    if (process.platform === 'linux') abstract.listen(this.facts.abstractPath)
    else abstract.listen(0)
    await Promise.all([internet, local, packets, abstract].map(listener => once(listener, 'listening')))
    this.facts.port = /** @type {any} */ (internet.address()).port
    this.facts.datagramPort = packets.address().port
    this.ends.push(internet, local, packets, abstract)
  }

  /** A process of the same user, which does nothing. */
  startVictim () {
    this.victim = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore', detached: true })
    this.facts.victimPid = this.victim.pid
  }

  /** Everything as before: what a program did is told apart from what the last one did. */
  renew () {
    this.connections = 0
    this.packets.length = 0
    if (!this.victimLives()) this.startVictim()
    for (const name of fs.readdirSync(this.folder)) {
      if (!['world', 'socket'].includes(name)) fs.rmSync(path.join(this.folder, name), { recursive: true, force: true })
    }
    fs.writeFileSync(this.facts.secretFile, SECRET)
    fs.writeFileSync(this.facts.secretModule, `module.exports = '${SECRET}'\n`)
  }

  victimLives () {
    return this.victim !== undefined && this.victim.exitCode === null && this.victim.signalCode === null
  }

  /** @param {string} name of a file that a program was to write @returns {string | null} */
  written (name) {
    const file = path.join(this.folder, name)
    return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : null
  }

  /** How much programs have written to files. */
  bytes () {
    const written = fs.readdirSync(this.folder, { withFileTypes: true }).filter(entry => entry.isFile() && !entry.name.startsWith('secret'))
    return written.reduce((sum, { name }) => sum + fs.statSync(path.join(this.folder, name)).size, 0)
  }

  /**
   * Resolves when the server was sent such a packet.
   * @param {(packet: {player: string, name: string, content: any}) => boolean} matches
   */
  sent (matches) {
    return /** @type {Promise<void>} */ (new Promise(resolve => {
      const look = () => {
        if (!this.packets.some(matches)) return
        this.watchers.delete(look)
        resolve()
      }
      this.watchers.add(look)
      look()
    }))
  }

  async close () {
    for (const end of this.ends) end.close()
    this.victim?.kill('SIGKILL')
    this.server?.stdin?.end()
    if (this.server?.exitCode === null) await once(this.server, 'exit')
    fs.rmSync(this.folder, { recursive: true, force: true })
  }
}

module.exports = { SECRET, Scene }
