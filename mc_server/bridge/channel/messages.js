'use strict'
/**
 * The messages between Python, the host and a bot's process: the shape of each, by direction and type.
 *
 * Who receives a message gets a copy that has its shape, see `shapes.js`; a field that is not named here does not get through. Not
 * covered: when a message may come (`supervisor.js`), and how it travels (`channel.js`).
 */

const {
  Misfit, cutData, cutObject, cutText, data, either, flag, lineText, list, nullable, number, object, oneOf, optional, record, text
} = require('./shapes')

/** @typedef {import('./shapes').Shape} Shape */
/** @typedef {(message: any) => any} Schema a copy of the message; throws a Misfit when there is none */

/** The longest message of a bot's process, or to it; in bytes. */
const BOT_BYTES = 4_000_000
/** A simulation's tells its whole world. */
const SIMULATION_BYTES = 64_000_000

const VALUE_CHARACTERS = 20_000
/** Of a program that is to be read without being run. */
const SOURCE_CHARACTERS = 20_000
const RESULT_CHARACTERS = 200_000

const identifier = number({ least: 0, most: 2 ** 53, whole: true })
const seconds = number({ least: 0 })
const name = lineText(200)
const reason = cutText(1000)
const counts = record(number(), 5000)
const point = object({ x: number(), y: number(), z: number() })

const failure = object({ code: nullable(cutText(100)), message: cutText(4000) })
const programError = object({
  name: cutText(200),
  message: cutText(4000),
  code: nullable(cutText(100)),
  module: nullable(cutText(200)),
  line: nullable(number({ least: 0, whole: true }))
})

const chests = list(object({ position: point, items: counts, dimension: name }), 2000)

const observation = object({
  position: point,
  dimension: name,
  biome: name,
  time_of_day: number({ whole: true }),
  health: number(),
  food: number(),
  inventory: counts,
  free_slots: number({ whole: true }),
  equipment: record(nullable(name), 20),
  uses_left: counts,
  nearby_blocks: list(object({ name, position: point, distance: number(), count: number() }), 5000),
  nearby_entities: list(object({ name: cutText(200), kind: name, position: point, distance: number() }), 1000),
  chests,
  world_age_ticks: number({ whole: true })
})

/** How the bot is, for those who watch. */
const botState = object({
  position: point,
  yaw: number(),
  dimension: name,
  biome: name,
  time_of_day: number({ least: 0, whole: true }),
  world_age_ticks: number({ least: 0, whole: true }),
  health: number(),
  food: number(),
  inventory: record(number({ least: 0, whole: true }), 200),
  equipment: record(name, 20),
  reflex: nullable(name)
})

const names = list(name, 20_000)
const gameData = object({
  version: name,
  items: names,
  blocks: list(object({
    name, hardness: nullable(number()), diggable: flag, drops: names, rare_drops: names, harvest_tools: names
  }), 20_000),
  recipes: record(list(object({ count: number(), ingredients: counts, needs_table: flag }), 1000), 20_000),
  smelting: record(names, 20_000),
  fuels: record(number(), 20_000),
  tool_uses: record(number(), 20_000),
  food_points: record(number(), 20_000),
  entity_drops: record(names, 20_000)
})

/** What a question may be answered with. @type {Record<'observe' | 'game_data' | 'operate', Shape>} */
const ANSWERS = { observe: observation, game_data: gameData, operate: data }

const call = object({
  name: cutText(200),
  arguments: list(cutData(VALUE_CHARACTERS), 100),
  seconds,
  result: cutData(VALUE_CHARACTERS),
  error: nullable(programError)
})

const circumstances = object({
  position: point,
  dimension: name,
  biome: name,
  time_of_day: number({ whole: true }),
  light: nullable(number({ least: 0, most: 15, whole: true })),
  health: number(),
  food: number(),
  inventory: record(number({ whole: true }), 200),
  free_slots: number({ whole: true }),
  hand: nullable(name),
  worn: list(name, 20),
  stations: list(name, 100)
})

/** What is told of a skill's call when it begins. */
const skillCall = object({
  name: cutText(200),
  caller: nullable(cutText(200)),
  arguments: list(cutData(VALUE_CHARACTERS), 100),
  started_seconds: seconds,
  before: circumstances
})

/** What a reflex did; see `mc_server/reflex_act.py`. */
const reflexAct = object({
  reflex: name,
  why: cutText(500),
  outcome: cutText(500),
  done: flag,
  position: point,
  started_seconds: seconds,
  seconds,
  items: record(number({ whole: true }), 200),
  first_event: number({ least: 0, whole: true }),
  last_event: number({ least: 0, whole: true })
})

const ended = {
  id: identifier,
  outcome: oneOf('completed', 'program_error', 'timed_out', 'died', 'disconnected'),
  result: cutData(RESULT_CHARACTERS),
  error: nullable(programError),
  stuck: flag,
  after: nullable(observation)
}

