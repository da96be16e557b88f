// @throws
// @give stick 2
async function tossTooMany () {
  await bot.toss(mcData.itemsByName.stick.id, null, 5)
}
