// @fill sand 4 0 4 6 2 6
// @fill water -5 -1 -5 -4 -1 -4
async function scanColumns () {
  const { x: cx, z: cz } = bot.entity.position.floored()
  const surface = new Map()
  for (let dx = -8; dx <= 8; dx++) {
    for (let dz = -8; dz <= 8; dz++) {
      for (let y = 210; y > 190; y--) {
        const block = bot.blockAt(new Vec3(cx + dx, y, cz + dz))
        if (!block || block.name === 'air') continue
        surface.set(block.name, (surface.get(block.name) ?? 0) + 1)
        break
      }
    }
  }
  return Object.fromEntries([...surface].sort(([a], [b]) => a.localeCompare(b)))
}
