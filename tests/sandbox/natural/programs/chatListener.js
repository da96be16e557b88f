async function chatListener () {
  const heard = new Promise((resolve) => {
    bot.on('chat', (username, message) => {
      if (username === bot.username) resolve({ username, message })
    })
  })
  const texts = []
  bot.on('message', (jsonMsg, position) => texts.push([jsonMsg.toString(), position]))
  bot.on('messagestr', (text) => texts.push(text))
  bot.chat('Hello there')
  const first = await Promise.race([heard, new Promise((resolve) => setTimeout(resolve, 3000, null))])
  await bot.waitForTicks(2)
  return { first, texts }
}
