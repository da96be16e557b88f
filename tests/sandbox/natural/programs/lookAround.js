// @fill gold_block 0 1 4
async function lookAround () {
  const seen = []
  for (let i = 0; i < 4; i++) {
    await bot.look(i * Math.PI / 2, 0, true)
    await bot.waitForTicks(1)
    seen.push(Math.round(bot.entity.yaw * 100) / 100)
  }
  await bot.lookAt(new Vec3(0.5, 201.5, 4.5), true)
  const block = bot.blockAtCursor(6)
  return { seen, name: block?.name, sees: bot.canSeeBlock(bot.blockAt(new Vec3(0, 201, 4))), inSight: bot.blockInSight?.(256, 5)?.name }
}
