async function gameFacts () {
  const { dimension, gameMode, difficulty, minY, height, hardcore, maxPlayers, levelType } = bot.game
  const me = bot.players[bot.username]
  const { position, velocity, yaw, pitch, ...rest } = bot.entity
  return {
    dimension,
    gameMode,
    difficulty,
    minY,
    height,
    hardcore,
    players: Object.keys(bot.players),
    me: me.username,
    same: me.entity === bot.entity,
    health: bot.health,
    food: bot.food,
    oxygen: bot.oxygenLevel,
    experience: bot.experience,
    raining: bot.isRaining,
    thunder: bot.thunderState,
    spawn: typeof bot.spawnPoint.x,
    slot: bot.quickBarSlot,
    held: bot.heldItem,
    alive: bot.isAlive,
    type: rest.type,
    height2: rest.height,
    effects: Object.keys(bot.entity.effects ?? {}),
    metadata: Array.isArray(bot.entity.metadata),
    equipment: bot.entity.equipment?.length,
    destination: ['hand', 'head', 'torso', 'legs', 'feet', 'off-hand'].map((each) => bot.getEquipmentDestSlot(each)),
    levelType,
    maxPlayers: typeof maxPlayers,
    username: bot.username,
    physics: bot.physicsEnabled,
    tablist: typeof bot.tablist,
    usingHeldItem: bot.usingHeldItem
  }
}
