// @give oak_planks 3
// @give stick 2
// @give crafting_table 1
async function craftPickaxeOnTable () {
  const tableItem = bot.inventory.items().find((item) => item.name === 'crafting_table')
  const reference = bot.blockAt(bot.entity.position.offset(1, -1, 0))
  await bot.equip(tableItem, 'hand')
  await bot.placeBlock(reference, new Vec3(0, 1, 0))
  const table = bot.findBlock({ matching: mcData.blocksByName.crafting_table.id, maxDistance: 4 })
  const recipe = bot.recipesFor(mcData.itemsByName.wooden_pickaxe.id, null, 1, table)[0]
  const without = bot.recipesFor(mcData.itemsByName.wooden_pickaxe.id, null, 1, null)
  await bot.craft(recipe, 1, table)
  const pickaxe = bot.inventory.findInventoryItem(mcData.itemsByName.wooden_pickaxe.id, null, false)
  return { shape: recipe.inShape?.map((row) => row.map(({ id }) => id < 0 ? '.' : mcData.items[id].name)), without: without.length, name: pickaxe?.displayName }
}
