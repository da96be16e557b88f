'use strict'
/**
 * The game: all rules of one world, and the tick that runs them.
 *
 * Each rule is a class that gets the game and finds the others through it. `options`, `serv` (flying-squid) and `registry`
 * come from outside; `random` is the only source of chance, `tick` the only clock of the rules.
 *
 * Where to look: `land/` is how the land is made from a seed, `world/` its blocks in memory, light, weather and time, `blocks/` what
 * blocks do and what is done to them, `inventory/` items, windows and what holds items, `players/` bodies and what they use,
 * `entities/` what lies, flies and falls, `creatures/` animals and monsters, `saving/` files and snapshots, `commands/` what tests
 * may say, `tables/` numbers of the original game.
 */

const { EventEmitter } = require('node:events')
const { Vec3 } = require('vec3')
const { Random } = require('./random')
const { Terrain } = require('./land/terrain')
const { WorldState } = require('./world/world_state')
const { FlatTerrain, FlatGenerator } = require('./land/flat_world')
const { BlockStates } = require('./world/block_states')
const { Items } = require('./inventory/items')
const { Crafting } = require('./inventory/crafting')
const { Clicks } = require('./inventory/clicks')
const { InventoryWindows } = require('./inventory/inventory_windows')
const { Containers } = require('./inventory/containers')
const { Furnaces } = require('./inventory/furnaces')
const { Pairs } = require('./blocks/pairs')
const { Entities } = require('./entities/entities')
const { FarEntities } = require('./entities/far_entities')
const { ItemEntities } = require('./entities/item_entities')
const { Creatures } = require('./creatures/creatures')
const { Herds } = require('./creatures/herds')
const { Spawning } = require('./creatures/spawning')
const { Explosions } = require('./creatures/explosions')
const { Drops } = require('./blocks/drops')
const { Digging } = require('./blocks/digging')
const { Ground } = require('./blocks/ground')
const { Placing } = require('./blocks/placing')
const { Joining } = require('./blocks/joining')
const { Interactions } = require('./blocks/interactions')
const { Switches } = require('./blocks/switches')
const { Signs } = require('./blocks/signs')
const { BlockEntities } = require('./blocks/block_entities')
const { Campfires } = require('./blocks/campfires')
const { Tools } = require('./players/tools')
const { Buckets } = require('./players/buckets')
const { Cauldrons } = require('./blocks/cauldrons')
const { Hoppers } = require('./inventory/hoppers')
const { UseItem } = require('./players/use_item')
const { Combat } = require('./players/combat')
const { Reach } = require('./players/reach')
const { Movement } = require('./players/movement')
const { Health } = require('./players/health')
const { Experience } = require('./players/experience')
const { Effects } = require('./players/effects')
const { Projectiles } = require('./entities/projectiles')
const { Orbs } = require('./entities/orbs')
const { Rays } = require('./world/rays')
const { Damage } = require('./players/damage')
const { Death } = require('./players/death')
const { Hunger } = require('./players/hunger')
const { Hazards } = require('./players/hazards')
const { Armour } = require('./players/armour')
const { Appearance } = require('./players/appearance')
const { Using } = require('./players/using')
const { Meals } = require('./players/meals')
const { Shield } = require('./players/shield')
const { Bow, Crossbow } = require('./entities/bow')
const { Throwing } = require('./entities/throwing')
const { Fishing } = require('./entities/fishing')
const { Sleeping } = require('./players/sleeping')
const { Light } = require('./world/light')
const { Weather } = require('./world/weather')
const { Snowfall } = require('./world/snowfall')
const { TimeOfDay } = require('./world/time_of_day')
const { BlockTicks } = require('./blocks/block_ticks')
const { RandomTicks } = require('./blocks/random_ticks')
const { BlockUpdates } = require('./blocks/block_updates')
const { BlockBreaking } = require('./blocks/block_breaking')
const { FallingBlocks } = require('./blocks/falling_blocks')
const { Fluids } = require('./blocks/fluids')
const { Growth } = require('./blocks/growth')
const { Plants } = require('./blocks/plants')
const { Saplings } = require('./blocks/saplings')
const { LeafDecay } = require('./blocks/leaf_decay')
const { Farmland } = require('./blocks/farmland')
const { Grass } = require('./blocks/grass')
const { Fire } = require('./blocks/fire')
const { Chunks } = require('./world/chunks')
const { Players } = require('./players/players')
const { Saving } = require('./saving/saving')
const { Snapshots } = require('./saving/snapshots')
const { GameModes } = require('./players/game_modes')
const { GameRules } = require('./game_rules')
const { Commands } = require('./commands')
const { Chat } = require('./players/chat')
const { findSpawnColumn } = require('./land/spawn_point')

