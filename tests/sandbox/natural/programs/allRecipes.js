// @fill crafting_table 2 0 0
async function allRecipes () {
  const table = bot.findBlock({ matching: mcData.blocksByName.crafting_table.id })
  const recipes = bot.recipesAll(mcData.itemsByName.torch.id, null, table)
  return recipes.map((recipe) => ({
    result: recipe.result.count,
    ingredients: recipe.delta.filter((each) => each.count < 0).map((each) => mcData.items[each.id].name).sort()
  }))
}
