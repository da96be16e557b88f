// @give oak_sign 1
async function signWriting () {
  await bot.equip(mcData.itemsByName.oak_sign.id, 'hand')
  await bot.placeBlock(bot.blockAt(new Vec3(2, 199, 0)), new Vec3(0, 1, 0))
  const sign = bot.blockAt(new Vec3(2, 200, 0))
  bot.updateSign(sign, 'Base of\nthe bot')
  await bot.waitForTicks(5)
  return { name: sign.name, text: bot.blockAt(sign.position).getSignText()[0] }
}
