import { createHash } from 'node:crypto'
import { type Selectable, sql } from 'kysely'
import type { Db, Schema, Tx } from '#platform/db/connect.ts'
import type { HallDevice } from '../contract.ts'

export type DeviceRow = Omit<Selectable<Schema['hall_device']>, 'kind' | 'state' | 'width'> & {
  kind: HallDevice['kind']
  state: HallDevice['state']
  width: 576 | 384 | null
}

export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

export type DeviceWithNumbers = DeviceRow & { held: number }

/** Those in use, with how many numbers of the day each holds. */
export const devicesOf = async (db: Db, centre: string, day: string): Promise<DeviceWithNumbers[]> => {
  const { rows } = await sql<DeviceWithNumbers>`select d.*, coalesce((select sum(l.last - l.first + 1)
      from number_lease l where l.device_id = d.id and l.day = ${day}::date and l.closed_at is null), 0)::integer as held
    from hall_device d where d.centre_id = ${centre} and d.retired_at is null
    order by d.kind desc, d.name limit 200`.execute(db)
  return rows
}

const inUse = (db: Db) =>
  db.selectFrom('hall_device').selectAll().where('retired_at', 'is', null).$castTo<DeviceRow>()

export const findDevice = (db: Db, id: string): Promise<DeviceRow | undefined> =>
  inUse(db).where('id', '=', id).executeTakeFirst()

export const findDeviceByToken = (
  db: Db,
  kind: DeviceRow['kind'],
  token: string,
): Promise<DeviceRow | undefined> =>
  inUse(db).where('token_hash', '=', hashOf(token)).where('kind', '=', kind).executeTakeFirst()

/** One report, one merge and one lease of a device at a time, in whichever process they arrive. */
export const lockDeviceByToken = (
  tx: Tx,
  kind: DeviceRow['kind'],
  token: string,
): Promise<DeviceRow | undefined> =>
  inUse(tx)
    .where('token_hash', '=', hashOf(token))
    .where('kind', '=', kind)
    .forNoKeyUpdate()
    .executeTakeFirst()

export const insertDevice = (
  tx: Tx,
  device: Pick<DeviceRow, 'id' | 'centre_id' | 'kind' | 'name' | 'width' | 'registered_at' | 'registered_by'>,
  token: string,
): Promise<DeviceRow> =>
  tx
    .insertInto('hall_device')
    .values({ ...device, token_hash: hashOf(token) })
    .returningAll()
    .$castTo<DeviceRow>()
    .executeTakeFirstOrThrow()

export type DevicePatch = Partial<
  Pick<
    DeviceRow,
    | 'token_hash'
    | 'retired_at'
    | 'seen_at'
    | 'state'
    | 'state_since'
    | 'queued'
    | 'doubtful'
    | 'clock_behind_ms'
  >
>

export const updateDevice = (tx: Tx, id: string, patch: DevicePatch): Promise<DeviceRow> =>
  tx
    .updateTable('hall_device')
    .set(patch)
    .where('id', '=', id)
    .returningAll()
    .$castTo<DeviceRow>()
    .executeTakeFirstOrThrow()
