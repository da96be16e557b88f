// @throws
async function throwsTypeError () {
  const item = bot.inventory.items().find((each) => each.name === 'elytra')
  return item.count
}
