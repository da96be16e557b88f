// @ground
async function digNaturalGround () {
  const grass = bot.findBlocks({ matching: ['grass_block', 'dirt'].map((name) => mcData.blocksByName[name].id), maxDistance: 5, count: 3 })
  const target = bot.blockAt(grass[0])
  await bot.pathfinder.goto(new GoalLookAtBlock(target.position, bot.world))
  await bot.dig(target)
  await bot.waitForTicks(20)
  const trees = bot.findBlocks({ matching: (block) => block.name.includes('log'), maxDistance: 32, count: 5 })
  return { name: target.name, at: target.position, gone: bot.blockAt(target.position).name, trees: trees.length, biome: target.biome?.name }
}
