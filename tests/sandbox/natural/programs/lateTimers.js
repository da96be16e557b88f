async function lateTimers () {
  setInterval(() => {}, 50)
  bot.on('move', () => {})
  setTimeout(() => { throw new Error('too late') }, 60000)
  return 'done'
}
