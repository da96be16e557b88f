'use strict'
/**
 * What the parent process may ask of the server: save, status, and for tests only give, teleport and the like.
 *
 * Each operation takes the named arguments of its request and returns the value of the answer; positions are x, y, z.
 */

const { Vec3 } = require('vec3')
const { DIFFICULTIES } = require('./game_rules')
const { MODE } = require('./players/game_modes')
const { SnapshotStore } = require('./saving/snapshot_store')
const { setScene } = require('./scene')

/** Operations of normal play. */
function createOperations (/** @type {any} */ game) {
  return {
    save: async () => {
      await game.saving.save().catch((/** @type {Error} */ error) => {
        throw Object.assign(new Error(game.saving.failureMessage(error)), { code: 'not_saved' })
      })
    },
    status: () => status(game),
    ...createSnapshotOperations(game)
  }
}

/** Snapshots: `name` is that of one, `world_folder` where another world is to be. */
function createSnapshotOperations (/** @type {any} */ game) {
  const { snapshots, options } = game
  const store = new SnapshotStore(options.worldFolder)
  return {
    create_snapshot: (/** @type {any} */ { name }) => store.write(name, snapshots.capture()),
    list_snapshots: () => store.list(),
    restore_snapshot: (/** @type {any} */ { name }) => snapshots.restore(store.read(name)),
    export_snapshot: (/** @type {any} */ { name, world_folder: worldFolder }) => store.export(name, worldFolder),
    delete_snapshot: (/** @type {any} */ { name }) => store.delete(name)
  }
}

function status (/** @type {any} */ game) {
  const { ticks, totalMilliseconds, longestMilliseconds, slowTicks } = game.load
  return {
    version: game.version,
    seed: game.options.seed,
    time: game.time.ticks,
    age: game.time.age,
    difficulty: game.rules.difficultyName,
    spawnPoint: point(game.spawnPoint),
    players: game.players.all().map(describePlayer),
    figures: {
      ...game.statistics,
      ticks,
      tickMilliseconds: { mean: ticks ? totalMilliseconds / ticks : 0, longest: longestMilliseconds },
      slowTicks,
      columns: game.world.columns.size,
      entities: game.entities.all.size,
      editedColumns: game.world.overlay.size,
      memoryBytes: process.memoryUsage().rss
    }
  }
}

const point = (/** @type {any} */ { x, y, z }) => ({ x, y, z })

function describePlayer (/** @type {any} */ player) {
  const { survivor } = player
  /** @type {Record<string, number>} */
  const inventory = {}
  for (const item of survivor.slots.slice(1)) {
    if (item) inventory[item.name] = (inventory[item.name] ?? 0) + item.count
  }
  const { health, food, saturation, experience, dead } = survivor
  return { username: player.username, inventory, position: point(player.position), health, food, saturation, experience, dead }
}

