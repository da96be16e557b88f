"""What a program is told of its lines before it runs, and what it is not."""

import pytest

from tests.voyager.checking import body


@pytest.mark.parametrize(
    ("line", "told"),
    [
        # what is not there
        ("const fs = require('node:fs')", "Line 2 requires node:fs: `require` knows vec3"),
        ("const get = require; get('vec3')", "Line 2 requires what is not a name"),
        ("process.exit()", "Line 2 uses `process`"),
        ("eval('1')", "Line 2 uses `eval`"),
        ("new Function('1')()", "Line 2 uses `Function`"),
        ("await craftPlank(4)", "calls `craftPlank`, unknown; did you mean craftPlanks"),
        ("await countitem('log')", "did you mean countItem or"),
        ("await goTo(target, 1, 2)", "Line 2 uses `target`, unknown"),
        ("missing = 4 - countItem('stick')", "assigns to `missing`, not declared"),
        ("const wanted = 1; console.log(wantd)", "did you mean wanted"),
        ("{ const inner = 1 } console.log(inner)", "`inner`, which is declared in another block"),
        # the bot
        ("bot.loadPlugin(1)", "Line 2 uses `bot.loadPlugin`: nothing can be"),
        ("await bot.collectBlock.collect(1)", "`bot.collectBlock`: there are no plugins"),
        ("const { collectBlock: c } = bot; await c.collect(1)", "`bot.collectBlock`: there"),
        ("await bot.digBlock(1)", "does not have; did you mean `bot.canDigBlock`"),
        ("bot.emit('chat', 'x')", "`bot.emit`, which a program does not have"),
        ("await bot.pathfinder.goTo(new GoalXZ(1, 2))", "did you mean `bot.pathfinder.goto`"),
        ("bot.pathfinder.setGoal(new goals.GoalNea(1, 2, 3, 1))", "did you mean `goals.GoalNear`"),
        ("const n = bot.inventory.countItems(1)", "`bot.inventory.countItems`, which"),
        ("bot.entity.position.distance(1)", "`bot.entity.position.distance`, which"),
        ("if (bot.health() < 5) return", "`bot.health`, which is no function: bot.health: number"),
        ("bot.chat = null", "changes `bot.chat`: it can only be read"),
        ("await bot.equip('iron_sword', 'hand')", "takes Item or number as `item`"),
        ("bot.findBlock({ matching: 'oak_log' })", "by a name: matching: block => block.name"),
        ("bot.findBlocks({ count: 2, matching: ['a', 'b'] })", "a function as `matching`"),
        ("bot.recipesFor('stick', null, 1, null)", "takes number as `itemType`, not 'stick'"),
        ("await bot.dig('oak_log')", "`bot.dig` takes Block as `block`, not 'oak_log'"),
        ("await bot.dig()", "gives `bot.dig` 0 arguments: it is bot.dig(block: Block"),
        ("bot.once('arrived', () => {})", "the event 'arrived', unknown"),
        ("await bot.pathfinder.goto(GoalNear(1, 2, 3, 1))", "calls `GoalNear` without `new`"),
        ("bot.pathfinder.setGoal(new GoalNear(1, 2, 3))", "gives `GoalNear` 3 arguments: it is"),
        (
            "await bot.pathfinder.goto(new goals.GoalXZ(1, 64, 3))",
            "gives `goals.GoalXZ` 3 arguments",
        ),
        ("const p = Vec3(1, 2, 3)", "calls `Vec3` without `new`"),
        ("const p = new Vec3(bot.entity.position)", "gives `Vec3` 1 of three numbers"),
        # names of the game
        ("await craftItem('sticks', 4)", "no 'sticks'; did you mean stick"),
        ("await mineBlock(['oak_log', 'oak_logs'])", "no 'oak_logs'"),
        ("const logs = ['log', 'lag']; await mineBlock(logs)", "no 'lag'"),
        ("await mineBlock('diamond')", "'diamond' is an item and no block; it comes from diamond_"),
        ("await killMob('zombee')", "no 'zombee'; did you mean zombie"),
        ("await mineBlock('minecraft:stone')", "write 'minecraft:stone' without `minecraft:`"),
        ("await deposit({ x: 1, y: 2, z: 3 }, { oak_lag: 3 })", "no 'oak_lag'"),
        ("const id = mcData.blocksByName.oak_lag.id", "no 'oak_lag'; did you mean oak_log"),
        ("const id = mcData.itemsByName['planks'].id", "knows exact names only"),
        ("const d = require('minecraft-data')('1.20.4').blockByName.dirt", "`mcData.blockByName`"),
        # arguments
        ("await goTo({ x: 1, y: 2, z: 3 })", "gives `goTo` 1 argument: it is goTo(x: number"),
        ("await goTo(1, '2', 3)", "`goTo` takes a number as `y`, not '2'"),
        ("await craftItem(4, 'stick')", "`craftItem` takes a name or a list of names as `name`"),
        ("await exploreUntil('log', { seconds: 3 })", "no option `seconds`; it has maxSeconds"),
        ("await openChest({ x: 1, y: 2 })", "takes a position with x, y and z"),
        ("await craftPlanks(1, 2)", "gives `craftPlanks` 2 arguments: it is craftPlanks(count"),
        # awaits
        ("craftItem('stick', 4)", "calls `craftItem` without `await`"),
        ("if (count) craftPlanks()", "`craftPlanks` without `await`"),
        ("bot.placeBlock(bot.blockAt(new Vec3(1, 2, 3)), new Vec3(0, 1, 0))", "without `await`"),
        ("async function walk () { await goTo(1, 2, 3) } walk()", "calls `walk` without `await`"),
        ("const r = mineBlock('log'); console.log(r.mined)", "gives without `await`"),
        ("const { mined } = mineBlock('log', 2)", "uses what `mineBlock` gives without `await`"),
        ("if (mineBlock('log')) return", "uses what `mineBlock` gives without `await`"),
        ("const n = 1 + (await mineBlock('log')).mined + eat().food", "`eat` gives without"),
        ("['log'].forEach(async name => { await mineBlock(name) })", "`forEach` an async function"),
        ("['log'].forEach(name => mineBlock(name))", "calls `mineBlock` without `await`"),
        ("['log'].forEach(name => { mineBlock(name) })", "calls `mineBlock` without `await`"),
        # never ending
        ("while (true) { countItem('log') }", "loops for ever: nothing leaves or awaits in it"),
        ("for (;;) { await mineBlock('log') }", "nothing leaves it; give it a bound"),
        ("while (countItem('log') < count) {}", "does not change while nothing is awaited"),
        ("while (!bot.entity.onGround) console.log('falls')", "does not change while nothing"),
        ("function again () { again() } again()", "`again` calls itself whatever happens"),
        # commands
        ("bot.chat('/give @s diamond')", "sends a command of the server ('/give @s diamond')"),
        ("const name = 'x'; bot.chat(`/tp ${name}`)", "sends a command of the server"),
        ("bot.chat(' /kill ' + count)", "sends a command of the server"),
    ],
)
def test_what_cannot_work_is_told_with_its_line(line, told, problem):
    assert told in problem(f"  {line}")