/** What the process of a bot says. @type {Record<string, Shape>} */
const FROM_BOT = {
  joined: object({ version: lineText(50) }),
  join_failed: object({ code: nullable(cutText(100)), message: cutText(4000) }),
  pong: object({}),
  disconnected: object({ reason, kicked: flag }),
  died: object({
    death: object({
      cause: cutText(1000), position: point, dimension: name, carried: counts, left: counts, world_age_ticks: number({ whole: true })
    })
  }),
  // The value is checked by the one who asked, who knows what for.
  answer: object({ id: identifier, value: value => value, error: optional(failure) }),
  state: object({ state: botState }),
  started: object({ id: identifier, before: observation }),
  call: object({ id: identifier, call }),
  skill_call: object({ id: identifier, number: identifier, call: skillCall }),
  skill_call_ended: object({ id: identifier, number: identifier, seconds, after: circumstances, error: nullable(programError) }),
  event: object({ id: identifier, event: object({ type: name, data: cutObject(4000) }) }),
  chat: object({ id: identifier, text: cutText(1000) }),
  progress: object({ id: identifier, text: cutText(1000) }),
  reflex: object({ id: optional(identifier), act: reflexAct }),
  trace: object({
    id: identifier,
    entry: object({
      seconds, module: nullable(cutText(200)), line: nullable(number({ least: 0, whole: true })), text: cutText(1000)
    })
  }),
  ended: object(ended)
}

/** What the process of a simulation says besides. @type {Record<string, Shape>} */
const FROM_SIMULATION = {
  ...FROM_BOT,
  // How long a program took only a simulation has to tell: its clock is its own.
  ended: object({ ...ended, seconds: optional(seconds) }),
  opened: object({}),
  world: object({ text: text(SIMULATION_BYTES) }),
  world_event: object({ event: object({ event: name }, { others: cutData(VALUE_CHARACTERS) }) })
}

const script = object({
  modules: list(object({ name, source: text(BOT_BYTES) }), 10_000),
  entry: name,
  arguments: list(data, 1000)
})

/** What the host says to a bot's process, and to that of a simulation. @type {Record<string, Shape>} */
const TO_BOT = {
  join: object({ settings: object({}, { others: data }) }),
  observe: object({ id: identifier }),
  game_data: object({ id: identifier }),
  execute: object({ id: identifier, script, deadline_seconds: seconds }),
  cancel: object({ id: identifier, reason }),
  ping: object({}),
  open: object({ world: object({}, { others: data }) }),
  operate: object({ id: identifier, op: name, request: optional(data) })
}

const asked = { bot: name, id: identifier }
const botSettings = object({
  host: name,
  port: number({ least: 0, most: 65535, whole: true }),
  username: name,
  version: nullable(text(50)),
  primitives_folder: text(4000),
  world_rate: either(oneOf('max'), number({ least: 1, most: 10 })),
  world: optional(nullable(name)),
  line_of_sight: optional(flag),
  reflexes: optional(list(name, 100)),
  reflexes_folder: optional(nullable(text(4000))),
  join_timeout_seconds: number({ least: 0, most: 1e6 })
}, { others: data })
const worldSettings = object({ world_folder: text(4000), seed: number({ least: -(2 ** 53), most: 2 ** 53, whole: true }) }, { others: data })

/** What Python asks of the host. @type {Record<string, Shape>} */
const FROM_PYTHON = {
  join: object({ ...asked, settings: botSettings }),
  observe: object(asked),
  put_back: object({ ...asked, chests }),
  execute: object({ ...asked, script, deadline_seconds: seconds }),
  cancel: object({ ...asked, reason }),
  leave: object(asked),
  open_world: object({ ...asked, settings: worldSettings }),
  operate: object({ ...asked, op: name, request: optional(data) }),
  close_world: object(asked),
  read_program: object({ ...asked, source: text(SOURCE_CHARACTERS) }),
  shape_program: object({ ...asked, source: text(SOURCE_CHARACTERS), entry: name, constants: list(name, 30) }),
  describe_bot: object(asked)
}

/**
 * @param {Record<string, Shape>} shapes by type
 * @returns {Schema}
 */
function schemaOf (shapes) {
  return message => {
    const type = message !== null && typeof message === 'object' ? message.type : undefined
    if (typeof type !== 'string' || !Object.hasOwn(shapes, type)) throw new Misfit(`the type '${String(type).slice(0, 40)}' is not known`)
    try {
      return { type, ...shapes[type](message) }
    } catch (error) {
      throw error instanceof Misfit ? error.within(type) : error
    }
  }
}

module.exports = {
  ANSWERS,
  BOT_BYTES,
  SIMULATION_BYTES,
  fromBot: schemaOf(FROM_BOT),
  fromPython: schemaOf(FROM_PYTHON),
  fromSimulation: schemaOf(FROM_SIMULATION),
  toBot: schemaOf(TO_BOT)
}
