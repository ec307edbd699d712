import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { testDatabase } from './database.ts'
import { openProvince, type Province, type ProvinceOptions } from './open-province.ts'
import { provinceTemplate } from './province-template.ts'

export type { Province, ProvinceOptions } from './open-province.ts'

/** The seeded province with movable time, on a database of its own. */
export const aProvince = async (options: ProvinceOptions = {}): Promise<Province> => {
  const { poolSize = 8 } = options
  const database = await testDatabase({ template: await provinceTemplate(), poolSize })
  const folder = await mkdtemp(path.join(os.tmpdir(), 'mot-cua-files-'))
  const province = await openProvince(database, folder, options)
  return {
    ...province,
    close: async () => {
      await province.close()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
