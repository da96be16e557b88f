// @fill furnace 2 0 0
// @give sand 1
// @give oak_planks 2
async function furnaceUpdates () {
  const furnace = await bot.openFurnace(bot.blockAt(bot.entity.position.offset(2, 0, 0)))
  await furnace.putInput(mcData.itemsByName.sand.id, null, 1)
  await furnace.putFuel(mcData.itemsByName.oak_planks.id, null, 2)
  const done = new Promise((resolve) => {
    const onUpdate = () => {
      if (furnace.outputItem()) {
        furnace.removeListener('update', onUpdate)
        resolve(furnace.outputItem().name)
      }
    }
    furnace.on('update', onUpdate)
  })
  const name = await done
  await furnace.takeOutput()
  await bot.closeWindow(furnace)
  return { name, glass: bot.inventory.items().some((item) => item.name === 'glass'), open: bot.currentWindow === null }
}
