async function asyncGenerators () {
  async function * ticks (count) {
    for (let i = 0; i < count; i++) {
      await bot.waitForTicks(1)
      yield i
    }
  }
  const seen = []
  for await (const tick of ticks(4)) {
    if (tick === 2) continue
    seen.push(tick)
  }
  const retry = async (fn, attempts) => {
    try {
      return await fn(attempts)
    } catch (error) {
      if (attempts <= 1) throw error
      console.log(`Retrying after: ${error.message}`)
      return retry(fn, attempts - 1)
    }
  }
  const value = await retry(async (left) => { if (left > 1) throw new Error(`left ${left}`); return 'ok' }, 3)
  return { seen, value }
}
