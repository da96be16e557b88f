async function readRegistry () {
  const item = mcData.itemsByName.iron_pickaxe
  const recipes = mcData.recipes[item.id]
  const ore = mcData.blocksByName.diamond_ore
  const tools = Object.keys(ore.harvestTools).map((id) => mcData.items[id].name)
  const foods = mcData.foodsArray.filter((food) => food.foodPoints >= 8).map((food) => food.name).sort()
  const logs = mcData.blocksArray.filter(({ name }) => name.endsWith('_log') && !name.startsWith('stripped')).map(({ name }) => name)
  return {
    stack: item.stackSize,
    durability: item.maxDurability,
    recipes: recipes.length,
    shape: recipes[0].inShape,
    tools,
    drops: ore.drops.map((id) => mcData.items[id].name),
    hardness: ore.hardness,
    foods,
    logs,
    hostile: mcData.entitiesArray.filter((e) => e.type === 'hostile').length,
    pig: mcData.entitiesByName.pig.displayName,
    has: 'oak_log' in mcData.itemsByName,
    missing: mcData.itemsByName.no_such_thing === undefined,
    version: bot.version,
    biome: mcData.biomesByName?.plains?.name,
    enchantment: mcData.enchantmentsByName.sharpness.maxLevel,
    effect: mcData.effectsByName.Speed?.id
  }
}
