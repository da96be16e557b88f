'use strict'
/**
 * What happened in the game, told by the server: events for `GameEvent` in `mc_server/execution.py`.
 *
 * An action of the bot is only noted when it is sent; it becomes an event when the server's answer shows that it happened.
 */

const { Vec3 } = require('vec3')
const { Carried } = require('./carried')
const { DeathCause } = require('./death_cause')
const { droppedItem, nameOfEntity, plain, worldAge } = require('./observation')
const { withTimeout } = require('./waiting')

const DIG_STARTED = 0
const DIG_CANCELLED = 1
const DIG_FINISHED = 2
const ATTACK = 1
const STATUS_ITEM_USED = 9
/** How long an answer of the server counts as the answer to what the bot did, in milliseconds of the world's time. */
const ANSWER_TIME = 5000
const AIR = /^(cave_|void_)?air$/

/** How long the end of a program waits for such answers. */
const SETTLE_MILLISECONDS = 500

/** @param {number | null} at when it was done; null while it is being done */
const isRecent = at => at === null || Date.now() - at < ANSWER_TIME

/** @param {{x: number, y: number, z: number}} position */
const keyOf = ({ x, y, z }) => `${x},${y},${z}`

/** @type {Record<string, string>} */
const OTHER_NAMES = {
  wheat_seeds: 'wheat',
  potato: 'potatoes',
  carrot: 'carrots',
  beetroot_seeds: 'beetroots',
  redstone: 'redstone_wire',
  string: 'tripwire',
  water_bucket: 'water',
  lava_bucket: 'lava'
}

/** The direction of each face of a block, as numbered in the protocol. */
const FACES = [[0, -1, 0], [0, 1, 0], [0, 0, -1], [0, 0, 1], [-1, 0, 0], [1, 0, 0]]

class GameEvents {
  /**
   * @param {any} bot
   * @param {import('./containers').Containers} containers
   */
  constructor (bot, containers) {
    this.bot = bot
    this.containers = containers
    /** Null while no program runs. @type {((type: string, data: object) => void) | null} */ this.onProgramEvent = null
    this.onSettled = () => {}
    /** @type {Map<string, {name: string, finishedAt: number | null}>} */ this.digs = new Map()
    /** @type {Map<string, {name: string, before: string | undefined, at: number, answered: boolean}>} */
    this.placements = new Map()
    /** @type {Map<number, number>} */ this.attacks = new Map()
    /** @type {{name: string, at: number, food: number} | null} */ this.meal = null
    this.health = bot.health ?? 20
    this.deathCause = new DeathCause(bot)
    this.carried = new Carried(bot)
    /** @type {(death: any) => void} */ this.onDeathBetweenPrograms = () => {}
    /** What the last death was of, told together with its event. @type {Promise<string>} */
    this.causeOfDeath = Promise.resolve('')
    /** @type {Map<string, string[][]>} */ this.advancements = new Map()
    this.watchActions()
    this.watchBlocks()
    this.watchPlayer()
    this.watchEntities()
    bot._client.on('advancements', (/** @type {any} */ packet) => this.readAdvancements(packet))
    containers.onMoved = (type, name, count) => this.onEvent(type, { name, count })
  }

  /**
   * @param {string} type
   * @param {object} data
   */
  onEvent (type, data) {
    this.onProgramEvent?.(type, data)
  }

  /** What the bot sends tells what it is about to do. */
  watchActions () {
    const client = this.bot._client
    const write = client.write
    client.write = (/** @type {string} */ name, /** @type {any} */ packet) => {
      try {
        if (name === 'block_dig') this.notedDig(packet)
        else if (name === 'block_place') this.notedPlacement(packet)
        else if (name === 'use_entity' && packet.mouse === ATTACK) this.attacks.set(packet.target, Date.now())
        else if (name === 'use_item') this.notedMeal()
      } catch {
        // Noting must never keep a packet from being sent.
      }
      return write.call(client, name, packet)
    }
  }

