'use strict'
/**
 * What a program may read of the bot, call on it and listen to: what a player can see and do.
 *
 * Not here on purpose: the connection and its packets, plugins, faked events, leaving the server, creative mode, books,
 * command blocks, completions, resource packs, and whatever changes what the client believes.
 */

const UNDERSCORE = 0x5f
/** Names that no object of ours shows, besides those that begin with an underscore. */
const DENIED_NAMES = new Set([
  'constructor', 'prototype', 'caller', 'callee', 'arguments', 'domain', 'world', 'physics', 'plugins', 'client', 'socket',
  'bot', 'context'
])

const BOT_FIELDS = new Set([
  'username', 'uuid', 'version', 'majorVersion', 'protocolVersion', 'registry', 'pathfinder', 'game', 'settings', 'entity', 'entities',
  'player', 'players', 'uuidToUsername', 'inventory', 'currentWindow', 'heldItem', 'quickBarSlot', 'usingHeldItem', 'health',
  'food', 'foodSaturation', 'oxygenLevel', 'experience', 'isAlive', 'isSleeping', 'isRaining', 'rainState', 'thunderState', 'time', 'spawnPoint',
  'controlState', 'physicsEnabled', 'vehicle', 'targetDigBlock', 'targetDigFace', 'lastDigTime', 'fireworkRocketDuration', 'jumpTicks',
  'QUICK_BAR_START', 'tablist', 'scoreboard', 'scoreboards', 'teams', 'teamMap', 'bossBars'
])

const BOT_READS = new Set([
  'blockAt', 'blockAtCursor', 'blockAtEntityCursor', 'blockInSight', 'entityAtCursor', 'findBlock', 'findBlocks', 'canDigBlock',
  'canSeeBlock', 'digTime', 'nearestEntity', 'recipesFor', 'recipesAll', 'getControlState', 'getEquipmentDestSlot', 'isABed',
  'waitForTicks', 'waitForChunksToLoad', 'supportFeature', 'getExplosionDamages', 'listenerCount'
])

const BOT_ACTS = new Set([
  'chat', 'whisper', 'updateSign', 'dig', 'stopDigging', 'placeBlock', 'placeEntity', 'activateBlock', 'activateEntity', 'activateEntityAt',
  'activateItem', 'deactivateItem', 'useOn', 'attack', 'swingArm', 'consume', 'craft', 'equip', 'unequip', 'toss',
  'tossStack', 'setQuickBarSlot', 'look', 'lookAt', 'setControlState', 'clearControlStates', 'sleep', 'wake', 'fish',
  'mount', 'dismount', 'moveVehicle', 'openBlock', 'openEntity', 'openContainer', 'openChest', 'openDispenser', 'openFurnace', 'openVillager',
  'openEnchantmentTable', 'openAnvil', 'trade', 'closeWindow', 'transfer', 'clickWindow', 'moveSlotItem', 'putAway', 'elytraFly'
])

/** Acts that wait until no reflex has the body: those that take time anyway. Digging and eating see to that by themselves. */
const WAITS_FOR_BODY = new Set([
  'placeBlock', 'placeEntity', 'activateBlock', 'activateEntity', 'activateEntityAt', 'craft', 'equip', 'unequip', 'toss', 'tossStack',
  'look', 'lookAt', 'sleep', 'fish', 'openBlock', 'openEntity', 'openContainer', 'openChest', 'openDispenser', 'openFurnace',
  'openVillager', 'openEnchantmentTable', 'openAnvil', 'transfer', 'clickWindow', 'moveSlotItem', 'putAway'
])

const WINDOW_READS = new Set([
  'items', 'count', 'slotsRange', 'containerItems', 'containerCount', 'findInventoryItem', 'findContainerItem', 'findItemRange',
  'findItemsRange', 'findItemRangeName', 'emptySlotCount', 'firstEmptySlotRange', 'firstEmptyHotbarSlot', 'firstEmptyInventorySlot',
  'firstEmptyContainerSlot', 'sumRange', 'inputItem', 'fuelItem', 'outputItem', 'targetItem'
])

