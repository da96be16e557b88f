// @fill oak_stairs 2 0 0 facing=east half=top
// @fill chest 3 0 3
async function blockFacts () {
  const stairs = bot.blockAt(new Vec3(2, 200, 0))
  const chest = bot.blockAt(new Vec3(3, 200, 3))
  const air = bot.blockAt(bot.entity.position)
  return {
    ...['name', 'displayName', 'type', 'hardness', 'material', 'boundingBox', 'transparent', 'diggable', 'stackSize', 'isWaterlogged'].reduce((all, key) => ({ ...all, [key]: stairs[key] }), {}),
    properties: stairs.getProperties(),
    shapes: stairs.shapes.length,
    light: [air.light, air.skyLight],
    biome: typeof stairs.biome?.name,
    chest: chest.getProperties(),
    air: air.name,
    outside: bot.blockAt(new Vec3(10000, 70, 10000)),
    below: bot.blockAt(new Vec3(0, -200, 0)).name,
    drops: chest.drops.length,
    text: `${stairs.position}`,
    harvest: [stairs.canHarvest(null), bot.blockAt(new Vec3(0, 199, 0)).canHarvest(null)],
    entity: stairs.blockEntity === undefined,
    time: bot.digTime(stairs)
  }
}
