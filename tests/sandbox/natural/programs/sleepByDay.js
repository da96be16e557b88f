// @throws
// @fill white_bed 2 0 1 part=foot facing=east
// @fill white_bed 3 0 1 part=head facing=east
async function sleepByDay () {
  const bed = bot.findBlock({ matching: (block) => block.name.includes('bed') && block.name !== 'bedrock' })
  await bot.sleep(bed)
}
