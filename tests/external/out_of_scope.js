'use strict'
/** External tests that ask for what this world does not have, each with the reason. */

/** @type {Record<string, string>} */
const OUT_OF_SCOPE = {
  anvil: 'there are no anvils; Mineflayer itself leaves the test out',
  book: 'books are not written here; Mineflayer itself leaves the test out',
  bossBar: 'there are no boss bars',
  commandBlock: 'there are no command blocks',
  complete: 'nothing is completed for clients: the commands are for tests',
  digEverything: 'thousands of blocks; Mineflayer itself leaves the test out',
  elytra: 'there are no wings and rockets to fly with',
  enchanting: 'there are no enchanting tables',
  nether: 'there is no Nether',
  particles: 'clients are shown no particles',
  placeEntity: 'no boats, minecarts and crystals are placed; Mineflayer itself leaves the test out',
  scoreboard: 'there are no scoreboards',
  sound: 'its note block is played by redstone, which carries no power here',
  team: 'there are no teams',
  trade: 'there are no villagers'
}

module.exports = { OUT_OF_SCOPE }
