// @fill oak_log 2 0 2
// @fill oak_log -2 0 2
// @fill stone 0 0 4
async function mineBlock (bot, name, count = 1) {
  const { id } = mcData.blocksByName[name]
  const blocks = bot.findBlocks({ matching: [id], maxDistance: 32, count: 1024 })
  const targets = []
  for (let i = 0; i < blocks.length && targets.length < count; i++) targets.push(bot.blockAt(blocks[i]))
  for (const target of targets) {
    const goal = new GoalGetToBlock(target.position.x, target.position.y, target.position.z)
    await bot.pathfinder.goto(goal)
    await bot.dig(target)
  }
  return targets.length
}

const names = ['oak_log', 'stone']

async function helperFunctions () {
  const mined = {}
  for (const name of names) mined[name] = await mineBlock(bot, name, 2)
  bot.chat(`Mined ${Object.values(mined).join(' and ')}`)
  return mined
}
