// @summon skeleton 5 0 3
// @give iron_sword 1
// @give shield 1
async function attackUntilDead () {
  await bot.equip(mcData.itemsByName.iron_sword.id, 'hand')
  await bot.equip(mcData.itemsByName.shield.id, 'off-hand')
  const mob = bot.nearestEntity((e) => e.type === 'hostile' && ['skeleton', 'zombie', 'spider'].includes(e.name))
  bot.pathfinder.setGoal(new GoalFollow(mob, 1), true)
  return new Promise((resolve, reject) => {
    const started = Date.now()
    let hits = 0
    const onTick = () => {
      if (!bot.entities[mob.id]) return done('dead')
      if (Date.now() - started > 40000) return done('too long')
      if (mob.position.distanceTo(bot.entity.position) < 3 && hits < Math.floor((Date.now() - started) / 700)) {
        hits++
        bot.lookAt(mob.position.offset(0, 1.6, 0), true).then(() => bot.attack(mob))
      }
    }
    const done = (how) => {
      bot.removeListener('physicsTick', onTick)
      bot.pathfinder.setGoal(null)
      resolve({ how, fought: hits > 0 })
    }
    bot.on('physicsTick', onTick)
  })
}
