'use strict'
// Commands of the server, through every way in which a program may send text.

/** What a server would take for a command, or run when somebody clicks on it. */
const isCommand = ({ name, content }) => name === 'chat_command' ||
  (name === 'chat_message' && /^[\s\p{C}\p{Z}]*\//u.test(content.message)) ||
  (/sign|name_item/.test(name) && /[/\\]|run_command/.test(JSON.stringify(content).replace(/\\\\/g, '\\')))

const commanding = (name, source) => ({
  name: `a command ${name}`,
  defence: 'text_guard',
  source,
  held: (_, { packets }) => !packets.some(isCommand) || 'the server got it'
})

const SIGN = `const sign = await (async () => {
  for (let tick = 0; tick < 60; tick++) {
    const found = bot.findBlock({ matching: bot.registry.blocksByName.oak_sign.id, maxDistance: 6 })
    if (found) return found
    await bot.waitForTicks(1)
  }
})();`

module.exports = [
  commanding('in chat', 'bot.chat("/give @s diamond")'),
  commanding('in chat after spaces', 'bot.chat("   /give @s diamond")'),
  commanding('in chat after a tab', 'bot.chat("\\t/give @s diamond")'),
  commanding('in chat after a line break', 'bot.chat("\\n/give @s diamond")'),
  commanding('in the second line of a chat', 'bot.chat("hello\\n/give @s diamond")'),
  commanding('in chat after a carriage return', 'bot.chat("\\r/give @s diamond")'),
  commanding('in chat after a space of no width', 'bot.chat("\\u200b/give @s diamond")'),
  commanding('in chat after a space that does not break', 'bot.chat("\\u00a0/give @s diamond")'),
  commanding('in chat after an ideographic space', 'bot.chat("\\u3000/give @s diamond")'),
  commanding('in chat after a mark of byte order', 'bot.chat("\\ufeff/give @s diamond")'),
  commanding('in chat after a zero', 'bot.chat("\\u0000/give @s diamond")'),
  commanding('in chat after a turn of direction', 'bot.chat("\\u202e/give @s diamond")'),
  commanding('at the cut of a long chat', 'bot.chat("x".repeat(256) + "/give @s diamond")'),
  commanding('in a whisper', 'bot.whisper("somebody", "hello\\n/give @s diamond")'),
  commanding('in the name of a whisper', 'bot.whisper("somebody hi\\n/give @s diamond\\n", "hello")'),
  commanding('before the name of a whisper', 'bot.whisper("\\n/give @s", "diamond")'),
  { ...commanding('on a sign', `${SIGN} bot.updateSign(sign, "/give @s diamond"); await bot.waitForTicks(2)`), beside: 'oak_sign' },
  { ...commanding('on the last line of a sign', `${SIGN} bot.updateSign(sign, "a\\nb\\nc\\n/op hostile"); await bot.waitForTicks(2)`), beside: 'oak_sign' },
  { ...commanding('behind a click on a sign', `${SIGN} bot.updateSign(sign, '{"click":"/op hostile"}'); await bot.waitForTicks(2)`), beside: 'oak_sign' }
]
