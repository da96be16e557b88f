// @give iron_helmet 1
// @give iron_chestplate 1
// @give shield 1
async function equipArmor () {
  const destinations = { helmet: 'head', chestplate: 'torso', leggings: 'legs', boots: 'feet', shield: 'off-hand' }
  for (const item of bot.inventory.items()) {
    const [, part] = item.name.match(/(?:^|_)(helmet|chestplate|leggings|boots|shield)$/) ?? []
    if (!part) continue
    await bot.equip(item, destinations[part])
    console.log(`Put ${item.displayName} on my ${destinations[part]}`)
  }
  await bot.waitForTicks(2)
  const worn = [5, 6, 7, 8, 45].map((slot) => bot.inventory.slots[slot]?.name ?? null)
  await bot.unequip('head')
  return { worn, head: bot.inventory.slots[bot.getEquipmentDestSlot('head')]?.name ?? null, equipment: bot.entity.equipment.map((each) => each?.name ?? null) }
}
