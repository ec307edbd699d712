import { Refusal } from '#platform/errors.ts'
import { type RequestContext, type Route, route } from '#platform/http/route.ts'
import * as contract from './contract.ts'
import type { CatalogueService } from './service.ts'

/** The province's whole catalogue is about 7 MB; twice a nation's fits. */
const IMPORT_LIMIT = 48 * 1024 * 1024

const firstFile = async (files: RequestContext['files']): Promise<string> => {
  for await (const file of files()) {
    const parts: Buffer[] = []
    let size = 0
    for await (const part of file.stream) {
      const bytes = Buffer.from(part)
      size += bytes.length
      if (size > IMPORT_LIMIT) throw new Refusal('platform.too-large', { limit: '48 MB' })
      parts.push(bytes)
    }
    return Buffer.concat(parts)
      .toString('utf8')
      .replace(/^\uFEFF/, '')
  }
  throw new Refusal('platform.malformed-request')
}

export const createCatalogueRoutes = (service: CatalogueService): Route[] => [
  route(contract.searchProcedures, (input) => service.search(input)),
  route(contract.getProcedure, (input) => service.get(input)),
  route(contract.listSituations, () => service.situations()),
  route(contract.listFields, () => service.fields()),
  route(contract.getProcedureAdministration, (input, { actor }) => service.administrationOf(input, actor)),
  route(contract.listVersionsInPreparation, (input, { actor }) => service.inPreparation(input, actor)),
  route(contract.getProcedureVersion, (input, { actor }) => service.readVersion(input, actor)),
  route(contract.editProcedureNames, (input, { actor }) => service.editNames(input, actor)),
  route(contract.setProcedureLimit, (input, { actor, idempotency }) =>
    service.setLimit(input, actor, idempotency),
  ),
  route(contract.markComponent, (input, { actor }) => service.markComponent(input, actor)),
  route(contract.draftVersion, (input, { actor, idempotency }) => service.draft(input, actor, idempotency)),
  route(contract.checkVersion, (input, { actor }) => service.check(input, actor)),
  route(contract.publishVersion, (input, { actor }) => service.publish(input, actor)),
  route(contract.repealVersion, (input, { actor }) => service.repeal(input, actor)),
  route(contract.importProcedures, async (_input, { actor, files }) =>
    service.importFile(await firstFile(files), actor),
  ),
]
