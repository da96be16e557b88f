async function looksBehind () {
  return typeof bot._client
}
