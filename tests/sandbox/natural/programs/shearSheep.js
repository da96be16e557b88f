// @summon sheep 2 0 1
// @give shears 1
async function shearSheep () {
  await bot.equip(mcData.itemsByName.shears.id, 'hand')
  const sheep = bot.nearestEntity((entity) => entity.name === 'sheep')
  await bot.pathfinder.goto(new GoalFollow(sheep, 1))
  await bot.lookAt(sheep.position.offset(0, 1, 0))
  await bot.useOn(sheep)
  await bot.waitForTicks(15)
  for (const entity of Object.values(bot.entities).filter((each) => each.name === 'item')) {
    await bot.pathfinder.goto(new GoalNear(entity.position.x, entity.position.y, entity.position.z, 0.5))
    await bot.waitForTicks(15)
  }
  return bot.inventory.items().some((item) => /_wool$/.test(item.name))
}
