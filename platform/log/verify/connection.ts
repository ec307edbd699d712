import pg from 'pg'

/** One snapshot for all threads, so that a log that grows meanwhile is seen at one moment. */
export const openVerifyClient = async (url: string, snapshot?: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url, application_name: 'mot-cua-verify-log' })
  // Positions and sizes stay below 2^53 by constraint.
  client.setTypeParser(pg.types.builtins.INT8, Number)
  await client.connect()
  await client.query('begin isolation level repeatable read read only')
  if (snapshot) await client.query(`set transaction snapshot '${snapshot}'`)
  // Blocks are ranges of the index on positions; a plan that sorts or scans everything would do so for each of them.
  await client.query(
    `set local enable_seqscan = off; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`,
  )
  return client
}

export const exportSnapshot = async (client: pg.Client): Promise<string> => {
  const { rows } = await client.query<{ snapshot: string }>('select pg_export_snapshot() as snapshot')
  return rows[0]?.snapshot ?? ''
}
