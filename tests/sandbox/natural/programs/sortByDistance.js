// @fill coal_ore 5 0 5
// @fill coal_ore -2 0 3
// @fill coal_ore 0 1 -6
async function sortByDistance () {
  const positions = bot.findBlocks({ matching: mcData.blocksByName.coal_ore.id, maxDistance: 16, count: 10, point: new Vec3(6, 200, 6) })
  const byMe = [...positions].sort((a, b) => a.distanceTo(bot.entity.position) - b.distanceTo(bot.entity.position))
  positions.reverse()
  const last = positions.pop()
  positions.push(new Vec3(0, 0, 0))
  return { byMe: byMe.map((each) => each.toString()), last, sum: positions.reduce((sum, each) => sum.plus(each), new Vec3(0, 0, 0)) }
}
