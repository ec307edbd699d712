import { localDateOf } from '#platform/time/vietnam.ts'
import type { PaperData } from '../paper-data.ts'
import { dayInWords, identityInWords, two } from './words.ts'

/** One paper as the template sees it: every value already in words. `code` and `link` are also drawn as bars and QR. */
export type Printed = Record<string, unknown>

type DossierPaper = Pick<
  PaperData<'form-02'>,
  'letterhead' | 'issuedAt' | 'sample' | 'applicant' | 'procedure'
> & {
  dossierCode: string | null
}

export const head = ({
  letterhead,
  issuedAt,
  sample,
}: Pick<DossierPaper, 'letterhead' | 'issuedAt' | 'sample'>) => ({
  head: letterhead,
  date: dayInWords(localDateOf(new Date(issuedAt))),
  sample,
})

export const applicantLines = (applicant: DossierPaper['applicant']) => ({
  owner: applicant.name,
  submitter: applicant.representative ?? applicant.name,
  address: applicant.address ?? '',
  contacts: [
    applicant.identity && identityInWords(applicant.identity),
    applicant.phone && `Số điện thoại: ${applicant.phone}`,
    applicant.email && `Email: ${applicant.email}`,
  ].filter((part) => part !== null && part !== ''),
})

export const dossierHead = (data: DossierPaper) => ({
  ...head(data),
  code: data.dossierCode,
  running: data.dossierCode ? `Mã hồ sơ ${data.dossierCode}` : '',
  ...applicantLines(data.applicant),
  procedure: `${data.procedure.name} (mã ${data.procedure.code})`,
})

export const bookInWords = (book: { volume: number; number: number } | null): string =>
  book ? `Quyển số ${two(book.volume)}, Số thứ tự ${String(book.number).padStart(4, '0')}` : ''

/** What a person takes home: how to follow the dossier. */
export const follow = ({
  tracking,
}: {
  tracking: { url: string; pin?: string | null; hotline: string | null }
}) => ({
  link: tracking.url,
  pin: tracking.pin ?? '',
  hotline: tracking.hotline ?? '',
})
