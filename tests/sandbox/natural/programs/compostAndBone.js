// @fill dirt 2 -1 0 3 -1 1
// @fill grass_block 2 -1 0
// @give bone_meal 3
// @give oak_sapling 1
async function compostAndBone () {
  const ground = bot.blockAt(new Vec3(3, 199, 1))
  await bot.equip(bot.inventory.items().find((item) => item.name === 'oak_sapling'), 'hand')
  await bot.placeBlock(ground, new Vec3(0, 1, 0))
  const sapling = bot.blockAt(ground.position.offset(0, 1, 0))
  const stages = [sapling.name]
  await bot.equip(mcData.itemsByName.bone_meal.id, 'hand')
  for (let i = 0; i < 3 && bot.blockAt(sapling.position).name === 'oak_sapling'; i++) {
    await bot.activateBlock(bot.blockAt(sapling.position))
    await bot.waitForTicks(3)
  }
  stages.push(bot.inventory.count(mcData.itemsByName.bone_meal.id) < 3)
  return stages
}
