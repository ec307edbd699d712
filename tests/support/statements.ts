import pg from 'pg'

/** How many statements this process sends while the work is done, whatever connection they take. */
export const countStatements = async <T>(work: () => Promise<T>): Promise<{ result: T; count: number }> => {
  const send = pg.Client.prototype.query
  let count = 0
  // The driver's own method, with whatever it is given; only the call is counted.
  pg.Client.prototype.query = function counted(this: pg.Client, ...given: unknown[]) {
    count += 1
    return Reflect.apply(send, this, given)
  } as typeof send
  try {
    const result = await work()
    return { result, count }
  } finally {
    pg.Client.prototype.query = send
  }
}

export type Statement = { text: string; values: unknown[] }

/**
 * Writes down what is sent on the connections that a pool opens from now on. The driver's `query` is overloaded; Kysely calls it
 * with the text and its values, and what others send in other forms is not written down.
 */
export const watchStatements = (pool: pg.Pool, seen: (statement: Statement) => void): void => {
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>
    client.query = ((...args: unknown[]) => {
      const [text, values] = args
      if (typeof text === 'string') seen({ text, values: Array.isArray(values) ? values : [] })
      return query(...args)
    }) as typeof client.query
  })
}
