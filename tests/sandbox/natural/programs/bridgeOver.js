// @fill air 3 -3 -16 5 -1 16
// @give cobblestone 20
async function bridgeOver () {
  const movements = new Movements(bot)
  movements.scafoldingBlocks = [mcData.itemsByName.cobblestone.id]
  movements.allowParkour = false
  movements.canDig = false
  movements.maxDropDown = 2
  bot.pathfinder.setMovements(movements)
  await bot.pathfinder.goto(new GoalBlock(8, 200, 0))
  return { x: Math.floor(bot.entity.position.x), used: 20 - bot.inventory.count(mcData.itemsByName.cobblestone.id) > 0 }
}
