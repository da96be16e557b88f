// @fill bedrock 2 0 0
// @fill dirt 0 0 2
async function catchAndContinue () {
  const results = []
  for (const position of [new Vec3(2, 200, 0), new Vec3(0, 200, 2), new Vec3(14, 199, 14), new Vec3(0, 205, 0)]) {
    const block = bot.blockAt(position)
    try {
      if (!bot.canDigBlock(block)) throw new Error(`cannot dig ${block.name}, diggable ${block.diggable}`)
      await bot.dig(block)
      results.push(`dug ${block.name}`)
    } catch (err) {
      results.push(err.message)
    } finally {
      results.push('next')
    }
  }
  return results
}
