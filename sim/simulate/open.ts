import type { MovableClock } from '#platform/clock/clock.ts'
import { connect } from '#platform/db/connect.ts'
import { openProvince, type Province } from '../../tests/support/open-province.ts'

type Place = { url: string; files: string; clock: MovableClock }

/** The product on one database, opened again and again as by processes that follow one another. */
export const opener =
  ({ url, files, clock }: Place) =>
  async (onStatement: () => void): Promise<Province> => {
    const database = { ...connect({ url, poolSize: 4 }), url }
    const province = await openProvince(database, files, { clock, onStatement })
    return {
      ...province,
      close: async () => {
        await province.close()
        await database.close()
      },
    }
  }
