// @give oak_log 4
async function craftPlanksAndTable () {
  const planks = mcData.itemsByName.oak_planks
  const [planksRecipe] = bot.recipesFor(planks.id, null, 1, null)
  await bot.craft(planksRecipe, 3, null)
  const tableRecipe = bot.recipesFor(mcData.itemsByName.crafting_table.id, null, 1, null)[0]
  if (!tableRecipe) throw new Error('I cannot make a crafting table')
  await bot.craft(tableRecipe, 1)
  const counts = bot.inventory.items().map((item) => `${item.name} x${item.count}`)
  console.log('Now I have', counts)
  return { requiresTable: tableRecipe.requiresTable, delta: tableRecipe.delta.map(({ id, count }) => [mcData.items[id].name, count]), counts }
}
