// @fill oak_log 3 0 0
async function requireModules () {
  const { Vec3: V } = require('vec3')
  const vec3 = require('vec3')
  const mcData = require('minecraft-data')(bot.version)
  const { pathfinder, Movements, goals: { GoalNear } } = require('mineflayer-pathfinder')
  bot.pathfinder.setMovements(new Movements(bot, mcData))
  const log = bot.findBlock({ matching: mcData.blocksByName.oak_log.id, maxDistance: 16 })
  await bot.pathfinder.goto(new GoalNear(log.position.x, log.position.y, log.position.z, 1))
  return { same: new V(1, 2, 3).equals(vec3(1, 2, 3)), close: bot.entity.position.distanceTo(log.position) < 3, at: `${vec3([4, 5, 6])}` }
}
