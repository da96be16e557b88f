// @fill stone 5 0 5
async function goalKinds () {
  const at = () => bot.entity.position.floored().toString()
  const stops = []
  await bot.pathfinder.goto(new goals.GoalNearXZ(6, 0, 1))
  stops.push(at())
  await bot.pathfinder.goto(new goals.GoalLookAtBlock(new Vec3(5, 200, 5), bot.world, { reach: 3 })).catch((error) => stops.push(error.message))
  stops.push(bot.entity.position.distanceTo(new Vec3(5, 200, 5)) < 5)
  await bot.pathfinder.goto(new goals.GoalCompositeAny([new GoalBlock(-3, 200, 0), new GoalBlock(8, 200, 8)]))
  stops.push(at())
  await bot.pathfinder.goto(new goals.GoalInvert(new GoalNear(0, 200, 0, 6)))
  stops.push(bot.entity.position.distanceTo(new Vec3(0, 200, 0)) > 5)
  const goal = new GoalNear(1, 200, 2, 1)
  stops.push([goal.x, goal.rangeSq, goal.isEnd(new Vec3(1, 200, 2))])
  return stops
}
