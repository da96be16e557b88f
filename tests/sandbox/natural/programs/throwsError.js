// @throws
async function throwsError () {
  const block = bot.findBlock({ matching: mcData.blocksByName.diamond_block.id, maxDistance: 8 })
  console.log('Found', block)
  await bot.dig(block)
}
