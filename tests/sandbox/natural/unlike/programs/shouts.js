async function shouts () {
  bot.emit('chat', 'somebody', 'hello')
}
