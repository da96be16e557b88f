// @fill water 2 -2 -2 6 -1 2
// @give fishing_rod 1
async function fishing () {
  await bot.equip(mcData.itemsByName.fishing_rod.id, 'hand')
  await bot.lookAt(new Vec3(4.5, 199.5, 0.5), true)
  try {
    await bot.fish()
  } catch (err) {
    console.log('Fishing failed', err.message)
  }
  await bot.waitForTicks(40)
  return bot.inventory.items().length
}
