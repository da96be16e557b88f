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
    /** What programs know of it, as `WORLD`. @type {Record<string, any>} */
    this.facts = { folder: this.folder, secretFile: path.join(this.folder, 'secret.txt'), hostPid: 0, room }
  }

  static async open () {
    process.env.HOST_SECRET = SECRET
    const scene = new Scene()
    fs.writeFileSync(scene.facts.secretFile, SECRET)
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
    const lines = readline.createInterface({ input: child.stdout })
    const [line] = await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => { throw new Error('The embedded server ended.') })])
    lines.on('line', () => {})
    this.facts.serverPort = JSON.parse(line).port
    this.facts.serverPid = child.pid
  }

  /** At every kind of address somebody counts who comes. */
  async listen () {
    const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi'
    const met = (/** @type {net.Socket} */ socket) => {
      this.connections++
      socket.on('error', () => {})
      socket.end(answer)
    }
    const [internet, local] = [net.createServer(met), net.createServer(met)]
    const packets = dgram.createSocket('udp4', () => { this.connections++ })
    this.facts.socketPath = path.join(this.folder, 'socket')
    internet.listen(0, '127.0.0.1')
    local.listen(this.facts.socketPath)
    packets.bind(0, '127.0.0.1')
    await Promise.all([internet, local, packets].map(listener => once(listener, 'listening')))
    this.facts.port = /** @type {any} */ (internet.address()).port
    this.facts.datagramPort = packets.address().port
    this.ends.push(internet, local, packets)
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
      if (!['world', 'socket', 'secret.txt'].includes(name)) fs.rmSync(path.join(this.folder, name), { recursive: true, force: true })
    }
  }

  victimLives () {
    return this.victim !== undefined && this.victim.exitCode === null && this.victim.signalCode === null
  }

  /** @param {string} name of a file that a program was to write @returns {string | null} */
  written (name) {
    const file = path.join(this.folder, name)
    return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : null
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
