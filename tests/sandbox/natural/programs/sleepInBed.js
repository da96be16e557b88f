// @fill red_bed 2 0 1 part=foot facing=east
// @fill red_bed 3 0 1 part=head facing=east
// @time 13500
async function sleepInBed () {
  const bed = bot.findBlock({ matching: (block) => bot.isABed(block), maxDistance: 16 })
  if (!bed) return 'no bed'
  console.log('Time of day', bot.time.timeOfDay >= 12541, bot.time.isDay)
  const woke = new Promise((resolve) => bot.once('wake', resolve))
  await bot.sleep(bed)
  console.log('Sleeping:', bot.isSleeping)
  await woke
  return { sleeping: bot.isSleeping, day: bot.time.timeOfDay < 12541 }
}
