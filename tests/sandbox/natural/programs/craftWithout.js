// @throws
async function craftWithout () {
  const recipe = bot.recipesFor(mcData.itemsByName.diamond_pickaxe.id, null, 1, true)[0]
  if (!recipe) console.log('No recipe for a diamond pickaxe')
  const known = bot.recipesAll(mcData.itemsByName.stick.id, null, null)[0]
  await bot.craft(known, 1, null)
}
