// @summon zombie 4 0 0
// @give iron_sword 1
// @time 15000
async function defendWithEvents () {
  await bot.equip(bot.inventory.items()[0], 'hand')
  const log = []
  const onHurt = (entity) => {
    if (entity === bot.entity) log.push('me')
    else if (entity.name === 'zombie') log.push('zombie')
  }
  bot.on('entityHurt', onHurt)
  let health = bot.health
  bot.on('health', () => { health = Math.min(health, bot.health) })
  const gone = new Promise((resolve) => bot.on('entityDead', (entity) => { if (entity.name === 'zombie') resolve('dead') }))
  const timeout = new Promise((resolve) => setTimeout(() => resolve('timeout'), 30000))
  const attack = setInterval(() => {
    const enemy = bot.nearestEntity((e) => e.type === 'hostile')
    if (enemy && enemy.position.distanceTo(bot.entity.position) < 3.5) bot.attack(enemy)
  }, 650)
  const how = await Promise.race([gone, timeout])
  clearInterval(attack)
  bot.removeListener('entityHurt', onHurt)
  return { how, kinds: [...new Set(log)].sort(), lost: health < 20 }
}
