// @give iron_sword 1
// @give bread 2
// @summon pig 4 0 0
async function printThings () {
  console.log(JSON.stringify(bot.inventory.items()))
  console.log('Position:', bot.entity.position, 'health', bot.health)
  console.log(bot.inventory.items().map((item) => ({ ...item, nbt: undefined })))
  const pig = bot.nearestEntity()
  console.log(`${pig.name} is at ${pig.position.floored()} and I hold ${bot.heldItem?.name ?? 'nothing'}`)
  console.error(new Error('only shown').message)
  console.warn(undefined, null, [1, { a: 2 }], true)
  console.info(Object.keys(bot.inventory.items()[0]).includes('count'), Object.entries(bot.inventory.items()[1]).length > 3)
  console.log(JSON.stringify(bot.time.timeOfDay), JSON.stringify(bot.game.dimension), JSON.stringify(bot.experience))
}
