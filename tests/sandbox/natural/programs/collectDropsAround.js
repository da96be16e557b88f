// @drop apple 3 0 3
// @drop stick -4 0 1
// @drop coal 0 0 -5
async function collectDropsAround () {
  const isDrop = (entity) => entity.name === 'item' && entity.onGround !== undefined
  let guard = 0
  for (let drop = bot.nearestEntity(isDrop); drop && guard < 6; drop = bot.nearestEntity(isDrop), guard++) {
    const { x, y, z } = drop.position
    await bot.pathfinder.goto(new GoalNear(x, y, z, 0)).catch((error) => console.log(error.message))
    await bot.waitForTicks(12)
  }
  return bot.inventory.items().map((item) => item.name).sort()
}
