'use strict'

const assert = require('node:assert/strict')

/** @typedef {import('../stage').Stage} Stage */

const BABY_KEY = 16
const WOOL_KEY = 17
const GROWING_TICKS = 24000

/** Grass all over the platform. */
const meadow = (/** @type {Stage} */ stage) => stage.fill('grass_block', [-12, -1, -12], [12, -1, 12])

/** A pen of fences, so that nobody wanders off. */
async function pen (/** @type {Stage} */ stage, /** @type {number} */ radius) {
  await stage.fill('oak_fence', [-radius, 0, -radius], [radius, 0, -radius])
  await stage.fill('oak_fence', [-radius, 0, radius], [radius, 0, radius])
  await stage.fill('oak_fence', [-radius, 0, -radius], [-radius, 0, radius])
  await stage.fill('oak_fence', [radius, 0, -radius], [radius, 0, radius])
}

/** Right click with what is in the hand. */
const use = (/** @type {Stage} */ stage, /** @type {any} */ entity) => stage.bot.activateEntity(entity)

const drops = (/** @type {Stage} */ stage) => Object.values(stage.bot.entities).filter((/** @type {any} */ entity) => entity.name === 'item')

/** How many of an item lie about or were picked up. */
const left = (/** @type {Stage} */ stage, /** @type {string} */ item) => stage.count(item) + drops(stage)
  .map((/** @type {any} */ entity) => entity.getDroppedItem())
  .reduce((/** @type {number} */ sum, /** @type {any} */ each) => sum + (each?.name === item ? each.count : 0), 0)

/** @returns {any[]} */
const all = (/** @type {Stage} */ stage, /** @type {string} */ kind) => Object.values(stage.bot.entities).filter((/** @type {any} */ entity) => entity.name === kind)

const near = (/** @type {any} */ entity, /** @type {Stage} */ stage) => entity.position.distanceTo(stage.bot.entity.position)

/** Kills a creature by one great blow of nobody's. */
const slay = (/** @type {Stage} */ stage, /** @type {any} */ entity) => stage.operate('hurt_entity', { entity: entity.id, damage: 100, cause: 'magic' })

