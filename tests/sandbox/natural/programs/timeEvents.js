async function timeEvents () {
  const { timeOfDay, day, isDay, moonPhase, doDaylightCycle } = bot.time
  let events = 0
  await new Promise((resolve) => {
    bot.on('time', function onTime () {
      if (++events === 2) {
        bot.removeListener('time', onTime)
        resolve()
      }
    })
  })
  return { later: bot.time.timeOfDay > timeOfDay, day, isDay, moonPhase, doDaylightCycle, big: typeof bot.time.bigTime }
}
