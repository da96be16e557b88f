// @give golden_apple 1
async function potionEffects () {
  const begun = []
  bot.on('entityEffect', (entity, effect) => { if (entity === bot.entity) begun.push(effect.id) })
  await bot.equip(mcData.itemsByName.golden_apple.id, 'hand')
  await bot.consume()
  await bot.waitForTicks(5)
  return {
    ids: [...new Set(begun)].sort((a, b) => a - b),
    now: Object.values(bot.entity.effects).map(({ id, amplifier }) => [id, amplifier]).sort(([a], [b]) => a - b),
    names: Object.keys(bot.entity.effects).map((id) => mcData.effects[id]?.name).sort()
  }
}
