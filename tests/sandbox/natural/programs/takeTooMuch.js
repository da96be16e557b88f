// @fill chest 2 0 1 facing=west
// @give dirt 4
async function takeTooMuch () {
  const chest = await bot.openChest(bot.blockAt(new Vec3(2, 200, 1)))
  await chest.deposit(mcData.itemsByName.dirt.id, null, 2)
  const problems = []
  for (const [name, count] of [['dirt', 10], ['diamond', 1]]) {
    try {
      await chest.withdraw(mcData.itemsByName[name].id, null, count)
    } catch (error) {
      problems.push(`${error.name}: ${error.message}`)
    }
  }
  chest.close()
  return { problems, dirt: bot.inventory.count(mcData.itemsByName.dirt.id, null) }
}
