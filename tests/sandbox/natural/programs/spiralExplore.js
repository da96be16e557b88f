// @fill pumpkin 12 0 -11
async function spiralExplore () {
  const start = bot.entity.position.clone()
  const pattern = function * (step, rings) {
    let [x, z] = [0, 0]
    for (let ring = 1; ring <= rings; ring++) {
      for (const [dx, dz] of [[1, 0], [0, 1], [-1, 0], [0, -1]]) {
        x += dx * step * ring
        z += dz * step * ring
        yield { x, z }
      }
    }
  }
  const visited = []
  for (const { x, z } of pattern(5, 2)) {
    await bot.pathfinder.goto(new GoalXZ(Math.floor(start.x) + x, Math.floor(start.z) + z))
    visited.push(bot.entity.position.floored().toArray())
    const pumpkin = bot.findBlock({ matching: mcData.blocksByName.pumpkin.id, maxDistance: 14 })
    if (pumpkin) return { visited, found: pumpkin.position, distance: Math.round(bot.entity.position.distanceTo(pumpkin.position)) }
  }
  return { visited, found: null }
}
