import { z } from 'zod'
import {
  Applicant,
  base,
  Component,
  Count,
  Dong,
  Duration,
  dossierBase,
  Fee,
  Identity,
  Instant,
  LegalDay,
  Line,
  Prose,
  Signer,
  Tracking,
} from './parts.ts'

/** A dossier in a list, with its bar code beside it. */
const ListedDossier = z.object({
  dossierCode: Line,
  procedure: Prose.describe('Official name'),
  applicant: Line.describe('Owner of the dossier'),
})
const listOf = <T extends z.ZodType>(row: T) => z.array(row).min(1).max(500)
const Recipients = z.array(Line).max(20).default([])
/** A paper that is handed back or lost: what it is and how many. */
const NamedPaper = z.object({ name: Prose, quantity: Line.nullable().default(null) })

/** Who gives or takes a batch: the office and, when known, the person. */
const Side = z.object({ unit: Line, person: Line.nullable().default(null) })

/** Giấy bàn giao hồ sơ: paper dossiers go from the centre to an agency or on between agencies, two signed copies. */
export const HandoverSheetData = z.object({
  ...base,
  number: Line,
  code: Line.describe('Of the sheet itself, in its bar code: one scan opens the whole sheet'),
  from: Side,
  to: Side,
  handedAt: Instant.nullable().default(null).describe('null: written by hand when the batch changes hands'),
  receivedAt: Instant.nullable().default(null),
  purpose: Prose.nullable().default(null),
  copies: z
    .array(z.enum(['giver', 'receiver']))
    .min(1)
    .max(2)
    .default(['giver', 'receiver']),
  rows: listOf(
    ListedDossier.extend({
      sets: z.number().int().positive().max(99).default(1),
      papers: Count.nullable().default(null).describe('How many papers lie in the dossier'),
      receivedOn: LegalDay,
      dueAt: Instant.nullable().default(null),
      note: Prose.nullable().default(null),
    }),
  ),
})

/** Phiếu bàn giao kết quả: results go from the agency to the centre that returns them (NĐ 118/2025 Đ22). */
export const ResultHandoverData = z.object({
  ...base,
  number: Line,
  code: Line,
  from: Side,
  to: Side,
  handedAt: Instant.nullable().default(null),
  rows: listOf(
    ListedDossier.extend({
      result: Prose.describe('What the result is, with number and day'),
      address: Prose.nullable().default(null),
      feeDue: z.boolean().default(false).describe('A fee is to be collected before it is handed over'),
      post: z.boolean().default(false).describe('Goes to the applicant by post'),
      note: Prose.nullable().default(null),
    }),
  ),
})

/** Giấy biên nhận trả kết quả: who took which results, and when. */
export const ResultReceiptData = z.object({
  ...dossierBase,
  returnedAt: Instant,
  results: z
    .array(
      z.object({
        name: Prose,
        number: Line.nullable().default(null),
        day: LegalDay.nullable().default(null),
        originals: Count.default(1),
      }),
    )
    .min(1)
    .max(100),
  returnedPapers: z.array(Prose).max(100).default([]),
  receiver: z.object({
    name: Line,
    identity: Identity.nullable().default(null),
    authorised: z.boolean().default(false),
  }),
  officer: Line,
  tracking: Tracking,
})

/**
 * Giấy tiếp nhận nhiều hồ sơ: one person hands in many dossiers at once. It is the minutes of the hand-over too; with a postal
 * worker, signing it is the moment of submission (QĐ 45/2016/QĐ-TTg).
 */
export const BatchReceiptData = z.object({
  ...base,
  number: Line,
  desk: Line,
  submitter: Applicant,
  receivedAt: Instant,
  copies: z
    .array(z.enum(['archive', 'applicant']))
    .min(1)
    .max(2)
    .default(['archive', 'applicant']),
  rows: listOf(
    ListedDossier.extend({
      sets: z.number().int().positive().max(99).default(1),
      papers: Count.nullable().default(null),
      dueAt: Instant.nullable().default(null),
      fee: Dong.nullable().default(null).describe('null: not fixed yet'),
      pin: Line.nullable().default(null),
    }),
  ),
  officer: Line,
  hotline: Line.nullable().default(null),
  note: Prose.nullable().default(null),
})

/** Quá trình xử lý: the dossier's history as it stands, for the file or the applicant. */
export const ProgressData = z.object({
  ...dossierBase,
  receivedAt: Instant,
  dueAt: Instant.nullable().default(null),
  state: Line.describe('In words'),
  responsible: Line,
  entries: z
    .array(
      z.object({
        at: Instant,
        what: Line,
        by: Line.nullable().default(null),
        detail: Prose.nullable().default(null),
      }),
    )
    .max(2_000),
  officer: Line,
})

/** Phiếu hướng dẫn: what to bring, where, how long it takes and what it costs; before there is a dossier. */
export const GuidanceData = z.object({
  ...base,
  procedure: z.object({ code: Line, name: Prose, case: Line.nullable().default(null) }),
  components: z
    .array(Component.extend({ mandatory: z.boolean().default(true), note: Prose.nullable().default(null) }))
    .max(300),
  where: z.array(Prose).min(1).max(20).describe('Places and ways to hand in'),
  duration: Duration,
  fees: z.array(Fee).max(50).nullable().default(null),
  legalBases: z.array(Prose).max(50).default([]),
  officer: Line,
  tracking: z.object({ url: z.url().max(300), hotline: Line.nullable().default(null) }),
})

