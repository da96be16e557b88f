async function removeListeners () {
  let first = 0
  let second = 0
  bot.on('time', () => { first++ })
  bot.once('time', () => { second++ })
  await bot.waitForTicks(45)
  const listening = bot.listenerCount('time') > 0
  bot.removeAllListeners('time')
  const seen = first
  await bot.waitForTicks(45)
  return { counted: seen > 0, stopped: first === seen, second, listening, left: bot.listenerCount('time') }
}
