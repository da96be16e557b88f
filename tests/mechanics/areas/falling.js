'use strict'

const assert = require('node:assert/strict')

module.exports = {
  title: 'Damage by falling',
  mechanics: [
    {
      name: 'A fall hurts by its height',
      here: 'as vanilla',
      expectation: 'a fall of ten blocks costs seven half hearts, one of three none',
      source: 'minecraft.wiki/w/Damage#Fall_damage',
      play: async (/** @type {import('../stage').Stage} */ stage) => {
        const { bot } = stage
        await stage.operate('teleport', stage.at(0.5, 10, 0.5))
        await stage.until(() => bot.health < 20, 'the fall to hurt')
        assert.equal(bot.health, 13)
      }
    }
  ]
}