@pytest.mark.parametrize(
    "line",
    [
        "await Promise.all([goTo(1, 2, 3), collectDrops()])",
        "const both = [goTo(1, 2, 3), eat()]; await Promise.allSettled(both)",
        "await Promise.all(['log'].map(async name => { await mineBlock(name) }))",
        "await goTo(1, 2, 3).catch(() => {})",
        "const going = goTo(1, 2, 3); await bot.waitForTicks(2); await going",
        "const walk = () => goTo(1, 2, 3); await walk()",
        "await ['log'].reduce((last, name) => last.then(() => mineBlock(name)), Promise.resolve())",
        "await new Promise(resolve => bot.once('health', resolve))",
        "if (typeof mineCoal === 'function') return",
        "if (mcData.blocksByName.pale_oak_log) return",
        "const id = mcData.blocksByName.pale_oak_log?.id",
        "while (true) { if (countItem('log') > 3) break; await mineBlock('log') }",
        "outer: for (;;) { for (;;) { await mineBlock('log'); break outer } }",
        "function * numbers () { let n = 0; while (true) yield n++ } numbers().next()",
        "let n = 0; while (n < count) { n += countItem('log') }",
        "const queue = [1]; while (queue.length > 0) queue.pop()",
        "const end = Date.now() + 5; while (Date.now() < end) {}",
        "const f = n => n < 2 ? 1 : n * f(n - 1); f(3)",
        "bot.look(0, 0); bot.chat('hello / there'); bot.pathfinder.thinkTimeout = 9000",
        "const items = bot.inventory.items().filter(({ name }) => name.endsWith('_log'))",
        "try { bot.creative.flyTo(1) } catch { console.log('no') }",
        "class Spot extends Vec3 {} new Spot(1, 2, 3).offset(0, 1, 0)",
        "const { x, ...rest } = bot.entity.position; var [a = x, b] = Object.values(rest); a + b",
        "await exploreUntil(() => findBlock('log') !== null, { maxSeconds: 60 })",
        "bot.on('chat', name => { if (name === 'x') eat() })",
    ],
)
def test_what_may_work_is_not_complained_about(line, check):
    check(body(f"  {line}"))
