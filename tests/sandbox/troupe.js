'use strict'
/** Runs hostile programs on stages, one after the other, and judges from outside whether each was held. */

const { fork } = require('node:child_process')
const { once } = require('node:events')
const fs = require('node:fs')
const path = require('node:path')
// A process that is told the version needs no network of its own, as in play.
const { VERSION } = require('../../mc_server/embedded/version')

const PRIMITIVES = path.join(__dirname, 'inside', 'primitives')
const START_MILLISECONDS = 90000
/** How long a program may take in all, the bot's return included. */
const PATIENCE_MILLISECONDS = 60000
/** Without its layer a program is not stopped; to wait for long would not show more. */
const PATIENCE_WITHOUT_MILLISECONDS = 6000
const DEADLINE_SECONDS = 20
const MARK_SECONDS = 30
const NOT_STOPPED = 'it was not stopped'

/**
 * @typedef {object} Program
 * @property {string} name
 * @property {string} defence the layer without which it succeeds
 * @property {string} source the body of an async function; returns something only if it reached what it was after
 * @property {boolean} [escaped] whether it runs in the bot's process as if it had left the compartment
 * @property {boolean} [whole] whether the source is a whole module with a function `main`
 * @property {string[]} [fallen] other layers that it is assumed to have overcome
 * @property {string} [next] a program that is run after it
 * @property {number} [deadline_seconds]
 * @property {number} [patience_without] milliseconds after which it counts as not stopped when its layer is taken out
 * @property {boolean} [linux] whether what it goes for is there on Linux alone
 * @property {string} [beside] a block that is placed beside the bot before
 * @property {boolean} [killsHost] whether the host is killed when the program has said `ready`
 * @property {(result: any, world: any) => boolean | string | Promise<boolean | string>} [held] true, or what went wrong
 */

class Stage {
  /**
   * @param {import('./scene').Scene} scene
   * @param {string[]} removed layers
   * @param {string} username
   */
  constructor (scene, removed, username) {
    this.username = username
    this.nextId = 1
    /** What the process and those it left in its pipes printed: nothing is expected. */
    this.noise = ''
    /** @type {Map<number, (message: any) => void>} */ this.waiting = new Map()
    /** @type {(text: string) => void} */ this.onProgress = () => {}
    const settings = {
      host: '127.0.0.1',
      port: scene.facts.serverPort,
      username,
      version: VERSION,
      world_rate: 1,
      primitives_folder: PRIMITIVES,
      join_timeout_seconds: 60,
      line_of_sight: false
    }
    this.process = fork(path.join(__dirname, 'stage.js'), [JSON.stringify({ settings, removed })], {
      cwd: scene.folder, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc']
    })
    for (const stream of [this.process.stdout, this.process.stderr]) stream?.on('data', text => { this.noise = (this.noise + text).slice(-20000) })
    /** @type {Promise<string>} */
    this.gone = once(this.process, 'exit').then(([code, signal]) => `the host ended (${signal ?? `exit code ${code}`})`)
    this.gone.then(() => { this.ended = true })
    this.process.on('message', (/** @type {any} */ message) => {
      if (message.type === 'ran') this.waiting.get(message.id)?.(message)
      if (message.type === 'progress') this.onProgress(message.text)
    })
  }

  async ready () {
    const said = once(this.process, 'message').then(([message]) => message.type === 'ready' ? '' : message.message)
    const fault = await withLimit(START_MILLISECONDS, Promise.race([said, this.gone]), 'the bot did not join')
    if (fault) throw new Error(`No stage: ${fault} ${this.noise.slice(-2000)}`)
    return this
  }

  /** @param {string} source @param {number} deadlineSeconds */
  run (source, deadlineSeconds) {
    const id = this.nextId++
    const script = { modules: [{ name: 'main', source }], entry: 'main', arguments: [] }
    this.running = new Promise(resolve => {
      this.waiting.set(id, resolve)
      this.process.send({ id, script, deadline_seconds: deadlineSeconds }, () => {})
    })
    return this.running
  }

