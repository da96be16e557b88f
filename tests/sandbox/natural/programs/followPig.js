// @summon pig 8 0 6
async function followPig () {
  const target = Object.values(bot.entities).find((e) => e.name === 'pig')
  const movements = new Movements(bot)
  movements.canDig = false
  movements.allow1by1towers = false
  bot.pathfinder.setMovements(movements)
  bot.pathfinder.setGoal(new GoalFollow(target, 2), true)
  let ticks = 0
  while (bot.entity.position.distanceTo(target.position) > 3 && ticks < 200) {
    await bot.waitForTicks(5)
    ticks += 5
  }
  bot.pathfinder.setGoal(null)
  return { near: bot.entity.position.distanceTo(target.position) <= 3.5, kind: target.kind, type: target.type }
}
