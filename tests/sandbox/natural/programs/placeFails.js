// @give dirt 1
async function placeFails () {
  await bot.equip(bot.inventory.items()[0], 'hand')
  const messages = []
  try {
    await bot.placeBlock(bot.blockAt(new Vec3(8, 199, 8)), new Vec3(0, 1, 0))
  } catch (err) {
    messages.push(err instanceof Error, err.message)
  }
  try {
    await bot.placeBlock(null, new Vec3(0, 1, 0))
  } catch (err) {
    messages.push(err instanceof Error)
  }
  return messages
}
