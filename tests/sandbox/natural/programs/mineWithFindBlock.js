// @fill iron_ore -4 0 2
// @give stone_pickaxe 1
async function mineWithFindBlock () {
  const mcData = bot.registry
  const ironOre = bot.findBlock({ matching: mcData.blocksByName.iron_ore.id, maxDistance: 32 })
  if (!ironOre) throw new Error('No iron ore found')
  const pickaxe = bot.inventory.items().find(({ name }) => name === 'stone_pickaxe')
  await bot.equip(pickaxe, 'hand')
  console.log('Can harvest:', ironOre.canHarvest(bot.heldItem.type), ironOre.harvestTools)
  await bot.pathfinder.goto(new goals.GoalGetToBlock(ironOre.position.x, ironOre.position.y, ironOre.position.z))
  const ms = bot.digTime(ironOre)
  await bot.lookAt(ironOre.position.offset(0.5, 0.5, 0.5))
  await bot.dig(ironOre, true)
  const { x, y, z } = ironOre.position
  await bot.pathfinder.goto(new goals.GoalBlock(x, y, z))
  await bot.waitForTicks(20)
  return { ms, raw: bot.inventory.count(mcData.itemsByName.raw_iron.id), left: bot.blockAt(ironOre.position).name }
}
