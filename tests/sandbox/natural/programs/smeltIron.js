// @fill furnace 2 0 0
// @give raw_iron 2
// @give coal 3
async function smeltIron () {
  const furnaceBlock = bot.findBlock({ matching: (block) => block.name === 'furnace', maxDistance: 8 })
  const furnace = await bot.openFurnace(furnaceBlock)
  try {
    await furnace.putFuel(mcData.itemsByName.coal.id, null, 1)
    await furnace.putInput(mcData.itemsByName.raw_iron.id, null, 2)
    let tries = 0
    while ((furnace.outputItem()?.count ?? 0) < 2) {
      if (++tries > 60) throw new Error('The furnace did not finish')
      await bot.waitForTicks(10)
    }
    console.log('Fuel', furnace.fuel > 0, 'input', furnace.inputItem())
    const item = await furnace.takeOutput()
    return { name: item.name, count: item.count, title: typeof furnace.title }
  } finally {
    furnace.close()
  }
}
