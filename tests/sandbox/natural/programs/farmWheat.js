// @fill dirt 2 -1 2 4 -1 3
// @fill water 5 -1 2
// @give wooden_hoe 1
// @give wheat_seeds 6
async function farmWheat () {
  const hoe = bot.inventory.items().find((item) => item.name.endsWith('_hoe'))
  const soil = bot.findBlocks({ matching: mcData.blocksByName.dirt.id, maxDistance: 6, count: 6 })
  let tilled = 0
  for (const position of soil) {
    await bot.pathfinder.goto(new GoalNear(position.x, position.y + 1, position.z, 2))
    await bot.equip(hoe, 'hand')
    await bot.activateBlock(bot.blockAt(position))
    await bot.waitForTicks(2)
    if (bot.blockAt(position).name !== 'farmland') continue
    tilled++
    await bot.equip(mcData.itemsByName.wheat_seeds.id, 'hand')
    await bot.placeBlock(bot.blockAt(position), new Vec3(0, 1, 0))
  }
  const planted = bot.findBlocks({ matching: mcData.blocksByName.wheat.id, maxDistance: 8, count: 10 }).length
  return { tilled, planted, seeds: bot.inventory.count(mcData.itemsByName.wheat_seeds.id) }
}
