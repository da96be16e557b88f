'use strict'

const assert = require('node:assert/strict')

/** @typedef {import('../stage').Stage} Stage */

const HEALTH_KEY = 9
const NIGHT = 18000
const NOON = 6000

/** Night, so that nobody burns. */
const night = (/** @type {Stage} */ stage) => stage.operate('set_time', { ticks: NIGHT })

const near = (/** @type {any} */ entity, /** @type {Stage} */ stage) => entity.position.distanceTo(stage.bot.entity.position)

const burns = (/** @type {any} */ entity) => (entity.metadata[0] & 1) === 1

/** Everything that a creature left, by name, whether it lies about or was picked up. */
function left (/** @type {Stage} */ stage) {
  /** @type {Record<string, number>} */
  const found = {}
  const lying = Object.values(stage.bot.entities)
    .filter((/** @type {any} */ entity) => entity.name === 'item')
    .map((/** @type {any} */ entity) => entity.getDroppedItem())
  for (const item of [...stage.bot.inventory.items(), ...lying]) if (item) found[item.name] = (found[item.name] ?? 0) + item.count
  return found
}

/** Looks at the eyes of an entity, at once. */
const stare = (/** @type {Stage} */ stage, /** @type {any} */ entity, height = 2.55) => stage.bot.lookAt(entity.position.offset(0, height, 0), true)

