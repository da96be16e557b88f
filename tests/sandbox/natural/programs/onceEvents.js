// @drop diamond 3 0 3
async function onceEvents () {
  const collected = new Promise((resolve) => {
    bot.once('playerCollect', (collector, item) => {
      resolve({ mine: collector.username === bot.username, kind: item.name, dropped: item.getDroppedItem?.()?.name })
    })
  })
  const item = bot.nearestEntity((entity) => entity.name === 'item')
  const dropped = item.getDroppedItem()
  bot.pathfinder.setGoal(new GoalBlock(Math.floor(item.position.x), Math.floor(item.position.y), Math.floor(item.position.z)))
  const first = await collected
  await bot.waitForTicks(5)
  return { first, name: dropped.name, count: dropped.count, displayName: item.displayName, have: bot.inventory.items().map((each) => each.name) }
}
