import type { Ask, Row } from '../row.ts'
import { anyone, NOBODY, REASON } from './shared.ts'

const catalogue = (ask: Ask, past: readonly string[] = []): Row => ({
  ask: () => ask,
  may: { roles: ['CATALOG_ADMIN'], any: true },
  denied: 'platform.forbidden',
  past,
})

/** Uploaded files. */
export const DOCUMENTS: Readonly<Record<string, Row>> = {
  'documents.list-paper-templates': catalogue({ method: 'GET', url: '/paper-templates' }),
  'documents.get-paper-template': catalogue({ method: 'GET', url: '/paper-templates/form-02' }),
  'documents.get-paper-template-source': catalogue({
    method: 'GET',
    url: '/paper-templates/form-02/versions/1/source',
  }),
  'documents.preview-paper-template': catalogue(
    { method: 'GET', url: '/paper-templates/form-02/versions/99/preview' },
    ['documents.unknown-template'],
  ),
  'documents.draft-paper-template': catalogue(
    {
      method: 'POST',
      url: '/paper-templates/form-02/versions',
      body: { source: '#eval("1")', legalBasis: { document: 'Quyết định', wordingFrom: 'Quyết định' } },
    },
    ['documents.template-forbidden-word'],
  ),
  'documents.publish-paper-template': catalogue(
    {
      method: 'POST',
      url: '/paper-templates/form-02/versions/1/publish',
      body: { effectiveFrom: '2099-01-01', decisionNumber: 'Quyết định' },
    },
    ['documents.template-not-a-draft'],
  ),
  'documents.withdraw-paper-template': catalogue(
    { method: 'POST', url: '/paper-templates/form-02/versions/1/withdraw', body: { reason: REASON } },
    ['documents.template-nothing-before'],
  ),
  'documents.upload-file': anyone(
    () => ({ method: 'POST', url: '/files', body: {} }),
    ['platform.malformed-request'],
  ),
  'documents.read-file': anyone(
    () => ({ method: 'GET', url: `/files/${NOBODY}` }),
    ['documents.file-not-found'],
  ),
}
