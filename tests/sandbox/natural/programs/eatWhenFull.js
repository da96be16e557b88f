// @throws
// @give bread 1
async function eatWhenFull () {
  await bot.equip(bot.inventory.items()[0], 'hand')
  await bot.consume()
}
