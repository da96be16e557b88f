// @give cobblestone 64
async function buildHut () {
  const start = bot.entity.position.floored().offset(3, 0, 0)
  const isFree = (position) => bot.blockAt(position)?.name === 'air'
  const faces = [new Vec3(0, -1, 0), new Vec3(1, 0, 0), new Vec3(-1, 0, 0), new Vec3(0, 0, 1), new Vec3(0, 0, -1), new Vec3(0, 1, 0)]
  async function place (position) {
    for (const face of faces) {
      const reference = bot.blockAt(position.plus(face))
      if (reference.boundingBox !== 'block') continue
      await bot.pathfinder.goto(new GoalNear(position.x, position.y, position.z, 3))
      await bot.equip(mcData.itemsByName.cobblestone.id, 'hand')
      await bot.placeBlock(reference, face.scaled(-1))
      return true
    }
    return false
  }
  let placed = 0
  for (let y = 0; y < 2; y++) {
    for (let x = 0; x < 3; x++) {
      for (let z = 0; z < 3; z++) {
        if (x === 1 && z === 1) continue
        if (x === 0 && z === 1) continue
        const target = start.offset(x, y, z)
        if (isFree(target) && await place(target)) placed++
      }
    }
  }
  return { placed, left: bot.inventory.count(mcData.itemsByName.cobblestone.id, null) }
}
