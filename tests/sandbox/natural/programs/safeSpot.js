// @fill stone -3 0 -3 3 3 3
// @fill air -1 0 -1 1 2 1
async function safeSpot () {
  const solid = (block) => block !== null && block.boundingBox === 'block'
  const around = (position) => [[1, 0], [-1, 0], [0, 1], [0, -1]].map(([dx, dz]) => bot.blockAt(position.offset(dx, 0, dz)))
  const queue = [bot.entity.position.floored()]
  const seen = new Set([queue[0].toString()])
  while (queue.length > 0 && seen.size < 200) {
    const position = queue.shift()
    for (const block of around(position)) {
      const key = block.position.toString()
      if (seen.has(key) || solid(block)) continue
      seen.add(key)
      queue.push(block.position)
    }
  }
  return { open: seen.size, roof: solid(bot.blockAt(bot.entity.position.offset(0, 3, 0))), light: bot.blockAt(bot.entity.position).skyLight }
}
