// @fill water 2 -1 0
// @give bucket 1
async function bucketWater () {
  const water = bot.findBlock({ matching: mcData.blocksByName.water.id, maxDistance: 5 })
  await bot.equip(mcData.itemsByName.bucket.id, 'hand')
  await bot.lookAt(water.position.offset(0.5, 0.9, 0.5), true)
  bot.activateItem()
  await bot.waitForTicks(5)
  bot.deactivateItem()
  return { held: bot.heldItem?.name, there: bot.blockAt(water.position).name }
}
