async function pathEvents () {
  const statuses = []
  bot.on('path_update', (results) => statuses.push(results.status))
  const reached = new Promise((resolve) => bot.once('goal_reached', (goal) => resolve([goal.x, goal.z])))
  bot.pathfinder.setGoal(new GoalXZ(7, -4))
  await bot.waitForTicks(3)
  const moving = bot.pathfinder.isMoving()
  const where = await reached
  return { moving, where, success: statuses.includes('success'), mining: bot.pathfinder.isMining(), building: bot.pathfinder.isBuilding() }
}
