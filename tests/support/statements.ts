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
