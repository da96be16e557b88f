// @give cobblestone 10
// @give stick 3
async function itemDrops () {
  const seen = []
  bot.on('itemDrop', (entity) => {
    seen.push(entity.name)
  })
  await bot.look(0, 0, true)
  await bot.toss(mcData.itemsByName.cobblestone.id, null, 4)
  await bot.waitForTicks(5)
  const stick = bot.inventory.items().find((item) => item.name === 'stick')
  await bot.tossStack(stick)
  await bot.waitForTicks(10)
  return { seen, have: bot.inventory.items().map(({ name, count }) => `${count} ${name}`) }
}
