// @fill oak_log 3 0 3 3 3 3
// @fill oak_leaves 3 4 3
// @give iron_axe 1
async function mineLogs () {
  const collected = async (name) => bot.inventory.items().filter((item) => item.name === name).reduce((sum, item) => sum + item.count, 0)
  const logs = bot.findBlocks({
    matching: (block) => block.name.endsWith('_log'),
    maxDistance: 32,
    count: 3
  })
  if (logs.length === 0) {
    bot.chat('No logs nearby')
    return 0
  }
  logs.sort((a, b) => a.y - b.y)
  for (const position of logs) {
    const block = bot.blockAt(position)
    await bot.pathfinder.goto(new GoalNear(position.x, position.y, position.z, 2))
    const axe = bot.inventory.items().find((item) => item.name.includes('axe'))
    if (axe) await bot.equip(axe, 'hand')
    await bot.dig(block)
    console.log(`Dug ${block.name} at ${position}`)
  }
  await bot.pathfinder.goto(new GoalBlock(3, 200, 3))
  await bot.waitForTicks(40)
  return { logs: await collected('oak_log'), at: bot.entity.position.floored().toString() }
}
