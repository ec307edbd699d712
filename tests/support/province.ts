import { rm } from 'node:fs/promises'
import { testDatabase } from './database.ts'
import { openProvince, type Province, type ProvinceOptions } from './open-province.ts'
import { provinceTemplate } from './province-template.ts'
import { temporaryFolder } from './temporary-folder.ts'

export type { Province, ProvinceOptions } from './open-province.ts'

/** The seeded province with movable time, on a database of its own. */
export const aProvince = async (options: ProvinceOptions = {}): Promise<Province> => {
  const { poolSize = 8 } = options
  const database = await testDatabase({ template: await provinceTemplate(), poolSize })
  const folder = await temporaryFolder('files')
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
