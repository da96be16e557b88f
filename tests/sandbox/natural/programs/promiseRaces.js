async function promiseRaces () {
  const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
  const withTimeout = (promise, ms) => Promise.race([
    promise,
    new Promise((resolve, reject) => setTimeout(() => reject(new Error(`Timed out after ${ms} ms`)), ms))
  ])
  const [a, b] = await Promise.all([sleep(100).then(() => 'slow'), bot.waitForTicks(1).then(() => 'fast')])
  let message
  try {
    await withTimeout(new Promise(() => {}), 200)
  } catch (error) {
    message = error.message
  }
  const settled = await Promise.allSettled([sleep(10), Promise.reject(new TypeError('no'))])
  const any = await Promise.any([sleep(500), sleep(50).then(() => 'first')])
  return { a, b, message, settled: settled.map(({ status, reason }) => [status, reason?.name]), any }
}
