// Keeps a paired kiosk's page for the time without network: a reload or a power cut still opens it. It stands outside the build,
// because a worker's address must not change. Only addresses under /kiosk/ are its own; nothing of a visitor is ever kept here.
const KEPT = 'mot-cua-kiosk-1'
const SHELL = '/kiosk/'
/** The server is given up for a page or a list after so long. */
const PATIENCE_MS = 4_000
/** Lists and procedures that visitors look at; the oldest go first. */
const MOST_ANSWERS = 400

const READS = [
  /^\/api\/centres\/[^/]+(\/(service-groups|hall))?$/,
  /^\/api\/(procedures|fields|situations)(\/|$)/,
]

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

const keep = async (key, answer) => {
  const kept = await caches.open(KEPT)
  await kept.put(key, answer)
  const answers = (await kept.keys()).filter(({ url }) => new URL(url).pathname.startsWith('/api/'))
  for (const old of answers.slice(0, Math.max(0, answers.length - MOST_ANSWERS))) await kept.delete(old)
}

/** What the page has loaded before the worker stood between: it is fetched once more, from the browser's own cache as a rule. */
self.addEventListener('message', (event) => {
  const addresses = Array.isArray(event.data?.keep) ? event.data.keep : []
  const keeping = async () => {
    const kept = await caches.open(KEPT)
    for (const address of [SHELL, ...addresses]) {
      if (address !== SHELL && (await kept.match(address))) continue
      const answer = await fetch(address).catch(() => undefined)
      if (answer?.ok) await kept.put(address, answer)
    }
  }
  event.waitUntil(keeping())
})

const fresh = async (request) => {
  const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) })
  if (answer.status >= 502) throw new Error(`the server answered ${answer.status}`)
  return answer
}

/** The server first; what was last known when it does not answer. */
const serverFirst = async (request, key) => {
  try {
    const answer = await fresh(request)
    if (answer.ok) await keep(key, answer.clone())
    return answer
  } catch (error) {
    const known = await caches.match(key, { ignoreVary: true })
    if (known) return known
    throw error
  }
}

/** Names of built files carry their hash: what is kept is what it was. */
const keptFirst = async (request) => {
  const known = await caches.match(request, { ignoreVary: true })
  if (known) return known
  const answer = await fetch(request)
  if (answer.ok) await keep(request, answer.clone())
  return answer
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (request.mode === 'navigate') event.respondWith(serverFirst(request, SHELL))
  else if (pathname.startsWith('/assets/')) event.respondWith(keptFirst(request))
  else if (READS.some((read) => read.test(pathname))) event.respondWith(serverFirst(request, request.url))
})
