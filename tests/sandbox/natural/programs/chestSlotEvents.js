// @fill barrel 1 0 2
// @give stone 12
async function chestSlotEvents () {
  const updates = []
  const window = await bot.openContainer(bot.blockAt(new Vec3(1, 200, 2)))
  window.on('updateSlot', (slot, oldItem, newItem) => updates.push([slot, oldItem?.count ?? 0, newItem?.count ?? 0]))
  await window.deposit(mcData.itemsByName.stone.id, null, 5)
  await bot.waitForTicks(5)
  window.close()
  await bot.waitForTicks(2)
  return { type: window.type, some: updates.length > 0, last: updates.filter(([slot]) => slot < window.inventoryStart).at(-1) }
}