  /** Ends the bot's process, and with it the program that runs; a bot that can is back afterwards. */
  async replaceBot () {
    this.process.send({ replace: true }, () => {})
    await withLimit(START_MILLISECONDS, Promise.race([this.running, this.gone]), 'the bot did not come back')
  }

  /** The process and all that it started. @returns {number[]} */
  family () {
    return [Number(this.process.pid), ...descendants(Number(this.process.pid))]
  }

  async stop () {
    const family = this.ended ? [] : this.family()
    if (!this.ended) this.process.kill('SIGTERM')
    const timer = setTimeout(() => this.process.kill('SIGKILL'), 5000)
    await this.gone
    clearTimeout(timer)
    for (const pid of family) endProcess(pid)
  }
}

/** @param {number} pid */
function endProcess (pid) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It is gone, as it should be.
  }
}

/** @param {number} parent @returns {number[]} */
function descendants (parent) {
  /** @type {Map<number, number[]>} */ const children = new Map()
  for (const entry of fs.existsSync('/proc') ? fs.readdirSync('/proc') : []) {
    if (!/^\d+$/.test(entry)) continue
    const of = parentOf(Number(entry))
    if (of !== null) children.set(of, [...(children.get(of) ?? []), Number(entry)])
  }
  /** @type {(pid: number) => number[]} */
  const below = pid => (children.get(pid) ?? []).flatMap(child => [child, ...below(child)])
  return below(parent)
}

/** @param {number} pid @returns {number | null} null of a process that is gone, or only waits to be forgotten */
function parentOf (pid) {
  try {
    const [state, parent] = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return state === 'Z' ? null : Number(parent)
  } catch {
    return null
  }
}

/**
 * @template T
 * @param {number} milliseconds
 * @param {Promise<T>} promise
 * @param {string} fault
 * @returns {Promise<T>}
 */
async function withLimit (milliseconds, promise, fault) {
  /** @type {any} */ let timer
  const limit = new Promise((resolve, reject) => { timer = setTimeout(() => reject(new Error(fault)), milliseconds) })
  try {
    return /** @type {T} */ (await Promise.race([promise, limit]))
  } finally {
    clearTimeout(timer)
  }
}

/** Stages as they are needed: a new one when a program has brought the last one down. */
class Troupe {
  /**
   * @param {import('./scene').Scene} scene
   * @param {string[]} removed layers that all programs are played without
   * @param {{username: string, stands: boolean}} options stands: whether the layer stands that is the defence against what is played
   */
  constructor (scene, removed, { username, stands }) {
    this.scene = scene
    this.removed = removed
    this.username = username
    this.stands = stands
    /** @type {Stage | null} */ this.stage = null
  }

  async current () {
    if (!this.stage || this.stage.ended) this.stage = await new Stage(this.scene, this.removed, this.username).ready()
    return this.stage
  }

  /**
   * @param {Program} program
   * @returns {Promise<{name: string, defence: string, held: boolean, why: string, seconds: number}>}
   */
  async play (program) {
    const stage = await this.current()
    this.scene.renew()
    stage.noise = ''
    const started = performance.now()
    const { name, defence } = program
    const told = (/** @type {true | string} */ verdict) =>
      ({ name, defence, held: verdict === true, why: verdict === true ? '' : verdict, seconds: (performance.now() - started) / 1000 })
    try {
      const verdict = await Promise.race([this.judge(stage, program), ...(program.killsHost ? [] : [stage.gone])])
      return told(verdict === false ? 'broken' : verdict)
    } catch (/** @type {any} */ error) {
      if (error.message !== NOT_STOPPED || !await this.goOn(stage)) await this.close()
      return told(String(error.message))
    }
  }