/** What a tick may take. */
const TICK_MILLISECONDS = 50

class Game {
  /**
   * @param {any} serv flying-squid
   * @param {import('./options').Options} options
   * @param {import('./saving/world_file').WorldFile} file
   */
  constructor (serv, options, file) {
    this.serv = serv
    this.options = options
    this.registry = serv.registry
    this.version = serv.registry.version.minecraftVersion
    this.tick = 0
    this.random = new Random(options.seed ^ 0x5eed)
    /** joined, left, death, save_failed, save_recovered, fault */
    this.events = new EventEmitter()
    this.statistics = { dug: 0, placed: 0, killed: 0, deaths: 0, refusedDigs: 0, refusedMoves: 0 }
    this.load = { ticks: 0, totalMilliseconds: 0, longestMilliseconds: 0, slowTicks: 0 }

    this.blocks = new BlockStates(this.registry)
    this.world = new WorldState(options.flat ? new FlatTerrain(options.seed) : new Terrain(options.seed), this.registry,
      options.flat ? new FlatGenerator(this.registry) : undefined)
    this.items = new Items(this.registry)
    this.crafting = new Crafting(this.registry, this.items)
    this.clicks = new Clicks(this.items, this.crafting)
    this.snapshots = new Snapshots(this)
    this.saving = new Saving(this, file)
    this.rules = new GameRules(this)
    this.gameModes = new GameModes(this)
    this.commands = new Commands(this)
    this.chat = new Chat(this)
    this.players = new Players(this)
    this.chunks = new Chunks(this)
    this.windows = new InventoryWindows(this)
    this.containers = new Containers(this)
    this.furnaces = new Furnaces(this)
    this.pairs = new Pairs(this)
    this.entities = new Entities(this)
    this.farEntities = new FarEntities(this)
    this.itemEntities = new ItemEntities(this)
    this.creatures = new Creatures(this)
    this.herds = new Herds(this)
    this.spawning = new Spawning(this)
    this.explosions = new Explosions(this)
    this.drops = new Drops(this)
    this.digging = new Digging(this)
    this.ground = new Ground(this)
    this.placing = new Placing(this)
    this.useItem = new UseItem(this)
    this.combat = new Combat(this)
    this.reach = new Reach(this)
    this.movement = new Movement(this)
    this.health = new Health(this)
    this.experience = new Experience(this)
    this.effects = new Effects(this)
    this.rays = new Rays(this)
    this.damage = new Damage(this)
    this.death = new Death(this)
    this.hunger = new Hunger(this)
    this.hazards = new Hazards(this)
    this.armour = new Armour(this)
    this.appearance = new Appearance(this)
    this.using = new Using(this)
    this.meals = new Meals(this)
    this.shield = new Shield(this)
    this.bow = new Bow(this)
    this.crossbow = new Crossbow(this)
    this.throwing = new Throwing(this)
    this.fishing = new Fishing(this)
    this.projectiles = new Projectiles(this)
    this.orbs = new Orbs(this)
    this.sleeping = new Sleeping(this)
    this.time = new TimeOfDay(this)
    this.light = new Light(this)
    this.weather = new Weather(this)
    this.blockTicks = new BlockTicks(this)
    this.randomTicks = new RandomTicks(this)
    this.snowfall = new Snowfall(this)
    this.updates = new BlockUpdates(this)
    this.breaking = new BlockBreaking(this)
    this.fallingBlocks = new FallingBlocks(this)
    this.fluids = new Fluids(this)
    this.growth = new Growth(this)
    this.plants = new Plants(this)
    this.saplings = new Saplings(this)
    this.leafDecay = new LeafDecay(this)
    this.farmland = new Farmland(this)
    this.grass = new Grass(this)
    this.fire = new Fire(this)
    this.joining = new Joining(this)
    this.interactions = new Interactions(this)
    this.switches = new Switches(this)
    this.signs = new Signs(this)
    this.blockEntities = new BlockEntities(this)
    this.campfires = new Campfires(this)
    this.tools = new Tools(this)
    this.buckets = new Buckets(this)
    this.cauldrons = new Cauldrons(this)
    this.hoppers = new Hoppers(this)
    this.spawnPoint = new Vec3(0, 0, 0)
    /** @type {{x: number, z: number} | undefined} */
    this.spawnColumn = undefined
    Object.assign(this.entities.families, { item: this.itemEntities, animal: this.creatures, monster: this.creatures, projectile: this.projectiles, orb: this.orbs, bobber: this.fishing, falling_block: this.fallingBlocks })

    /**
     * Every rule with a state of its own, by the name it is kept under: `pack()` gives a JSON value, `unpack(value)` takes it
     * back. In the order in which they are put back. @type {Record<string, {pack: () => any, unpack: (value: any) => void}>}
     */
    this.stateful = {
      rules: this.rules,
      random: this.random,
      time: this.time,
      weather: this.weather,
      blockTicks: this.blockTicks,
      updates: this.updates,
      holders: this.containers,
      signs: this.signs,
      herds: this.herds,
      spawning: this.spawning,
      entities: this.entities,
      farEntities: this.farEntities,
      players: this.players
    }
  }

