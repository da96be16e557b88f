// @fill stone 4 0 -4 4 2 4
async function pathLength () {
  const movements = new Movements(bot)
  movements.canDig = false
  movements.blocksCantBreak.add(mcData.blocksByName.stone.id)
  bot.pathfinder.setMovements(movements)
  const { status, path } = bot.pathfinder.getPathTo(movements, new GoalBlock(8, 200, 0))
  const straight = bot.entity.position.distanceTo(new Vec3(8, 200, 0))
  return { status, longer: path.length > straight, last: path.at(-1).x, can: bot.pathfinder.movements.canDig }
}
