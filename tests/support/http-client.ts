import http from 'node:http'

export type Reply = { status: number; body: string; headers: http.IncomingHttpHeaders; ms: number }
export type Call = {
  method?: 'GET' | 'POST'
  path: string
  cookie?: string
  body?: unknown
  headers?: Record<string, string>
}

export type HttpClient = {
  call: (call: Call) => Promise<Reply>
  /** The session cookie of a demo account. */
  signIn: (username: string) => Promise<string>
  close: () => void
}

/** Longer than any request may take; a server that lets one hang this long has failed. */
const PATIENCE_MS = 15_000

/** Plain keep-alive connections to one server; nothing is repeated behind the caller's back. */
export const createHttpClient = (base: string, connections = 64, patienceMs = PATIENCE_MS): HttpClient => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections })
  const call = ({ method = 'POST', path, cookie, body, headers = {} }: Call): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const started = performance.now()
      const text = body === undefined ? undefined : JSON.stringify(body)
      const request = http.request(`${base}/api${path}`, {
        method,
        agent,
        timeout: patienceMs,
        headers: {
          ...(cookie === undefined ? {} : { cookie }),
          ...(text === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
          ...headers,
        },
      })
      request.once('timeout', () => request.destroy(new Error('no answer in time')))
      request.once('error', reject)
      request.once('response', (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.once('error', reject)
        response.once('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            body: Buffer.concat(chunks).toString('utf8'),
            headers: response.headers,
            ms: performance.now() - started,
          }),
        )
      })
      request.end(text)
    })
  return {
    call,
    signIn: async (username) => {
      const reply = await call({
        path: '/auth/sign-in/username',
        body: { username, password: 'motcua-demo' },
      })
      if (reply.status !== 200)
        throw new Error(`${username} could not sign in: ${reply.status} ${reply.body}`)
      return (reply.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ')
    },
    close: () => agent.destroy(),
  }
}