module.exports = {
  title: 'Animals',
  mechanics: [
    {
      name: 'Animals wander and look about',
      here: 'as vanilla',
      expectation: 'in half a minute each of five animals has walked, turned and stayed on the platform in its pen',
      source: 'minecraft.wiki/w/Animal#Behavior',
      play: async (/** @type {Stage} */ stage) => {
        await meadow(stage)
        await pen(stage, 8)
        const animals = []
        for (const [index, kind] of ['cow', 'pig', 'sheep', 'chicken', 'rabbit'].entries()) {
          animals.push(await stage.summon(kind, [index * 2 - 4, 0, 3]))
        }
        const before = animals.map(({ position, yaw }) => ({ position: position.clone(), yaw }))
        await stage.skip(1500)
        for (const [index, animal] of animals.entries()) {
          const changed = () => animal.position.distanceTo(before[index].position) > 0.5 && animal.yaw !== before[index].yaw
          await stage.until(changed, `${animal.name} to have walked and turned`, 30000)
          const { x, y, z } = animal.position
          assert.ok(Math.abs(x) < 9 && Math.abs(z) < 9 && y >= 200, `${animal.name} left its pen: ${x} ${y} ${z}`)
        }
      }
    },
    {
      name: 'An animal that is struck flees',
      here: 'as vanilla',
      expectation: 'a cow struck once runs more than three blocks in three seconds, and loses one half heart',
      source: 'minecraft.wiki/w/Cow#Behavior',
      play: async (/** @type {Stage} */ stage) => {
        await meadow(stage)
        const cow = await stage.summon('cow', [2, 0, 0])
        let hurt = /** @type {any} */ (null)
        stage.bot.once('entityHurt', (/** @type {any} */ entity) => { hurt = entity })
        await stage.bot.waitForTicks(10)
        stage.bot.attack(cow)
        await stage.until(() => hurt === cow, 'the cow to be hurt')
        await stage.until(() => cow.metadata[9] === 9, 'its health to be told')
        await stage.until(() => near(cow, stage) > 5, 'the cow to run')
      }
    },
    {
      name: 'Animals follow their food',
      here: 'as vanilla',
      expectation: 'a cow comes for wheat, a pig for a carrot, a sheep for wheat, a chicken for seeds, each to within three and a half blocks',
      source: 'minecraft.wiki/w/Breeding',
      play: async (/** @type {Stage} */ stage) => {
        await meadow(stage)
        for (const [kind, food] of [['cow', 'wheat'], ['pig', 'carrot'], ['sheep', 'wheat'], ['chicken', 'wheat_seeds'], ['rabbit', 'carrot']]) {
          await stage.hold(food)
          const animal = await stage.summon(kind, [8, 0, 0])
          await stage.until(() => near(animal, stage) < 3.5, `${kind} to come`)
          await stage.operate('clear')
        }
      }
    },
    {
      name: 'Two that were fed have a young one',
      here: 'as vanilla',
      expectation: 'two fed cows have a calf that is marked as a baby; experience is given; fed again they take nothing',
      source: 'minecraft.wiki/w/Breeding#Mechanics',
      play: async (/** @type {Stage} */ stage) => {
        await meadow(stage)
        await pen(stage, 4)
        const cows = [await stage.summon('cow', [1, 0, 2]), await stage.summon('cow', [2, 0, -1])]
        await stage.hold('wheat', 8)
        for (const cow of cows) await use(stage, cow)
        await stage.until(() => stage.count('wheat') === 6, 'the wheat to be eaten')
        await stage.until(() => all(stage, 'cow').length === 3, 'the calf')
        const calf = all(stage, 'cow').find(cow => !cows.includes(cow))
        assert.equal(calf.metadata[BABY_KEY], true)
        assert.equal(cows[0].metadata[BABY_KEY], false)
        await stage.until(() => stage.bot.experience.points > 0, 'experience')
        for (const cow of cows) await use(stage, cow)
        await stage.bot.waitForTicks(10)
        assert.equal(stage.count('wheat'), 6)
      }
    },
    {
      name: 'The young grow up',
      here: 'as vanilla',
      expectation: 'a calf is grown after 24,000 ticks; feeding it takes a tenth off; killed before, it leaves nothing',
      source: 'minecraft.wiki/w/Cow#Behavior',
      play: async (/** @type {Stage} */ stage) => {
        await pen(stage, 4)
        await stage.operate('set_time', { ticks: 1000 })
        const calf = await stage.summon('cow', [1, 0, 1], { baby: true })
        assert.equal(calf.metadata[BABY_KEY], true)
        await stage.hold('wheat', 2)
        await use(stage, calf)
        await stage.until(() => stage.count('wheat') === 1, 'the wheat to be eaten')
        await stage.skip(GROWING_TICKS * 0.9 - 200)
        await stage.bot.waitForTicks(5)
        assert.equal(calf.metadata[BABY_KEY], true)
        await stage.skip(400)
        await stage.until(() => calf.metadata[BABY_KEY] === false, 'the calf to be grown')
        const other = await stage.summon('cow', [-1, 0, 1], { baby: true })
        await slay(stage, other)
        await stage.until(() => !stage.bot.entities[other.id], 'the calf to be gone')
        assert.equal(drops(stage).length, 0)
      }
    },
    {
      name: 'Sheep are shorn',
      here: 'as vanilla',
      expectation: 'shears give one to three wool of the sheep\'s colour, wear by one, and a shorn sheep gives no more',
      source: 'minecraft.wiki/w/Sheep#Shearing',
      play: async (/** @type {Stage} */ stage) => {
        const sheep = await stage.summon('sheep', [1, 0, 0], { color: 'black' })
        assert.equal(sheep.metadata[WOOL_KEY], 15)
        await stage.hold('shears')
        await use(stage, sheep)
        await stage.until(() => sheep.metadata[WOOL_KEY] === (15 | 16), 'the sheep to be shorn')
        await stage.until(() => drops(stage).length + stage.count('black_wool') > 0, 'wool')
        assert.equal(stage.bot.heldItem.durabilityUsed, 1)
        await use(stage, sheep)
        await stage.bot.waitForTicks(10)
        assert.equal(stage.bot.heldItem.durabilityUsed, 1)
      }
    },
    {
      name: 'Sheep eat grass and their wool comes back',
      here: 'as vanilla',
      expectation: 'a shorn sheep on grass turns a block of it into dirt and has wool again',
      source: 'minecraft.wiki/w/Sheep#Eating',
      play: async (/** @type {Stage} */ stage) => {
        await meadow(stage)
        await pen(stage, 3)
        const sheep = await stage.summon('sheep', [1, 0, 1])
        await stage.hold('shears')
        await use(stage, sheep)
        await stage.until(() => (sheep.metadata[WOOL_KEY] & 16) === 16, 'the sheep to be shorn')
        let eaten = false
        const look = (/** @type {any} */ before, /** @type {any} */ after) => { eaten ||= before?.name === 'grass_block' && after.name === 'dirt' }
        stage.bot.on('blockUpdate', look)
        for (let tries = 0; tries < 20 && (sheep.metadata[WOOL_KEY] & 16); tries++) {
          await stage.skip(500)
          await stage.bot.waitForTicks(2)
        }
        assert.equal(sheep.metadata[WOOL_KEY] & 16, 0)
        stage.bot.off('blockUpdate', look)
        assert.ok(eaten)
      }
    },
    {
      name: 'Cows are milked',
      here: 'as vanilla',
      expectation: 'a bucket becomes a milk bucket',
      source: 'minecraft.wiki/w/Milk_Bucket#Obtaining',
      play: async (/** @type {Stage} */ stage) => {
        const cow = await stage.summon('cow', [1, 0, 0])
        await stage.hold('bucket')
        await use(stage, cow)
        await stage.until(() => stage.count('milk_bucket') === 1 && stage.count('bucket') === 0, 'milk')
      }
    },
    {
      name: 'Chickens lay eggs and fall softly',
      here: 'as vanilla',
      expectation: 'within ten minutes of the game there is an egg; a fall of ten blocks does not hurt a chicken, but a cow',
      source: 'minecraft.wiki/w/Chicken#Behavior',
      play: async (/** @type {Stage} */ stage) => {
        const chicken = await stage.summon('chicken', [3, 10, 0])
        const cow = await stage.summon('cow', [-3, 10, 0])
        await stage.until(() => cow.metadata[9] === 3, 'the cow to be hurt by seven')
        await stage.skip(60)
        await stage.bot.waitForTicks(3)
        assert.equal(chicken.metadata[9], 4)
        await pen(stage, 4)
        await stage.operate('teleport', stage.at(0.5, 8, 11.5))
        await stage.skip(7000)
        await stage.skip(5100)
        await stage.until(() => drops(stage).length > 0 || stage.count('egg') > 0, 'an egg')
      }
    },
    {
      name: 'What animals leave',
      here: 'as vanilla',
      expectation: 'a pig leaves one to three pork chops, cooked ones when it burns; a sheep mutton and its wool',
      source: 'minecraft.wiki/w/Pig#Drops',
      play: async (/** @type {Stage} */ stage) => {
        const pig = await stage.summon('pig', [1, 0, 0])
        await slay(stage, pig)
        await stage.until(() => left(stage, 'porkchop') >= 1, 'meat')
        assert.ok(left(stage, 'porkchop') <= 3)
        const burning = await stage.summon('pig', [1, 0, 0])
        await stage.operate('set_entity', { entity: burning.id, fields: { fireTicks: 100 } })
        await slay(stage, burning)
        await stage.until(() => left(stage, 'cooked_porkchop') >= 1, 'cooked meat')
        const sheep = await stage.summon('sheep', [1, 0, 0], { color: 'brown' })
        await slay(stage, sheep)
        await stage.until(() => left(stage, 'mutton') >= 1 && left(stage, 'brown_wool') === 1, 'mutton and wool')
      }
    },
    {
      name: 'A kill gives experience',
      here: 'as vanilla',
      expectation: 'a chicken killed by hand is seen to die, vanishes a second later, and gives one to three points',
      source: 'minecraft.wiki/w/Experience#Animals',
      play: async (/** @type {Stage} */ stage) => {
        await pen(stage, 2)
        const chicken = await stage.summon('chicken', [1, 0, 0])
        let dead = /** @type {any} */ (null)
        stage.bot.once('entityDead', (/** @type {any} */ entity) => { dead = entity })
        await stage.hold('diamond_sword')
        await stage.bot.waitForTicks(20)
        stage.bot.attack(chicken)
        await stage.until(() => dead === chicken, 'the chicken to die')
        await stage.until(() => !stage.bot.entities[chicken.id], 'the chicken to vanish')
        await stage.until(() => stage.bot.experience.points >= 1 && stage.bot.experience.points <= 3, 'experience')
      }
    },
    {
      name: 'Animals swim, and drown when they cannot',
      here: 'as vanilla',
      expectation: 'a pig put into deep water comes up and lives; one below a ceiling drowns',
      source: 'minecraft.wiki/w/Damage#Drowning',
      play: async (/** @type {Stage} */ stage) => {
        await stage.fill('glass', [3, 0, 3], [9, 6, 9])
        await stage.fill('water', [4, 0, 4], [8, 5, 8])
        const pig = await stage.summon('pig', [6, 0, 6])
        await stage.skip(200)
        await stage.until(() => pig.position.y > stage.at(0, 4, 0).y, 'the pig to come up')
        assert.equal(pig.metadata[9], 10)
        await stage.fill('stone', [3, 6, 3], [9, 6, 9])
        await stage.fill('water', [4, 5, 4], [8, 5, 8])
        await stage.skip(500)
        await stage.until(() => !stage.bot.entities[pig.id] || pig.metadata[9] < 10, 'the pig to drown')
      }
    },
    {
      name: 'Fire, lava and cactus hurt animals',
      here: 'as vanilla',
      expectation: 'a cow in lava dies burning; one pressed against a cactus loses health',
      source: 'minecraft.wiki/w/Damage',
      play: async (/** @type {Stage} */ stage) => {
        await stage.fill('glass', [4, 0, 4], [6, 3, 6])
        await stage.fill('air', [5, 0, 5], [5, 3, 5])
        const cow = await stage.summon('cow', [5, 0, 5])
        await stage.set('lava', [5, 0, 5])
        await stage.until(() => (cow.metadata[0] & 1) === 1, 'the cow to burn')
        await stage.until(() => !stage.bot.entities[cow.id], 'the cow to die')
        await stage.set('sand', [-5, 0, 5])
        await stage.set('cactus', [-5, 1, 5])
        const other = await stage.summon('pig', [-5, 2, 5])
        await stage.until(() => other.metadata[9] < 10, 'the pig to be pricked')
      }
    },
    {
      name: 'Animals do not climb over fences nor walk off cliffs',
      here: 'as vanilla',
      expectation: 'after two minutes a sheep on a pillar of five blocks is still on it, and one in a pen still inside',
      source: 'minecraft.wiki/w/Fence',
      play: async (/** @type {Stage} */ stage) => {
        await pen(stage, 2)
        await stage.fill('grass_block', [7, 0, 7], [9, 4, 9])
        const fenced = await stage.summon('sheep', [1, 0, 1])
        const high = await stage.summon('sheep', [8, 5, 8])
        await stage.operate('teleport', stage.at(-9.5, 0, -9.5))
        await stage.skip(2400)
        await stage.bot.waitForTicks(5)
        assert.ok(Math.abs(fenced.position.x - 0.5) < 2.5 && Math.abs(fenced.position.z - 0.5) < 2.5)
        assert.ok(high.position.y > stage.at(0, 4.4, 0).y)
      }
    }
  ],
  absent: [
    { name: 'Villagers, fish, bats, horses, wolves, cats and all other animals', here: 'absent' },
    { name: 'Leads, saddles, name tags, riding', here: 'absent' }
  ]
}
