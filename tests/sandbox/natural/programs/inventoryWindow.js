// @give stone 64
// @give stone 10
// @give iron_pickaxe 1
async function inventoryWindow () {
  const { inventory } = bot
  const stone = mcData.itemsByName.stone.id
  const pick = inventory.slots.find((slot) => slot?.name === 'iron_pickaxe')
  bot.setQuickBarSlot(4)
  await bot.waitForTicks(2)
  await bot.moveSlotItem(pick.slot, 40)
  await bot.waitForTicks(2)
  return {
    count: inventory.count(stone, null),
    empty: inventory.emptySlotCount(),
    first: inventory.firstEmptyInventorySlot(),
    slots: inventory.slots.length,
    indexes: inventory.slots.map((item, index) => item && index).filter((index) => index !== null && index !== undefined),
    held: bot.heldItem?.name,
    durability: pick.maxDurability,
    used: pick.durabilityUsed,
    enchants: pick.enchants,
    start: inventory.inventoryStart,
    end: inventory.inventoryEnd,
    range: inventory.findItemRange(9, 45, stone)?.count,
    spread: { ...pick }.name,
    keys: Object.keys(pick).includes('count'),
    selected: bot.quickBarSlot
  }
}
