// @summon pig 5 0 4
// @give iron_sword 1
async function huntPig () {
  const pig = bot.nearestEntity((entity) => entity.name === 'pig' && entity.position.distanceTo(bot.entity.position) < 32)
  if (!pig) throw new Error('no pig')
  const sword = bot.inventory.items().find((item) => item.name.includes('sword'))
  await bot.equip(sword, 'hand')
  let dead = false
  bot.once('entityGone', (entity) => { if (entity.id === pig.id || entity === pig) dead = true })
  let swings = 0
  while (pig.isValid && swings < 20) {
    await bot.pathfinder.goto(new GoalNear(pig.position.x, pig.position.y, pig.position.z, 2))
    await bot.lookAt(pig.position.offset(0, pig.height, 0))
    bot.attack(pig)
    swings++
    await bot.waitForTicks(12)
  }
  await bot.waitForTicks(20)
  const drop = bot.nearestEntity((entity) => entity.name === 'item')
  if (drop) await bot.pathfinder.goto(new GoalNear(drop.position.x, drop.position.y, drop.position.z, 0))
  await bot.waitForTicks(20)
  return { dead, meat: bot.inventory.items().some((item) => item.name === 'porkchop') }
}
