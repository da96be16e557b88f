// @fill oak_sign 1 0 3
async function readSigns () {
  const signs = bot.findBlocks({ matching: Object.values(mcData.blocksByName).filter((b) => /sign$/.test(b.name)).map((b) => b.id), maxDistance: 10, count: 5 })
  return signs.map((position) => {
    const sign = bot.blockAt(position)
    return { name: sign.name, text: sign.getSignText(), at: position.toArray(), entity: sign.blockEntity !== undefined }
  })
}
