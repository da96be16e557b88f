// @throws
async function throwsOwnError () {
  async function requireItem (name, count) {
    const id = mcData.itemsByName[name].id
    const have = bot.inventory.count(id, null)
    if (have < count) throw new RangeError(`Need ${count} ${name}, have ${have}`)
  }
  await bot.waitForTicks(1)
  await requireItem('diamond', 3)
}
