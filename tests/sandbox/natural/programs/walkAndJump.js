async function walkAndJump () {
  const from = bot.entity.position.clone()
  await bot.lookAt(from.offset(0, 1.62, 10), true)
  bot.setControlState('forward', true)
  bot.setControlState('sprint', true)
  bot.setControlState('jump', true)
  await bot.waitForTicks(20)
  const states = { forward: bot.getControlState('forward'), back: bot.controlState.back }
  bot.clearControlStates()
  await bot.waitForTicks(20)
  const to = bot.entity.position
  return { moved: Math.round(to.distanceTo(from)), along: Math.round(to.minus(from).z), states, ground: bot.entity.onGround, still: bot.entity.velocity.x === 0 }
}
