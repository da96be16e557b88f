'use strict'
// What a program leaves behind for the next one.

const remaining = (name, source, next, held) => ({
  name: `what goes on after its program: ${name}`,
  defence: 'cut_off',
  source,
  next: `await bot.waitForTicks(10); ${next}`,
  held: held ?? ((_, { next }) => (next.outcome === 'completed' && next.result === null) || `the next program saw ${JSON.stringify(next.result ?? next.error)}`)
})

const silent = most => (_, { packets }) => packets.filter(({ name }) => name === 'chat_message').length <= most || 'it went on'

module.exports = [
  remaining('a key that is held', 'bot.setControlState("forward", true)', 'return bot.getControlState("forward") || null'),
  remaining('sneaking', 'bot.setControlState("sneak", true)', 'return bot.getControlState("sneak") || null'),
  remaining('a timer', 'setTimeout(() => bot.chat("hostile"), 300)', '', silent(0)),
  remaining('a timer that repeats', 'setInterval(() => bot.chat("hostile"), 50)', '', silent(2)),
  remaining('a listener', 'bot.on("physicsTick", () => bot.chat("hostile"))', '', silent(2)),
  remaining('a loop that nobody waits for', '(async () => { for (;;) { await bot.waitForTicks(1); bot.chat("hostile") } })()', '', silent(2)),
  remaining('a goal', 'const { x, y, z } = bot.entity.position; bot.pathfinder.setGoal(new goals.GoalNear(x + 30, y, z + 30, 1))', 'return bot.pathfinder.goal || bot.pathfinder.isMoving() ? "a goal" : null'),
  remaining('movements of its own', 'const mine = new Movements(bot); mine.canDig = false; bot.pathfinder.setMovements(mine)', 'return bot.pathfinder.movements?.canDig === false ? "its movements" : null')
]
