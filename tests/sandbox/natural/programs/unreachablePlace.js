async function unreachablePlace () {
  const movements = new Movements(bot, mcData)
  movements.canDig = false
  movements.scafoldingBlocks = []
  movements.allowFreeMotion = false
  bot.pathfinder.setMovements(movements)
  bot.pathfinder.thinkTimeout = 3000
  try {
    await bot.pathfinder.goto(new GoalBlock(0, 230, 0))
    return 'arrived'
  } catch (error) {
    return { name: error.name, message: error.message }
  }
}
