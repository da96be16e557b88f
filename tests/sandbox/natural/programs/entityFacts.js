// @summon sheep 3 0 3
// @summon cow -3 0 2
// @summon chicken 0 0 5
async function entityFacts () {
  const nearby = Object.values(bot.entities)
    .filter((entity) => entity !== bot.entity && entity.position.distanceTo(bot.entity.position) < 10)
    .sort((a, b) => a.name.localeCompare(b.name))
  const counts = {}
  for (const id in bot.entities) {
    const { type } = bot.entities[id]
    counts[type] = (counts[type] || 0) + 1
  }
  return {
    nearby: nearby.map(({ name, type, kind, displayName, height, width, isValid, username }) => ({ name, type, kind, displayName, height, width, isValid, username })),
    counts,
    nearest: bot.nearestEntity((each) => each.type === 'animal')?.name,
    all: nearby.every((each) => each.id in bot.entities),
    velocity: nearby[0].velocity.y <= 0,
    meta: nearby.map((each) => each.metadata.length > 0),
    filter: bot.nearestEntity(({ name }) => name === 'wolf')
  }
}
