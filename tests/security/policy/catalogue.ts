import type { Ask, Row } from '../row.ts'
import { NOBODY, REASON } from './shared.ts'

const catalogue = (ask: Ask, past: readonly string[] = []): Row => ({
  ask: () => ask,
  may: { roles: ['CATALOG_ADMIN'], any: true },
  denied: 'platform.forbidden',
  past,
})

/** Administration of procedures. */
export const CATALOGUE: Readonly<Record<string, Row>> = {
  'catalogue.get-procedure-administration': catalogue({
    method: 'GET',
    url: '/procedures/2.000815/administration',
  }),
  'catalogue.list-versions-in-preparation': catalogue({ method: 'GET', url: '/procedure-versions' }),
  'catalogue.get-procedure-version': catalogue({ method: 'GET', url: `/procedure-versions/${NOBODY}` }, [
    'catalogue.unknown-version',
  ]),
  'catalogue.edit-procedure-names': catalogue(
    { method: 'PUT', url: '/procedures/9.999999/names', body: { plainName: null, synonyms: [] } },
    ['catalogue.unknown-procedure'],
  ),
  'catalogue.set-procedure-limit': catalogue(
    {
      method: 'POST',
      url: '/procedures/9.999999/limits',
      body: {
        ...{ kind: 'LOCAL', amount: 1, unit: 'WORKING_DAY', decisionNo: '01/QĐ' },
        ...{ decisionDate: '2026-04-01', effectiveFrom: '2026-05-01' },
      },
    },
    ['catalogue.unknown-procedure'],
  ),
  'catalogue.mark-component': catalogue(
    {
      method: 'PUT',
      url: '/procedures/9.999999/components/x/mark',
      body: { mandatory: true, reason: REASON },
    },
    ['catalogue.unknown-procedure'],
  ),
  'catalogue.draft-version': catalogue(
    {
      method: 'POST',
      url: '/procedures/2.000815/versions',
      body: { decisionNo: '01/QĐ', decisionDate: '2026-04-01', record: {} },
    },
    ['platform.invalid-input'],
  ),
  'catalogue.check-version': catalogue(
    { method: 'POST', url: `/procedure-versions/${NOBODY}/check`, body: {} },
    ['catalogue.unknown-version'],
  ),
  'catalogue.publish-version': catalogue(
    {
      method: 'POST',
      url: `/procedure-versions/${NOBODY}/publish`,
      body: { effectiveFrom: '2026-05-01' },
    },
    ['catalogue.unknown-version'],
  ),
  'catalogue.repeal-version': catalogue(
    {
      method: 'POST',
      url: `/procedure-versions/${NOBODY}/repeal`,
      body: { effectiveTo: '2026-05-01', decisionNo: '01/QĐ' },
    },
    ['catalogue.unknown-version'],
  ),
  'catalogue.import-procedures': catalogue(
    {
      method: 'POST',
      url: '/procedures/import',
      body: '--x\r\nContent-Disposition: form-data; name="file"; filename="a.jsonl"\r\n\r\n\r\n--x--\r\n',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    },
    ['catalogue.import-unreadable'],
  ),
}