  /** @param {any} packet */
  notedDig ({ status, location }) {
    if (status === DIG_CANCELLED) this.digs.delete(keyOf(location))
    if (status !== DIG_STARTED && status !== DIG_FINISHED) return
    const name = this.blockName(location)
    const finishedAt = status === DIG_FINISHED ? Date.now() : null
    if (name && !AIR.test(name)) this.digs.set(keyOf(location), { name, finishedAt })
  }

  /** @param {any} packet */
  notedPlacement ({ location, direction }) {
    this.containers.usedBlock(location)
    const name = this.bot.heldItem?.name
    if (!name || !(OTHER_NAMES[name] ?? name in this.bot.registry.blocksByName)) return
    const [x, y, z] = FACES[direction] ?? FACES[1]
    const target = { x: location.x + x, y: location.y + y, z: location.z + z }
    for (const place of [location, target]) {
      this.placements.set(keyOf(place), { name, before: this.blockName(place), at: Date.now(), answered: false })
    }
  }

  notedMeal () {
    const name = this.bot.heldItem?.name
    if (name && this.bot.registry.foodsByName?.[name]) this.meal = { name, at: Date.now(), food: this.bot.food }
  }

  /** Only packets count: the client changes blocks by itself before the server has answered. */
  watchBlocks () {
    const client = this.bot._client
    client.on('block_change', (/** @type {any} */ packet) => this.blockChanged(packet.location, packet.type))
    client.on('multi_block_change', (/** @type {any} */ packet) => {
      for (const change of packet.records ?? []) this.changedInSection(packet, change)
    })
  }

  /**
   * @param {any} packet
   * @param {any} change a number in newer versions, an object in older ones
   */
  changedInSection (packet, change) {
    if (typeof change === 'number' && packet.chunkCoordinates) {
      const { x, y, z } = packet.chunkCoordinates
      const place = { x: x * 16 + ((change >> 8) & 15), y: y * 16 + (change & 15), z: z * 16 + ((change >> 4) & 15) }
      this.blockChanged(place, Math.floor(change / 4096))
    } else if (change?.blockId !== undefined && packet.chunkX !== undefined) {
      const place = {
        x: packet.chunkX * 16 + (change.horizontalPos >> 4), y: change.y, z: packet.chunkZ * 16 + (change.horizontalPos & 15)
      }
      this.blockChanged(place, change.blockId)
    }
  }

  /**
   * @param {{x: number, y: number, z: number}} location
   * @param {number} stateId
   */
  blockChanged (location, stateId) {
    const key = keyOf(location)
    const name = this.bot.registry.blocksByStateId[stateId]?.name
    const position = { x: location.x, y: location.y, z: location.z }
    const dug = this.digs.get(key)
    if (dug && (name !== dug.name || dug.finishedAt !== null)) this.digs.delete(key)
    if (dug && name !== dug.name && isRecent(dug.finishedAt)) this.onEvent('mined', { name: dug.name, count: 1, position })
    const placed = this.placements.get(key)
    if (placed) placed.answered = true
    if (placed && name && name !== placed.before && isRecent(placed.at) && isBlockOf(name, placed.name)) {
      this.placements.delete(key)
      this.onEvent('placed', { name, count: 1, position })
    }
    if (!this.isAwaitingAnswer()) this.onSettled()
  }

  /** Whether the server has yet to say what became of a block that the bot has dug or placed. */
  isAwaitingAnswer () {
    return [...this.digs.values()].some(({ finishedAt }) => finishedAt !== null && isRecent(finishedAt)) ||
      [...this.placements.values()].some(({ at, answered }) => !answered && isRecent(at))
  }

  /** Wait until the server has answered what the bot did, if anything is unanswered. */
  async settled () {
    if (!this.isAwaitingAnswer()) return
    await withTimeout(new Promise(resolve => { this.onSettled = () => resolve(undefined) }), SETTLE_MILLISECONDS)
    this.onSettled = () => {}
    this.digs.clear()
    this.placements.clear()
  }