  /**
   * Hurts a player or an entity of a family that can be hurt.
   * @param {any} target
   * @param {number} damage half hearts
   * @param {{cause: string, attacker?: any, direct?: any}} blow `attacker` (player or entity) is whose doing it is, `direct`
   *   what touched the target when that is something else: an arrow
   * @returns {boolean | void} false when the blow did nothing
   */
  hurt (target, damage, blow) {
    if (target.survivor && this.gameModes.isFree(target) && blow.cause !== 'void') return false
    if (target.survivor) return this.damage.hurt(target, damage, blow)
    return this.entities.families[target.family].hurt?.(target, damage, blow)
  }

  /** What clients are told of the blocks of a column beyond their states: signs, chests and their like. */
  blockEntitiesOf (/** @type {number} */ chunkX, /** @type {number} */ chunkZ) {
    return this.blockEntities.of(chunkX, chunkZ)
  }

  /** Sets a player or an entity on fire for a time. */
  setOnFire (/** @type {any} */ target, /** @type {number} */ ticks) {
    if (target.survivor) this.hazards.ignite(target, ticks)
    else this.entities.families[target.family].ignite?.(target, ticks)
  }

  /** Loads what was saved and starts to save. */
  open () {
    this.snapshots.start()
    this.saving.load()
    this.rules.open()
    this.placeSpawnPoint()
    this.world.on('column', (/** @type {number} */ chunkX, /** @type {number} */ chunkZ) =>
      this.snapshots.afterRestore(() => this.herds.populate(chunkX, chunkZ)))
    this.world.on('change', (/** @type {{x: number, y: number, z: number}} */ at) => this.players.broadcastBlock(at))
    this.saving.start()
  }

  /** Where players start: at the place that was set, or on the ground of the one that suits the land. */
  placeSpawnPoint () {
    if (this.rules.spawn) {
      this.spawnPoint = new Vec3(...this.rules.spawn)
      return
    }
    this.spawnColumn ??= this.options.flat ? { x: 0, z: 0 } : findSpawnColumn(this.world.terrain)
    const { x, z } = this.spawnColumn
    let y = this.world.terrain.heightAt(x, z) + 1
    while (this.blocks.solid[this.world.get(x, y, z)] || this.blocks.solid[this.world.get(x, y + 1, z)]) y++
    this.spawnPoint = new Vec3(x + 0.5, y, z + 0.5)
  }

  /** One twentieth of a second. The world stands still while nobody is in it. */
  step () {
    const players = this.players.all()
    if (players.length === 0) return
    const started = process.hrtime.bigint()
    this.tick++
    const rules = [this.snapshots, this.farEntities, this.players, this.chat, this.updates, this.blockTicks, this.randomTicks, this.digging, this.switches, this.furnaces, this.campfires, this.hoppers, this.spawning, this.entities, this.sleeping, this.time, this.weather, this.snowfall, this.chunks, this.saving]
    for (const rule of rules) this.guard(() => rule.tick())
    for (const player of players) {
      this.guard(() => this.health.tick(player))
    }
    this.#measure(Number(process.hrtime.bigint() - started) / 1e6)
  }

  #measure (/** @type {number} */ milliseconds) {
    this.load.ticks++
    this.load.totalMilliseconds += milliseconds
    if (milliseconds > TICK_MILLISECONDS) this.load.slowTicks++
    this.load.longestMilliseconds = Math.max(this.load.longestMilliseconds, milliseconds)
  }

  /** Runs a rule; a fault in it is reported and does not stop the others. */
  guard (/** @type {() => void} */ run) {
    try {
      run()
    } catch (error) {
      this.events.emit('fault', error)
    }
  }
}

module.exports = { Game }
