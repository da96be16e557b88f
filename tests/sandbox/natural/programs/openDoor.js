// @fill oak_door 2 0 0 half=lower facing=east open=false
// @fill oak_door 2 1 0 half=upper facing=east open=false
// @fill lever 0 0 3 face=floor
async function openDoor () {
  const door = bot.findBlock({ matching: (block) => /_door$/.test(block.name), maxDistance: 5 })
  const before = door.getProperties().open
  await bot.activateBlock(door)
  await bot.waitForTicks(3)
  const lever = bot.blockAt(new Vec3(0, 200, 3))
  await bot.lookAt(lever.position)
  await bot.activateBlock(lever, new Vec3(0, 1, 0))
  await bot.waitForTicks(3)
  return { before, after: bot.blockAt(door.position).getProperties().open, powered: bot.blockAt(lever.position)._properties?.powered ?? bot.blockAt(lever.position).getProperties().powered }
}
