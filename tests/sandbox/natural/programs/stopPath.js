async function stopPath () {
  setTimeout(() => bot.pathfinder.stop(), 1000)
  try {
    await bot.pathfinder.goto(new GoalXZ(14, 14))
  } catch (err) {
    console.log(err.name, err.message)
  }
  const first = bot.pathfinder.goto(new GoalXZ(-10, 0)).catch((err) => err.message)
  await bot.waitForTicks(5)
  bot.pathfinder.setGoal(new GoalXZ(0, 0))
  return { first: await first, goal: bot.pathfinder.goal?.x }
}
