// @fill chest 2 0 1 facing=west
// @give dirt 40
// @give diamond 3
async function storeInChest () {
  const chestBlock = bot.findBlock({ matching: ['chest', 'trapped_chest', 'barrel'].map((name) => mcData.blocksByName[name].id), maxDistance: 10 })
  const chest = await bot.openContainer(chestBlock)
  for (const item of bot.inventory.items()) {
    if (item.name === 'diamond') continue
    try {
      await chest.deposit(item.type, null, item.count)
    } catch (err) {
      console.log(`Unable to deposit ${item.count} ${item.name}: ${err.message}`)
    }
  }
  const inside = chest.containerItems().map(({ name, count }) => ({ name, count }))
  await chest.withdraw(mcData.itemsByName.dirt.id, null, 15)
  const left = chest.containerCount(mcData.itemsByName.dirt.id, null)
  chest.close()
  return { inside, left, slots: chest.inventoryStart, mine: bot.inventory.items().map((item) => [item.name, item.count]) }
}
