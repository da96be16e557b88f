async function vectorMath () {
  const a = new Vec3(1.5, 2, -3.25)
  const b = a.clone().scale(2).translate(0, 1, 0)
  const p = bot.entity.position
  const results = {
    plus: a.plus(b),
    minus: b.minus(a),
    floored: a.floored(),
    scaled: a.scaled(-1),
    offset: a.offset(1, 1, 1),
    distance: a.distanceTo(b),
    manhattan: a.manhattanDistanceTo(b),
    volume: new Vec3(2, 3, 4).volume(),
    equals: a.equals(new Vec3(1.5, 2, -3.25)),
    text: `${a}`,
    string: a.toString(),
    array: a.toArray(),
    norm: new Vec3(3, 0, 4).norm(),
    unit: new Vec3(0, 0, 5).unit(),
    cross: new Vec3(1, 0, 0).cross(new Vec3(0, 1, 0)),
    dot: a.dot(b),
    xz: a.xzDistanceTo(b),
    min: a.min(b),
    max: a.max(b),
    rounded: a.rounded(),
    abs: a.abs(),
    isVec: p instanceof Vec3,
    own: p.constructor.name
  }
  const moved = p.offset(0, 5, 0)
  moved.y += 1
  results.untouched = bot.entity.position.equals(p) && moved.y - p.y === 6
  results.axes = [...'xyz'].map((axis) => Math.round(p[axis]))
  return results
}
