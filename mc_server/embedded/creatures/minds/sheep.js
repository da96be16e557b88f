'use strict'
/** Sheep: coloured, shorn with shears; their wool comes back when they eat grass. */

const { Animal } = require('./animal')

/** In the order of the game's dyes. */
const COLORS = [
  'white', 'orange', 'magenta', 'light_blue', 'yellow', 'lime', 'pink', 'gray', 'light_gray', 'cyan', 'purple', 'blue', 'brown', 'green', 'red', 'black'
]
/** How sheep are born into the world: color and share, the rest is white. @type {[string, number][]} */
const NATURAL = [['black', 0.05], ['gray', 0.05], ['light_gray', 0.05], ['brown', 0.03], ['pink', 0.00164]]
const METADATA_WOOL = 17
const SHORN = 0x10
const EATING_TICKS = 40
/** The mouthful is taken so long before the end. */
const BITE_TICKS = 4
const EATING_CHANCE = { grown: 1 / 1000, baby: 1 / 50 }
const STATUS_EATS = 10
/** How much sooner a lamb that eats is grown. */
const MEAL_TICKS = 1200

class Sheep extends Animal {
  born (/** @type {Record<string, any>} */ { color, ...options }) {
    return { ...super.born(options), color: color ?? this.#naturalColor(), shorn: false, eating: 0 }
  }

  #naturalColor () {
    let roll = this.game.random.next()
    for (const [color, share] of NATURAL) {
      if (roll < share) return color
      roll -= share
    }
    return 'white'
  }

  /** A lamb has the colour that the dyes of its parents make, else that of one of them. */
  inherit (/** @type {any} */ sheep, /** @type {any} */ mate) {
    const { items, crafting, random } = this.game
    const dyes = [sheep, mate].map(({ color }) => items.create(`${color}_dye`))
    const mixed = crafting.resultOf([...dyes, null, null], 2)?.name ?? ''
    return { color: /_dye$/.test(mixed) ? mixed.replace('_dye', '') : random.pick([sheep.color, mate.color]) }
  }

  metadata (/** @type {any} */ { color, shorn }) {
    return [{ key: METADATA_WOOL, type: 'byte', value: COLORS.indexOf(color) | (shorn ? SHORN : 0) }]
  }

  loot (/** @type {any} */ { color, shorn }) {
    return shorn ? [] : [this.game.items.create(`${color}_wool`)]
  }

  /** Grazes now and then. */
  habit (/** @type {any} */ sheep) {
    const { random, entities } = this.game
    if (sheep.eating === 0) {
      const hungry = random.chance(sheep.baby ? EATING_CHANCE.baby : EATING_CHANCE.grown)
      if (!hungry || !this.#meal(sheep)) return false
      sheep.eating = EATING_TICKS
      sheep.path = null
      entities.broadcast(sheep, 'entity_status', { entityId: sheep.id, entityStatus: STATUS_EATS })
    }
    sheep.eating--
    if (sheep.eating === BITE_TICKS) this.#bite(sheep)
    return true
  }

  /** @returns {{x: number, y: number, z: number, becomes: string} | null} the grass it stands in or on */
  #meal (/** @type {any} */ { x, y, z }) {
    const { world, blocks } = this.game
    const at = { x: Math.floor(x), y: Math.floor(y), z: Math.floor(z) }
    if (blocks.nameOf(world.get(at.x, at.y, at.z)) === 'short_grass') return { ...at, becomes: 'air' }
    const below = { ...at, y: at.y - 1, becomes: 'dirt' }
    return blocks.nameOf(world.get(below.x, below.y, below.z)) === 'grass_block' ? below : null
  }

  #bite (/** @type {any} */ sheep) {
    const { world, blocks, entities, saving, rules } = this.game
    const meal = this.#meal(sheep)
    if (!meal) return
    if (rules.get('mobGriefing')) world.set(meal.x, meal.y, meal.z, blocks.defaultOf(meal.becomes))
    sheep.shorn = false
    if (sheep.baby) sheep.growth = Math.min(-1, sheep.growth + MEAL_TICKS)
    entities.sendMetadata(sheep)
    saving.markChanged()
  }

  interact (/** @type {any} */ sheep, /** @type {any} */ player, /** @type {any} */ held) {
    if (held?.name === 'shears') return this.#shear(sheep, player)
    const dye = /^(.+)_dye$/.exec(held?.name ?? '')
    if (dye && dye[1] !== sheep.color && !sheep.shorn) return this.#dye(sheep, player, dye[1])
    super.interact(sheep, player, held)
  }

  #shear (/** @type {any} */ sheep, /** @type {any} */ player) {
    const { items, itemEntities, entities, windows, random } = this.game
    if (sheep.shorn || sheep.baby) return
    sheep.shorn = true
    for (let count = random.between(1, 3); count > 0; count--) {
      const drift = () => (random.next() - random.next()) * 0.1
      itemEntities.spawn({ x: sheep.x, y: sheep.y + 1, z: sheep.z }, items.create(`${sheep.color}_wool`), {
        velocity: { x: drift(), y: random.next() * 0.05, z: drift() }
      })
    }
    windows.wearHeld(player, 1)
    entities.sendMetadata(sheep)
  }

  #dye (/** @type {any} */ sheep, /** @type {any} */ player, /** @type {string} */ color) {
    sheep.color = color
    this.game.windows.spendHeld(player)
    this.game.entities.sendMetadata(sheep)
  }
}

module.exports = { Sheep }
