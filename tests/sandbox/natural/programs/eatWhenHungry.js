// @food 8
// @give bread 3
async function eatWhenHungry () {
  const before = bot.food
  if (bot.food === 20) return 'not hungry'
  const foods = bot.inventory.items().filter((item) => mcData.foodsByName[item.name])
  foods.sort((a, b) => mcData.foodsByName[b.name].foodPoints - mcData.foodsByName[a.name].foodPoints)
  const best = foods[0]
  await bot.equip(best, 'hand')
  try {
    await bot.consume()
  } catch (err) {
    console.log('Could not eat', err.message)
  }
  return { before, after: bot.food, points: mcData.foods[best.type].foodPoints, saturation: bot.foodSaturation > 0, left: bot.inventory.count(best.type) }
}
