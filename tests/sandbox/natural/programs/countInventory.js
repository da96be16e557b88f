// @give oak_log 4
// @give cobblestone 70
async function countInventory () {
  const counts = {}
  for (const item of bot.inventory.items()) counts[item.name] = (counts[item.name] || 0) + item.count
  console.log(`Inventory: ${JSON.stringify(counts)}`)
  const entries = Object.entries(counts).sort(([, a], [, b]) => b - a)
  await bot.waitForTicks(5)
  return { counts, most: entries[0], slots: bot.inventory.emptySlotCount() }
}
