// @fill farmland 1 -1 1 3 -1 4
// @fill water 4 -1 2
// @fill wheat 1 0 1 3 0 3 age=7
// @fill wheat 1 0 4 3 0 4 age=2
async function findWithExtraInfo () {
  const wheat = mcData.blocksByName.wheat.id
  const ripe = bot.findBlocks({ matching: wheat, useExtraInfo: (block) => Number(block.getProperties().age) === 7, maxDistance: 8, count: 20 })
  const exposed = bot.findBlock({ matching: mcData.blocksByName.stone.id, maxDistance: 8, useExtraInfo: (block) => bot.blockAt(block.position.offset(0, 1, 0))?.name === 'air' })
  const withMetadata = bot.findBlocks({ matching: (block) => block.name === 'wheat' && block.metadata < 7, maxDistance: 8, count: 20 })
  return { ripe: ripe.length, exposed: exposed.position.y, young: withMetadata.length, state: typeof bot.blockAt(ripe[0]).stateId }
}
