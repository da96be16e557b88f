// @fill cactus 1 1 0
// @fill sand 1 0 0
async function healthWatch () {
  const healths = []
  const onHealth = () => healths.push(bot.health)
  bot.on('health', onHealth)
  const hurt = new Promise((resolve) => bot.once('entityHurt', (entity) => resolve(entity.username)))
  await bot.lookAt(bot.entity.position.offset(1, 0.5, 0), true)
  bot.setControlState('forward', true)
  bot.setControlState('jump', true)
  const who = await hurt
  bot.clearControlStates()
  await bot.waitForTicks(2)
  bot.removeListener('health', onHealth)
  return { who, hurt: bot.health < 20, events: healths.length > 0 }
}
