'use strict'
/**
 * A bot driven directly, with nothing between it and Mineflayer: what the bridge is compared with.
 *
 * `node -r clock.js bridge.js PORT USERNAME`. Takes `{id, op, ...}` as lines of JSON and answers each with `{id, value | error}`.
 * A program is the same text that the bridge is given, run here as it is.
 */

const readline = require('node:readline')
const path = require('node:path')

const ROOM = path.join(__dirname, '..', '..', 'mc_server')
const { Vec3 } = require(path.join(ROOM, 'node_modules', 'vec3'))
const { connect } = require(path.join(ROOM, 'bridge', 'bot', 'connection'))

const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor

/** @param {object} message */
const write = message => { process.stdout.write(`${JSON.stringify(message)}\n`) }

class BareBot {
  /** @param {any} bot */
  constructor (bot) {
    this.bot = bot
    /** Made when an observation is first asked for, so that the memory before it is Mineflayer's alone. @type {any} */
    this.session = null
  }

  /** @param {{source: string, entry: string, arguments: any[]}} program */
  async run ({ source, entry, arguments: given }) {
    const names = ['bot', 'registry', 'Vec3']
    const program = new AsyncFunction(...names, 'given', `${source}\nreturn await ${entry}(...given)`)
    return await program(this.bot, this.bot.registry, Vec3, given) ?? null
  }

  /** Milliseconds of each of `count` observations, the first of which has the loaded blocks to read. @param {any} request */
  observe ({ count }) {
    const { observe } = require(path.join(ROOM, 'bridge', 'bot', 'observation'))
    const { NearbyBlocks } = require(path.join(ROOM, 'bridge', 'bot', 'nearby_blocks'))
    this.session ??= { bot: this.bot, nearbyBlocks: new NearbyBlocks(this.bot), containers: { list: () => [] } }
    return Array.from({ length: count }, () => {
      const begun = performance.now()
      JSON.stringify(observe(this.session))
      return performance.now() - begun
    })
  }

  /** Lines as fast as the pipe takes them. @param {any} request */
  flood ({ count }) {
    for (let number = 0; number < count; number++) write({ progress: `line ${number}` })
    return count
  }
}

async function main () {
  const [port, username] = process.argv.slice(2)
  const bot = await connect({ host: '127.0.0.1', port: Number(port), username, version: null, world_rate: 1 })
  const bare = /** @type {any} */ (new BareBot(bot))
  write({ id: 0, value: 'ready' })
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const { id, op, ...request } = JSON.parse(line)
    try {
      write({ id, value: await bare[op](request) })
    } catch (error) {
      write({ id, error: String(error.stack ?? error) })
    }
  }
  process.exit(0)
}

main()