module.exports = {
  title: 'Monsters',
  mechanics: [
    {
      name: 'A zombie finds its way and strikes',
      here: 'as vanilla',
      expectation: 'a zombie that saw the bot through a gap too small for it goes around a wall of nine blocks, and takes three half hearts a second at most, on normal difficulty',
      source: 'minecraft.wiki/w/Zombie#Behavior',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await night(stage)
        await stage.fill('stone', [4, 0, -4], [4, 2, 4])
        await stage.set('air', [4, 1, 0])
        const zombie = await stage.summon('zombie', [8, 0, 0])
        let farthest = 0
        const watch = () => { if (Math.abs(zombie.position.x - 4.5) < 1) farthest = Math.max(farthest, Math.abs(zombie.position.z)) }
        bot.on('entityMoved', watch)
        const strikers = /** @type {any[]} */ ([])
        bot.on('entityHurt', (/** @type {any} */ victim, /** @type {any} */ striker) => { if (victim === bot.entity) strikers.push(striker) })
        await stage.until(() => bot.health < 20, 'the bot to be hurt', 30000)
        bot.off('entityMoved', watch)
        assert.equal(bot.health, 17)
        assert.equal(strikers[0], zombie)
        assert.ok(farthest > 4, 'it went through the wall')
        await bot.waitForTicks(18)
        assert.equal(strikers.length, 1)
        await stage.until(() => strikers.length === 2, 'the second blow')
      }
    },
    {
      name: 'Monsters climb steps, drop down, and go around lava and fire',
      here: 'simplified: a search looks at as many places as in the original, for all monsters of a tick together at 800',
      expectation: 'a zombie gets up stairs of single blocks to a bot three blocks above; another comes around a strip of lava without burning, and down from a ledge of three blocks unhurt',
      source: 'minecraft.wiki/w/Mob#Pathfinding',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await night(stage)
        for (let step = 0; step < 3; step++) await stage.fill('stone', [2 + step, 0, -1], [4, step, 1])
        await stage.operate('teleport', stage.at(4.5, 3, 0.5))
        const climber = await stage.summon('zombie', [-3, 0, 0])
        await stage.until(() => climber.position.y > 202.9, 'the zombie to climb', 30000)
        await stage.operate('hurt_entity', { entity: climber.id, damage: 100, cause: 'magic' })
        await stage.reset()
        await night(stage)
        await stage.fill('lava', [4, -1, -6], [5, -1, 6])
        await stage.fill('stone', [8, 0, -1], [10, 2, 1])
        const walker = await stage.summon('zombie', [9, 3, 0])
        await stage.until(() => bot.health < 20, 'the zombie to come', 40000)
        assert.equal(walker.metadata[HEALTH_KEY], 20)
        assert.ok(!burns(walker))
      }
    },
    {
      name: 'Zombies are harder on hard and gone in peace',
      here: 'as vanilla',
      expectation: 'a blow takes four and a half half hearts on hard and two and a half on easy; in peace zombies vanish',
      source: 'minecraft.wiki/w/Zombie',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await night(stage)
        const difficulty = (/** @type {string} */ name) => stage.operate('command', { text: `difficulty ${name}` })
        try {
          for (const [name, health] of /** @type {[string, number][]} */ ([['hard', 15.5], ['easy', 17.5]])) {
            await difficulty(name)
            const zombie = await stage.summon('zombie', [1, 0, 0])
            await stage.until(() => bot.health < 20, 'the bot to be hurt')
            assert.equal(bot.health, health)
            await stage.operate('hurt_entity', { entity: zombie.id, damage: 100, cause: 'magic' })
            await stage.until(() => !bot.entities[zombie.id], 'the zombie to be gone')
            await stage.operate('set_food', { food: 20, saturation: 20 })
            await stage.until(() => bot.health === 20, 'the bot to be well', 60000)
            await stage.operate('set_food', { food: 20 })
          }
          const last = await stage.summon('zombie', [6, 0, 0])
          await difficulty('peaceful')
          await stage.until(() => !bot.entities[last.id], 'the zombie to vanish')
        } finally {
          await difficulty('normal')
        }
      }
    },
    {
      name: 'Zombies and skeletons burn by day',
      here: 'as vanilla',
      expectation: 'at noon both burn and die under the open sky, a creeper and a zombie under a roof do not; water puts the fire out',
      source: 'minecraft.wiki/w/Zombie#Sunlight',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.fill('stone', [-11, 3, -11], [-7, 3, -7])
        await stage.operate('set_time', { ticks: NOON })
        await stage.operate('command', { text: 'gamemode creative tester' })
        const open = [await stage.summon('zombie', [5, 0, 5], { persistent: true }), await stage.summon('skeleton', [-5, 0, 5], { persistent: true })]
        const creeper = await stage.summon('creeper', [8, 0, -8], { persistent: true })
        await stage.fill('cobblestone_wall', [-11, 0, -11], [-7, 0, -7])
        await stage.fill('air', [-10, 0, -10], [-8, 0, -8])
        const shaded = await stage.summon('zombie', [-9, 0, -9], { persistent: true })
        for (const each of open) await stage.until(() => burns(each), `${each.name} to burn`)
        for (const each of open) await stage.until(() => !bot.entities[each.id], `${each.name} to die`, 60000)
        assert.ok(!burns(shaded) && shaded.metadata[HEALTH_KEY] === 20)
        assert.ok(!burns(creeper) && creeper.metadata[HEALTH_KEY] === 20)
        await stage.operate('command', { text: 'gamemode survival tester' })
      }
    },
    {
      name: 'A skeleton shoots arrows',
      here: 'simplified: it does not circle around its target',
      expectation: 'a skeleton with a bow in its hand shoots arrows that take two to six half hearts; it comes no nearer than it must, and steps back from who stands before it',
      source: 'minecraft.wiki/w/Skeleton#Behavior',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await night(stage)
        const skeleton = await stage.summon('skeleton', [9, 0, 0])
        await stage.until(() => skeleton.heldItem?.name === 'bow', 'the bow to be seen')
        await stage.until(() => Object.values(bot.entities).some((/** @type {any} */ each) => each.name === 'arrow'), 'an arrow to fly')
        await stage.until(() => bot.health < 20, 'an arrow to hit', 30000)
        assert.ok(bot.health >= 12 && bot.health <= 18, `health is ${bot.health}`)
        assert.ok(near(skeleton, stage) > 5)
        await stage.operate('teleport', { x: skeleton.position.x - 2, y: skeleton.position.y, z: skeleton.position.z })
        await stage.until(() => near(skeleton, stage) > 3, 'it to step back')
      }
    },
    {
      name: 'A spider minds nobody by day, and strikes at night',
      here: 'as vanilla',
      expectation: 'at noon a spider near the bot does nothing for ten seconds until it is struck; at night it comes by itself and takes two half hearts',
      source: 'minecraft.wiki/w/Spider#Behavior',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.operate('set_time', { ticks: NOON })
        const spider = await stage.summon('spider', [3, 0, 0])
        await stage.skip(200)
        await bot.waitForTicks(5)
        assert.equal(bot.health, 20)
        for (let tries = 0; tries < 10 && spider.metadata[HEALTH_KEY] === 16; tries++) {
          await stage.operate('teleport', { x: spider.position.x, y: spider.position.y, z: spider.position.z })
          await bot.waitForTicks(3)
          bot.attack(spider)
          await bot.waitForTicks(12)
        }
        assert.ok(spider.metadata[HEALTH_KEY] < 16)
        await stage.until(() => bot.health < 20, 'it to strike back', 30000)
        await stage.operate('hurt_entity', { entity: spider.id, damage: 100, cause: 'magic' })
        await night(stage)
        const before = bot.health
        await stage.operate('teleport', stage.at(0.5, 0, 0.5))
        await stage.summon('spider', [-8, 0, 0])
        await stage.until(() => bot.health <= before - 2, 'a spider to come at night')
      }
    },
    {
      name: 'A spider climbs walls',
      here: 'as vanilla',
      expectation: 'a bot on a tower of seven blocks is reached by a spider; a zombie stays below',
      source: 'minecraft.wiki/w/Spider#Climbing',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await night(stage)
        await stage.fill('stone', [-1, 0, -1], [1, 6, 1])
        await stage.operate('teleport', stage.at(0.5, 7, 0.5))
        await stage.until(() => bot.entity.onGround && bot.entity.position.y > 206, 'the bot to stand')
        const zombie = await stage.summon('zombie', [7, 0, 7])
        const spider = await stage.summon('spider', [7, 0, 0])
        await stage.operate('set_entity', { entity: spider.id, fields: { target: bot.username } })
        await stage.until(() => spider.position.y > 206.5, 'the spider to be up')
        await stage.until(() => bot.health < 20, 'the spider to strike')
        assert.ok(zombie.position.y < 202)
      }
    },
    {
      name: 'A creeper hisses, blows up, and calms down when left',
      here: 'as vanilla',
      expectation: 'a creeper near the bot shows its fuse, 30 ticks later blocks are broken, the bot is hurt and thrown; one whose player is away again does not',
      source: 'minecraft.wiki/w/Creeper#Behavior',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await stage.fill('dirt', [-12, -3, -12], [12, -1, 12])
        const calm = await stage.summon('creeper', [2, 0, 0])
        await stage.until(() => calm.metadata[16] === 1, 'the fuse to be lit')
        await stage.operate('teleport', stage.at(-9.5, 0, 0.5))
        await stage.until(() => calm.metadata[16] === -1, 'it to calm down')
        assert.equal(bot.health, 20)
        await stage.operate('teleport', { x: calm.position.x, y: calm.position.y, z: calm.position.z + 2 })
        const where = calm.position.clone()
        let lowest = 20
        const watch = () => { lowest = Math.min(lowest, bot.health) }
        bot.on('health', watch)
        await stage.until(() => !bot.entities[calm.id], 'it to blow up')
        await stage.until(() => lowest < 12, 'the bot to be hurt')
        assert.equal((await stage.operate('get_block', where.offset(0, -1, 0).floored())).name, 'air')
        bot.off('health', watch)
      }
    },
    {
      name: 'An enderman is provoked by a look',
      here: 'as vanilla',
      expectation: 'an enderman that is not looked at does nothing; looked in the eye it is angry, comes and takes seven half hearts',
      source: 'minecraft.wiki/w/Enderman#Behavior',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await night(stage)
        const enderman = await stage.summon('enderman', [6, 0, 0])
        await bot.look(Math.PI / 2, 0, true)
        await stage.skip(200)
        await bot.waitForTicks(5)
        assert.equal(bot.health, 20)
        assert.equal(enderman.metadata[17], false)
        for (let look = 0; look < 40 && !enderman.metadata[17]; look++) {
          await stare(stage, enderman)
          await bot.waitForTicks(3)
        }
        assert.equal(enderman.metadata[17], true)
        await bot.look(Math.PI / 2, 0, true)
        await stage.until(() => bot.health === 13, 'it to strike', 30000)
      }
    },
    {
      name: 'An enderman teleports, away from arrows and water',
      here: 'as vanilla',
      expectation: 'an arrow does not hurt it but sends it away; water hurts it',
      source: 'minecraft.wiki/w/Enderman#Teleportation',
      play: async (/** @type {Stage} */ stage) => {
        await night(stage)
        const enderman = await stage.summon('enderman', [6, 0, 0])
        const before = enderman.position.clone()
        await stage.operate('hurt_entity', { entity: enderman.id, damage: 5, cause: 'arrow' })
        await stage.until(() => enderman.position.distanceTo(before) > 1, 'it to teleport')
        assert.equal(enderman.metadata[HEALTH_KEY], 40)
        const { x, y, z } = enderman.position.floored()
        await stage.operate('set_block', { x, y, z, block: 'water' })
        await stage.until(() => enderman.metadata[HEALTH_KEY] < 40, 'the water to hurt it')
      }
    },
    {
      name: 'What monsters leave',
      here: 'simplified: zombies and skeletons wear nothing and so leave no armour',
      expectation: 'twelve of each kind, killed by the bot, leave only what the kind may leave, of each something; five points of experience each',
      source: 'minecraft.wiki/w/Drops',
      play: async (/** @type {Stage} */ stage) => {
        const expected = /** @type {Record<string, [string, string[]]>} */ ({
          zombie: ['rotten_flesh', ['iron_ingot', 'carrot', 'potato']],
          skeleton: ['bone', ['arrow', 'bow']],
          spider: ['string', ['spider_eye']],
          creeper: ['gunpowder', []],
          enderman: ['ender_pearl', []]
        })
        await night(stage)
        for (const [kind, [sure, also]] of Object.entries(expected)) {
          for (let count = 0; count < 12; count++) {
            const monster = await stage.summon(kind, [2, 0, 0])
            await stage.operate('hurt_entity', { entity: monster.id, damage: 100, cause: 'attack', by_player: true })
          }
          await stage.until(() => (left(stage)[sure] ?? 0) > 0, sure)
          const strange = Object.keys(left(stage)).filter(name => name !== sure && !also.includes(name))
          assert.deepEqual(strange, [])
          await stage.skip(60)
          await stage.operate('clear')
          await stage.operate('command', { text: 'kill @e[type=item]' }).catch(() => {})
          await stage.until(() => stage.bot.inventory.items().length === 0, 'empty hands')
        }
      }
    },
    {
      name: 'A struck monster is thrown back and safe for half a second',
      here: 'as vanilla',
      expectation: 'a zombie struck by a fist loses one half heart, flies back, and a second blow at once does nothing',
      source: 'minecraft.wiki/w/Damage#Immunity',
      play: async (/** @type {Stage} */ stage) => {
        const { bot } = stage
        await night(stage)
        const zombie = await stage.summon('zombie', [2, 0, 0])
        const x = zombie.position.x
        await bot.waitForTicks(15)
        bot.attack(zombie)
        bot.attack(zombie)
        await stage.until(() => zombie.metadata[HEALTH_KEY] === 19, 'the zombie to be hurt')
        await stage.until(() => zombie.position.x > Math.min(x, zombie.position.x) + 0.2 || zombie.velocity.x > 0.1, 'it to be thrown back')
        await bot.waitForTicks(3)
        assert.equal(zombie.metadata[HEALTH_KEY], 19)
      }
    },
    {
      name: 'Monsters turn towards who they are after',
      here: 'as vanilla',
      expectation: 'a zombie that comes from the east looks west with body and head',
      source: 'minecraft.wiki/w/Mob',
      play: async (/** @type {Stage} */ stage) => {
        await night(stage)
        const zombie = await stage.summon('zombie', [8, 0, 0])
        await stage.until(() => near(zombie, stage) < 5, 'it to come')
        const towards = Math.abs(Math.sin(zombie.yaw) - 1)
        assert.ok(towards < 0.2, `yaw is ${zombie.yaw}`)
      }
    },
    {
      name: 'A baby zombie',
      here: 'as vanilla',
      expectation: 'is marked as a baby and twice as quick on its way',
      source: 'minecraft.wiki/w/Zombie#Baby_zombies',
      play: async (/** @type {Stage} */ stage) => {
        await night(stage)
        await stage.operate('teleport', stage.at(-10.5, 0, 0.5))
        await stage.bot.waitForTicks(5)
        const baby = await stage.summon('zombie', [8, 0, 2], { baby: true })
        const grown = await stage.summon('zombie', [8, 0, -2])
        assert.equal(baby.metadata[16], true)
        await stage.until(() => near(baby, stage) < 6, 'the baby to come')
        assert.ok(near(grown, stage) > 9, `the grown one is ${near(grown, stage)} away`)
      }
    }
  ],
  absent: [
    { name: 'Other monsters: drowned, husks, witches, slimes, phantoms, zombie villagers, silverfish', here: 'absent' },
    { name: 'Armour and weapons of zombies and skeletons, doors broken by zombies, calls for help, spider jockeys', here: 'absent' },
    { name: 'Endermen that carry blocks; monsters that fight each other; charged creepers', here: 'absent' }
  ]
}
