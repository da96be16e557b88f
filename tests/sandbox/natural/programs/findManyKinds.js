// @fill iron_ore 4 0 4
// @fill deepslate_iron_ore -4 0 4
// @fill lava 7 -1 7
async function findManyKinds () {
  const ores = Object.keys(mcData.blocksByName).filter((name) => name.includes('iron_ore'))
  const ids = ores.map((name) => mcData.blocksByName[name].id)
  const found = bot.findBlocks({ matching: (block) => block && ids.includes(block.type), maxDistance: 20, count: 8 })
  const nearest = bot.findBlock({ matching: ids, point: bot.entity.position.offset(-4, 0, 0), maxDistance: 20 })
  const lava = bot.findBlock({ matching: (block) => block.name === 'lava' && block.position?.y < 210, useExtraInfo: true, maxDistance: 12 })
  const none = bot.findBlock({ matching: mcData.blocksByName.beacon.id, maxDistance: 100, count: 1 })
  return {
    names: found.map((position) => bot.blockAt(position).name).sort(),
    nearest: nearest.name,
    lava: lava?.position,
    none,
    danger: [...Array(3).keys()].some((i) => bot.blockAt(bot.entity.position.offset(i, -1, 0)).name === 'lava')
  }
}
