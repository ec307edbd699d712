import type { Row } from '../row.ts'
import { anyone, NOBODY } from './shared.ts'

/** Uploaded files. */
export const DOCUMENTS: Readonly<Record<string, Row>> = {
  'documents.upload-file': anyone(
    () => ({ method: 'POST', url: '/files', body: {} }),
    ['platform.malformed-request'],
  ),
  'documents.read-file': anyone(
    () => ({ method: 'GET', url: `/files/${NOBODY}` }),
    ['documents.file-not-found'],
  ),
}
