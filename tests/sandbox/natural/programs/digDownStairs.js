// @give diamond_pickaxe 1
async function digDownStairs () {
  await bot.equip(mcData.itemsByName.diamond_pickaxe.id, 'hand')
  const start = bot.entity.position.floored()
  let depth = 0
  for (let i = 1; i <= 2; i++) {
    for (const dy of [1, 0, -1].map((step) => step - i + 1)) {
      const block = bot.blockAt(start.offset(i, dy, 0))
      if (!block || block.name === 'air' || block.name === 'bedrock') continue
      await bot.dig(block)
    }
    await bot.pathfinder.goto(new GoalBlock(start.x + i, start.y - i, start.z))
    depth = start.y - bot.entity.position.floored().y
  }
  return { depth, cobblestone: bot.inventory.items().find((item) => item.name === 'cobblestone')?.count ?? 0 }
}