/** Operations that change the world as no player could; answered only when the server was started for tests. */
function createTestOperations (/** @type {any} */ game) {
  const { items, blocks, world, windows, players } = game
  const target = (/** @type {any} */ { player }) => {
    const found = player === undefined ? players.all()[0] : players.byName(player)
    if (!found) throw new Error(`There is no player ${player ?? 'in the world'}.`)
    return found
  }
  const stateOf = (/** @type {any} */ { block, properties }) => {
    if (!blocks.has(block)) throw new Error(`There is no block '${block}'.`)
    return properties ? blocks.withProperties(block, properties) : blocks.defaultOf(block)
  }
  return {
    give: (/** @type {any} */ request) => {
      for (let left = request.count ?? 1; left > 0;) {
        const item = items.create(request.item, left)
        item.count = Math.min(left, item.stackSize)
        left -= item.count
        if (windows.give(target(request), item) > 0) throw new Error('The inventory is full.')
      }
    },
    clear: (/** @type {any} */ request) => {
      const player = target(request)
      player.survivor.slots.fill(null)
      windows.sendAll(player)
    },
    teleport: (/** @type {any} */ request) => players.teleport(target(request), new Vec3(request.x, request.y, request.z)),
    set_block: (/** @type {any} */ request) => world.set(request.x, request.y, request.z, stateOf(request)),
    get_block: (/** @type {any} */ { x, y, z }) => {
      const state = world.get(x, y, z)
      return { name: blocks.nameOf(state), properties: blocks.properties(state) }
    },
    fill: (/** @type {any} */ request) => fill(world, request, stateOf(request)),
    reset_stage: (/** @type {any} */ request) => resetStage(game, target(request), request),
    set_scene: (/** @type {any} */ request) => setScene(game, target(request), request),
    set_time: (/** @type {any} */ { ticks }) => game.time.set(ticks),
    set_weather: (/** @type {any} */ { weather, ticks, atOnce }) => game.weather.set(weather, ticks, { atOnce }),
    get_weather: (/** @type {any} */ { x, y, z }) => ({
      raining: game.weather.raining,
      thundering: game.weather.thundering,
      falls: game.weather.precipitationAt(x, y, z),
      rainsHere: game.weather.rainsAt(x, y, z)
    }),
    get_light: (/** @type {any} */ { x, y, z }) => ({ sky: game.light.sky(x, y, z), block: game.light.block(x, y, z), at: game.light.at(x, y, z) }),
    find_biome: (/** @type {any} */ { biome }) => findBiome(world.terrain, biome),
    summon: (/** @type {any} */ { kind, x, y, z, id: _, op: __, ...options }) => {
      if (!game.creatures.has(kind)) throw new Error(`There is no creature '${kind}'.`)
      return game.creatures.spawn(kind, { x, y, z }, options).id
    },
    hurt_entity: (/** @type {any} */ { entity, damage, cause, by_player: byPlayer }) => {
      const found = game.entities.all.get(entity)
      if (!found) throw new Error(`There is no entity ${entity}.`)
      return game.hurt(found, damage, { cause, attacker: byPlayer ? players.all()[0] : undefined })
    },
    set_entity: (/** @type {any} */ { entity, fields }) => Object.assign(game.entities.all.get(entity), fields),
    get_entity: (/** @type {any} */ { entity }) => {
      const { seenBy, ...fields } = game.entities.all.get(entity) ?? {}
      return fields
    },
    list_entities: (/** @type {any} */ { family }) => [...game.entities.all.values()]
      .filter(entity => entity.family === family)
      .map(({ id, kind, x, y, z, age, health }) => ({ id, kind, x, y, z, age, health })),
    remove_entities: () => removeEntities(game),
    ground: (/** @type {any} */ { x, z }) => world.terrain.heightAt(x, z),
    may_spawn: (/** @type {any} */ { kind, ...at }) => game.spawning.mayAppear(kind, at),
    set_spawning: (/** @type {any} */ { enabled }) => { game.spawning.enabled = enabled },
    explode: (/** @type {any} */ { x, y, z, power }) => game.explosions.explode({ x, y, z }, power),
    hurt: (/** @type {any} */ request) => game.health.hurt(target(request), request.damage, request.cause ?? 'test'),
    kick: (/** @type {any} */ request) => { target(request)._client.end(request.reason) },
    set_food: (/** @type {any} */ request) => {
      const player = target(request)
      Object.assign(player.survivor, { food: request.food, saturation: request.saturation ?? 0 })
      game.health.send(player)
    },
    get_body: (/** @type {any} */ request) => {
      const { health, food, saturation, exhaustion, absorption, air, fireTicks, fallDistance, effects, dead, experience } = target(request).survivor
      return { health, food, saturation, exhaustion, absorption, air, fireTicks, fallDistance, effects, dead, experience }
    },
    set_body: (/** @type {any} */ request) => {
      const player = target(request)
      Object.assign(player.survivor, request.fields)
      game.health.send(player)
    },
    effect: (/** @type {any} */ request) => game.effects.add(target(request), request.name, request.amplifier, request.ticks),
    drop_experience: (/** @type {any} */ { x, y, z, amount }) => game.experience.drop({ x, y, z }, amount),
    shoot: (/** @type {any} */ { kind, from, velocity, damage, shooter }) => {
      const entity = shooter === undefined ? null : game.entities.all.get(shooter)
      return game.projectiles.shoot({ kind, from, velocity, damage, shooter: entity }).id
    },
    give_potion: (/** @type {any} */ request) => {
      const potion = items.create('potion')
      potion.nbt = { type: 'compound', name: '', value: { Potion: { type: 'string', value: request.potion } } }
      windows.give(target(request), potion)
    },
    enchant: (/** @type {any} */ request) => {
      const player = target(request)
      windows.held(player).enchants = request.enchantments
      windows.sendChanges(player)
    },
    set_air: (/** @type {any} */ request) => { target(request).survivor.air = request.ticks },
    spawn_item: (/** @type {any} */ { item, count = 1, x, y, z }) => {
      game.itemEntities.spawn({ x, y, z }, items.create(item, count), { velocity: { x: 0, y: 0, z: 0 } })
    },
    state_hash: () => game.snapshots.hash(),
    // In one turn, so that no tick comes between.
    restore_and_capture: (/** @type {any} */ { name, ticks = 0 }) => {
      game.snapshots.restore(new SnapshotStore(game.options.worldFolder).read(name))
      for (let tick = 0; tick < ticks; tick++) game.step()
      return game.snapshots.capture()
    },
    command: (/** @type {any} */ { text }) => game.commands.run(text),
    run_ticks: (/** @type {any} */ { count }) => { for (let tick = 0; tick < count; tick++) game.step() }
  }
}

