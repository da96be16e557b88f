// @give dirt 8
async function pillarUp () {
  const startY = Math.floor(bot.entity.position.y)
  await bot.equip(mcData.itemsByName.dirt.id, 'hand')
  await bot.look(bot.entity.yaw, -Math.PI / 2, true)
  for (let i = 0; i < 3; i++) {
    const below = bot.blockAt(bot.entity.position.offset(0, -1, 0))
    const jumpY = Math.floor(bot.entity.position.y) + 1
    bot.setControlState('jump', true)
    await new Promise((resolve) => {
      const placeIfHighEnough = () => {
        if (bot.entity.position.y > jumpY) {
          bot.removeListener('move', placeIfHighEnough)
          resolve()
        }
      }
      bot.on('move', placeIfHighEnough)
    })
    bot.setControlState('jump', false)
    await bot.placeBlock(below, new Vec3(0, 1, 0))
    while (!bot.entity.onGround) await bot.waitForTicks(1)
  }
  return Math.floor(bot.entity.position.y) - startY
}