const WINDOW_ACTS = new Set([
  'deposit', 'withdraw', 'close', 'putInput', 'putFuel', 'takeInput', 'takeFuel', 'takeOutput', 'putTargetItem', 'putLapis',
  'takeTargetItem', 'enchant', 'combine', 'rename', 'trade'
])

const MESSAGE_READS = new Set(['toString', 'getText', 'toMotd', 'length'])

const LISTENER_METHODS = new Set(['on', 'once', 'addListener', 'prependListener', 'prependOnceListener', 'off', 'removeListener'])

/** Calls whose arguments may hold functions: these ask, and are asked back before they return. */
const ASKING = new Set(['findBlock', 'findBlocks', 'nearestEntity', 'blockAtCursor', 'blockAtEntityCursor'])

const EVENTS = new Set([
  // what is said
  'chat', 'whisper', 'actionBar', 'message', 'messagestr', 'title', 'title_times', 'title_clear',
  // the bot and its world
  'login', 'spawn', 'respawn', 'game', 'spawnReset', 'death', 'health', 'breath', 'experience', 'rain', 'weatherUpdate', 'time', 'kicked',
  'end', 'error', 'move', 'forcedMove', 'mount', 'dismount', 'physicsTick', 'physicTick', 'sleep', 'wake', 'heldItemChanged',
  'usedFirework', 'diggingCompleted', 'diggingAborted', 'windowOpen', 'windowClose',
  // entities and players
  'entitySwingArm', 'entityHurt', 'entityDead', 'entityTaming', 'entityTamed', 'entityShakingOffWater', 'entityEatingGrass',
  'entityHandSwap', 'entityWake', 'entityEat', 'entityCriticalEffect', 'entityMagicCriticalEffect', 'entityCrouch', 'entityUncrouch',
  'entityEquip', 'entitySleep', 'entitySpawn', 'entityElytraFlew', 'itemDrop', 'playerCollect', 'entityAttributes', 'entityGone',
  'entityMoved', 'entityDetach', 'entityAttach', 'entityUpdate', 'entityEffect', 'entityEffectEnd', 'playerJoined', 'playerUpdated',
  'playerLeft',
  // blocks and what is heard and seen there
  'blockUpdate', 'blockPlaced', 'blockBreakProgressObserved', 'blockBreakProgressEnd', 'chunkColumnLoad', 'chunkColumnUnload',
  'soundEffectHeard', 'hardcodedSoundEffectHeard', 'noteHeard', 'pistonMove', 'chestLidMove', 'particle',
  // scores
  'scoreboardCreated', 'scoreboardDeleted', 'scoreboardTitleChanged', 'scoreUpdated', 'scoreRemoved', 'scoreboardPosition',
  'teamCreated', 'teamRemoved', 'teamUpdated', 'teamMemberAdded', 'teamMemberRemoved', 'bossBarCreated', 'bossBarDeleted',
  'bossBarUpdated',
  // the path finder
  'goal_reached', 'goal_updated', 'path_update', 'path_reset', 'path_stop',
  // windows
  'updateSlot', 'close', 'open', 'update', 'ready'
])
const NAMED_EVENT = /^(?:blockUpdate:\(-?\d+, -?\d+, -?\d+\)|chat:\w+|updateSlot:\d+)$/

/** @param {PropertyKey} key */
const isDenied = key => typeof key !== 'string' || key.charCodeAt(0) === UNDERSCORE || DENIED_NAMES.has(key)

/** @param {string} event */
const isEvent = event => EVENTS.has(event) || NAMED_EVENT.test(event)

module.exports = {
  ASKING,
  BOT_ACTS,
  BOT_FIELDS,
  BOT_READS,
  EVENTS,
  LISTENER_METHODS,
  MESSAGE_READS,
  WAITS_FOR_BODY,
  WINDOW_ACTS,
  WINDOW_READS,
  isDenied,
  isEvent
}