const BIOME_STEP = 32
const BIOME_STEPS = 200

/** @returns {{x: number, y: number, z: number} | null} on the ground of a place near the origin whose biome it is */
function findBiome (/** @type {any} */ terrain, /** @type {string} */ biome) {
  for (let ring = 0; ring < BIOME_STEPS; ring++) {
    for (let x = -ring; x <= ring; x++) {
      for (let z = -ring; z <= ring; z += Math.abs(x) === ring ? 1 : 2 * ring) {
        const at = { x: x * BIOME_STEP, z: z * BIOME_STEP }
        if (terrain.biomeAt(at.x, at.z) === biome) return { ...at, y: terrain.heightAt(at.x, at.z) + 1 }
      }
    }
  }
  return null
}

function fill (/** @type {any} */ world, /** @type {any} */ { from, to }, /** @type {number} */ state) {
  for (let x = Math.min(from[0], to[0]); x <= Math.max(from[0], to[0]); x++) {
    for (let y = Math.min(from[1], to[1]); y <= Math.max(from[1], to[1]); y++) {
      for (let z = Math.min(from[2], to[2]); z <= Math.max(from[2], to[2]); z++) world.set(x, y, z, state)
    }
  }
}

function removeEntities (/** @type {any} */ { entities, farEntities }) {
  for (const entity of [...entities.all.values()]) entities.remove(entity)
  farEntities.clear()
}

/** An empty platform, and one whole player with nothing on it: where tests begin. */
function resetStage (/** @type {any} */ game, /** @type {any} */ player, /** @type {{floor: number, radius: number, height: number, time: number}} */ { floor, radius, height, time }) {
  const { world, health, windows, players } = game
  if (player.survivor.dead) health.respawn(player)
  game.rules.unpack({ changed: {}, defaultGameMode: 0, difficulty: DIFFICULTIES.indexOf('normal'), spawn: null })
  game.gameModes.set(player, MODE.SURVIVAL)
  game.spawning.enabled = false
  removeEntities(game)
  const box = (/** @type {number} */ low, /** @type {number} */ high, /** @type {string} */ block) => fill(world, {
    from: [-radius, floor + low, -radius], to: [radius, floor + high, radius]
  }, game.blocks.defaultOf(block))
  box(-3, -1, 'stone')
  box(0, height, 'air')
  windows.close(player)
  game.sleeping.wake(player)
  game.effects.clear(player)
  Object.assign(player.survivor, health.fresh(), { experience: 0, bed: null, forcedSpawn: null })
  player.survivor.slots.fill(null)
  windows.sendAll(player)
  game.experience.send(player)
  health.send(player)
  game.time.set(time)
  game.weather.set('clear', undefined, { atOnce: true })
  players.teleport(player, new Vec3(0.5, floor, 0.5))
}

module.exports = { createOperations, createTestOperations }
