// @fill dirt 2 0 0
async function blockUpdates () {
  const changes = []
  const listener = (oldBlock, newBlock) => {
    if (oldBlock?.name !== newBlock.name) changes.push([oldBlock.name, newBlock.name, newBlock.position.x])
  }
  bot.on('blockUpdate', listener)
  bot.on('blockUpdate:(2, 200, 0)', (oldBlock, newBlock) => console.log(`At that place: ${oldBlock.name} -> ${newBlock.name}`))
  bot.on('diggingCompleted', (block) => console.log('completed', block.name))
  await bot.dig(bot.blockAt(new Vec3(2, 200, 0)))
  await bot.waitForTicks(5)
  bot.off('blockUpdate', listener)
  return changes[0]
}