  /** @param {Program} program @returns {number} milliseconds until it counts as not stopped */
  patience ({ patience_without: without = PATIENCE_WITHOUT_MILLISECONDS }) {
    return this.stands ? PATIENCE_MILLISECONDS : without
  }

  /** Whether the bot can be used again when what it was at is ended from outside. @param {Stage} stage */
  async goOn (stage) {
    try {
      await stage.replaceBot()
      await this.mark(stage, PATIENCE_MILLISECONDS)
      return true
    } catch {
      return false
    }
  }

  /**
   * @param {Stage} stage
   * @param {Program} program
   */
  async judge (stage, program) {
    const facts = { ...this.scene.facts, hostPid: stage.process.pid, username: this.username }
    const seconds = program.deadline_seconds ?? DEADLINE_SECONDS
    if (program.beside) await this.scene.place(this.username, program.beside)
    if (program.killsHost) return this.killHost(stage, program, sourceOf(program, facts), seconds)
    const patience = this.patience(program)
    const limit = patience + seconds * 1000
    const result = await withLimit(limit, stage.run(sourceOf(program, facts), seconds), NOT_STOPPED)
    const next = program.next
      ? await withLimit(limit, stage.run(sourceOf({ ...program, source: program.next, escaped: false, whole: false }, facts), seconds), 'the next did not end')
      : null
    await this.mark(stage, patience)
    const { execution } = result
    const world = { ...result, next: next?.execution, scene: this.scene, facts, noise: stage.noise, botFile: (/** @type {string} */ name) => fs.readFileSync(`/proc/${stage.family().at(-1)}/${name}`, 'utf8'), packets: this.scene.packets.filter(({ player }) => player === this.username) }
    return (program.held ?? returnedNothing)(execution, world)
  }

  /** All that the bot sent to the server has come there. @param {Stage} stage @param {number} patience milliseconds */
  async mark (stage, patience) {
    const word = `mark ${stage.nextId}`
    const { execution } = await withLimit(patience, stage.run(`async function main () { mark('${word}') }`, MARK_SECONDS), 'the bot is not usable any more')
    if (execution.outcome !== 'completed') throw new Error(`the bot is not usable any more (${JSON.stringify(execution.error)})`)
    await withLimit(patience, this.scene.sent(({ player, name, content }) => player === this.username && name === 'tab_complete' && content.text === word),
      'the bot does not reach the server any more')
  }

  /**
   * @param {Stage} stage
   * @param {Program} program
   * @param {string} source
   * @param {number} seconds
   */
  async killHost (stage, program, source, seconds) {
    const ready = new Promise(resolve => { stage.onProgress = text => { if (text === 'ready') resolve(undefined) } })
    stage.run(source, seconds)
    await withLimit(PATIENCE_MILLISECONDS, ready, 'it did not begin')
    const family = stage.family()
    stage.process.kill('SIGKILL')
    await stage.gone
    const last = Date.now() + this.patience(program)
    let left = family.filter(pid => parentOf(pid) !== null)
    while (left.length > 0 && Date.now() < last) {
      await new Promise(resolve => setTimeout(resolve, 50))
      left = family.filter(pid => parentOf(pid) !== null)
    }
    for (const pid of left) endProcess(pid)
    return left.length === 0 || `${left.length} processes outlived their host`
  }

  async close () {
    await this.stage?.stop()
    this.stage = null
  }
}

/**
 * @param {Program} program
 * @param {object} facts
 */
function sourceOf ({ source, escaped, whole }, facts) {
  const world = `const WORLD = ${JSON.stringify(facts)};`
  if (whole) return source
  return `async function main () { ${escaped ? `return await escape(${JSON.stringify(world + source)})` : world + source}\n}`
}

/** @param {any} execution */
function returnedNothing ({ outcome, result, error }) {
  if (!['completed', 'program_error'].includes(outcome)) return `it ended as ${outcome}: ${error?.message}`
  return result === null || `it returned ${JSON.stringify(result).slice(0, 200)}`
}

module.exports = { Troupe }