/** Biên bản trả lại hồ sơ: papers go back to an applicant who withdrew, was stopped or did not complete (NĐ 118/2025 Đ21). */
export const ReturnMinutesData = z.object({
  ...dossierBase,
  number: Line,
  returnedAt: Instant,
  reason: Prose,
  requestedOn: LegalDay.nullable().default(null).describe('Day of the written request, when withdrawn'),
  papers: z.array(NamedPaper).max(200),
  feeHandling: Prose.nullable().default(null),
  receiver: z.object({ name: Line, identity: Identity.nullable().default(null) }),
  officer: Line,
})

/** Phiếu chuyển xử lý: a dossier goes on to the next agency, with its work and time limit (NĐ 118/2025 Đ19(4), Đ20(2)). */
export const TransferSlipData = z.object({
  ...dossierBase,
  number: Line,
  from: Line,
  to: Line,
  role: z.enum(['lead', 'participant', 'consulted']).default('participant'),
  work: Prose,
  sentAt: Instant,
  dueAt: Instant.nullable().default(null),
  finalDueAt: Instant.nullable().default(null).describe('Appointment of the whole dossier'),
  limit: Line.nullable().default(null).describe('In words, e.g. 24 giờ làm việc'),
  attachments: z.array(Prose).max(100).default([]),
  recipients: Recipients,
  officer: Line,
})

/** Biên bản sai sót kết quả: what is wrong, until when it is put right (three working days, NĐ 118/2025 Đ23(1)), and the right one. */
export const ResultErrorData = z.object({
  ...dossierBase,
  number: Line,
  reportedAt: Instant,
  reporter: Line,
  result: z.object({
    name: Prose,
    number: Line.nullable().default(null),
    day: LegalDay.nullable().default(null),
  }),
  error: Prose,
  correctBy: Instant.nullable().default(null),
  corrected: z
    .object({ number: Line, day: LegalDay, at: Instant, cause: Prose.nullable().default(null) })
    .nullable()
    .default(null),
  officer: Line,
})

/** Papers of an applicant are lost or damaged: what happened, what is done about it, with an apology. */
export const LostPapersData = z.object({
  ...dossierBase,
  number: Line,
  foundAt: Instant,
  papers: z.array(NamedPaper).min(1).max(200),
  circumstances: Prose,
  holder: Line.nullable().default(null).describe('Unit that held them'),
  remedy: Prose,
  remedyBy: LegalDay.nullable().default(null),
  recipients: Recipients,
  signer: Signer,
})

/** Thông báo nộp nghĩa vụ tài chính: what to pay, why, how; the clock stands still meanwhile. */
export const PaymentNoticeData = z.object({
  ...dossierBase,
  number: Line,
  items: z
    .array(z.object({ name: Prose, amount: Dong }))
    .min(1)
    .max(50),
  legalBasis: Prose,
  deadline: LegalDay.nullable().default(null),
  ways: z.array(Prose).max(10).default([]),
  officer: Line,
  tracking: Tracking,
})

/** Báo cáo hồ sơ quá hạn of a unit at a moment. */
export const OverdueReportData = z.object({
  ...base,
  scope: Line.describe('Unit or centre that is reported on'),
  at: Instant,
  rows: z
    .array(
      ListedDossier.extend({
        submitter: Line,
        receivedOn: LegalDay,
        dueAt: Instant,
        lateDays: Count.describe('Working days late'),
        state: Line.describe('Where it is, in words'),
        holder: Line.nullable().default(null),
        note: Prose.nullable().default(null),
      }),
    )
    .max(5_000),
  officer: Line,
})

/** Sổ sử dụng con dấu thứ hai: which results carry an agency's seal that is kept at a centre, in a period. */
export const SealRegisterData = z.object({
  ...base,
  scope: Line.describe('Centre that keeps the seal'),
  agency: Line,
  seal: Line.describe('As the register names it'),
  keeper: Line,
  from: LegalDay,
  to: LegalDay,
  rows: z
    .array(
      ListedDossier.extend({
        at: Instant,
        result: Line.describe('Number and symbol'),
        resultOn: LegalDay,
        signer: Line.nullable().default(null),
        edition: Count,
        note: Prose.nullable().default(null),
      }),
    )
    .max(5_000),
  officer: Line,
})

/** Danh sách kết quả chưa nhận of a centre at a moment. */
export const UnclaimedResultsData = z.object({
  ...base,
  scope: Line,
  at: Instant,
  rows: z
    .array(
      ListedDossier.extend({
        phone: Line.nullable().default(null),
        result: Line.nullable().default(null),
        completedOn: LegalDay,
        waitingDays: Count,
        post: z.boolean().default(false),
        note: Prose.nullable().default(null),
      }),
    )
    .max(5_000),
  officer: Line,
})
