// @give torch 2
// @fill stone 0 0 -2 0 1 -2
async function placeTorch () {
  const torch = bot.inventory.items().find((i) => i.name === 'torch')
  await bot.equip(torch, 'hand')
  const wall = bot.blockAt(new Vec3(0, 201, -2))
  await bot.placeBlock(wall, new Vec3(0, 0, 1))
  const floor = bot.blockAt(bot.entity.position.floored().offset(1, -1, 0))
  await bot.placeBlock(floor, new Vec3(0, 1, 0))
  const names = [wall.position.offset(0, 0, 1), floor.position.offset(0, 1, 0)].map((at) => {
    const block = bot.blockAt(at)
    return { name: block.name, ...block.getProperties() }
  })
  return names
}