  watchPlayer () {
    const bot = this.bot
    bot._client.on('update_health', (/** @type {any} */ { health, food }) => {
      if (health < this.health && health > 0) this.onEvent('hurt', { amount: this.health - health, health })
      this.health = health
      if (this.meal && food > this.meal.food) this.ate()
    })
    bot.on('death', () => { this.causeOfDeath = this.died() })
    bot.on('sleep', () => this.onEvent('slept', { position: this.here() }))
    bot._client.on('entity_status', (/** @type {any} */ { entityId, entityStatus }) => {
      if (entityId === bot.entity?.id && entityStatus === STATUS_ITEM_USED && this.meal) this.ate()
    })
  }

  async died () {
    const position = this.here()
    const dimension = plain(this.bot.game.dimension)
    const carried = this.carried.beforeDeath()
    this.carried.forget()
    const ageTicks = worldAge(this.bot)
    // The next program may begin before the cause is known, and has not died of it.
    const tellProgram = this.onProgramEvent
    const cause = await this.deathCause.find()
    const death = { position, cause, dimension, carried, world_age_ticks: ageTicks }
    if (tellProgram) tellProgram('died', death)
    else this.onDeathBetweenPrograms(death)
    return cause
  }

  ate () {
    const meal = this.meal
    this.meal = null
    if (meal && Date.now() - meal.at < ANSWER_TIME) this.onEvent('ate', { name: meal.name, count: 1 })
  }

  watchEntities () {
    const bot = this.bot
    bot.on('entityDead', (/** @type {any} */ entity) => {
      const attacked = this.attacks.get(entity.id)
      this.attacks.delete(entity.id)
      if (!attacked || Date.now() - attacked > ANSWER_TIME) return
      this.onEvent('killed', { name: nameOfEntity(entity), count: 1 })
    })
    // Before Mineflayer forgets the entity, and with the count, which only the packet has.
    bot._client.prependListener('collect', (/** @type {any} */ packet) => {
      if (packet.collectorEntityId !== bot.entity?.id) return
      const entity = bot.entities[packet.collectedEntityId]
      const item = entity && droppedItem(entity)
      if (item) this.onEvent('collected', { name: item.name, count: packet.pickupItemCount ?? item.count })
    })
  }

  /** @param {any} packet */
  readAdvancements (packet) {
    for (const { key, value } of packet.advancementMapping ?? []) this.advancements.set(key, value.requirements ?? [])
    if (packet.reset) return
    for (const { key, value } of packet.progressMapping ?? []) {
      const done = new Set(value.filter((/** @type {any} */ item) => item.criterionProgress !== undefined)
        .map((/** @type {any} */ item) => item.criterionIdentifier))
      const requirements = this.advancements.get(key) ?? []
      const complete = requirements.length > 0 && requirements.every(group => group.some(name => done.has(name)))
      if (complete && !/recipes\//.test(key)) this.onEvent('advancement', { name: plain(key), count: 1 })
    }
  }

  here () {
    const { x, y, z } = this.bot.entity.position
    return { x, y, z }
  }

  /**
   * @param {{x: number, y: number, z: number}} location
   * @returns {string | undefined}
   */
  blockName ({ x, y, z }) {
    return this.bot.blockAt(new Vec3(x, y, z), false)?.name
  }
}

/**
 * Whether a block is what that item places: a torch becomes a wall_torch, seeds become a crop with another name.
 * @param {string} block
 * @param {string} item
 */
function isBlockOf (block, item) {
  const onWall = item.replace(/_(torch|sign|banner|head|skull)$/, '_wall_$1')
  return [item, `wall_${item}`, onWall, OTHER_NAMES[item]].includes(block)
}

module.exports = { GameEvents }
