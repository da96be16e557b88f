// @give oak_log 2
async function craftingPlan () {
  const have = new Map(bot.inventory.items().map(({ name, count }) => [name, count]))
  const plan = []
  function need (name, count, depth = 0) {
    const missing = count - (have.get(name) ?? 0)
    if (missing <= 0 || depth > 4) return
    const { id } = mcData.itemsByName[name]
    const recipe = mcData.recipes[id]?.[0]
    if (!recipe) {
      plan.push(`gather ${missing} ${name}`)
      return
    }
    const times = Math.ceil(missing / recipe.result.count)
    const ingredients = (recipe.inShape?.flat() ?? recipe.ingredients).filter((each) => each !== null)
    const wanted = ingredients.reduce((counts, each) => ({ ...counts, [each]: (counts[each] ?? 0) + times }), {})
    for (const [each, amount] of Object.entries(wanted)) need(mcData.items[each].name, amount, depth + 1)
    plan.push(`craft ${times}x ${name}`)
    have.set(name, (have.get(name) ?? 0) + times * recipe.result.count)
  }
  need('wooden_pickaxe', 1)
  return plan
}
