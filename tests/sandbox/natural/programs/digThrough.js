// @fill dirt 3 0 -16 3 4 16
async function digThrough () {
  const start = bot.entity.position
  await bot.pathfinder.goto(new GoalBlock(6, 200, 0))
  return { x: Math.floor(bot.entity.position.x), dirt: bot.inventory.count(mcData.itemsByName.dirt.id) }
}
