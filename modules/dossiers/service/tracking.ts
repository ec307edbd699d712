import { sql } from 'kysely'
import type { Tree } from '#modules/organisation/rules.ts'
import type { TaskRow } from '#modules/workflow/index.ts'
import type { Step } from '#modules/workflow/rules.ts'
import type { Db } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import { toLocalIso } from '#platform/time/vietnam.ts'
import type { Tracking } from '../contract/tracking.ts'
import type { Pace } from '../contract/vocabulary.ts'
import { groupOf } from '../rules/group.ts'
import { isLate } from '../rules/lateness.ts'
import { ENDED, lastFour, maskNumber, statusOf, WAITING_FOR_APPLICANT } from '../rules.ts'
import { type DossierRow, findDossier } from '../store/dossiers.ts'
import { findExplanation } from '../store/lateness.ts'
import { dossierDeadline, isExtended } from './deadline.ts'
import type { DossierDeps } from './deps.ts'
import { type Member, membersWithChildren } from './groups.ts'
import { publicReason } from './lateness.ts'
import { stepsShown } from './steps-shown.ts'
import { isOpen } from './summaries.ts'
import { momentWords } from './words.ts'

/** Six digits are a million; ten guesses in a quarter of an hour leave them safe. */
const GUESSES = 10
const LOCK_MINUTES = 15

const CITIZEN_TITLES: Readonly<Record<Step['action'], { vi: string; en: string }>> = {
  transfer: { vi: 'Tiếp nhận, chuyển hồ sơ', en: 'Received and transferred' },
  assign: { vi: 'Phân công người giải quyết', en: 'Assigned to an officer' },
  appraise: { vi: 'Thẩm định hồ sơ', en: 'Appraisal' },
  review: { vi: 'Phòng chuyên môn kiểm tra', en: 'Checked by the section' },
  approve: { vi: 'Lãnh đạo ký duyệt', en: 'Signed by the head' },
  issue: { vi: 'Vào sổ, phát hành kết quả', en: 'Result registered and issued' },
  return: { vi: 'Trả kết quả', en: 'Result handed over' },
}

type SupplementItems = { items: { what: string; reason: string }[] }

export const createTracking = (deps: DossierDeps) => {
  const matchesSecret = (dossier: DossierRow, secret: string): boolean => {
    const digits = secret.replace(/\D/g, '')
    const numbers = [
      dossier.owner_number,
      dossier.owner_phone,
      dossier.submitter?.personalId,
      dossier.submitter?.phone,
    ]
    // Names of organisations have no digits: their tax code and phone count, and always the PIN.
    return (
      secret === dossier.pin ||
      (digits.length === 4 && numbers.some((number) => number && lastFour(number) === digits))
    )
  }

  const timelineOf = async (
    dossier: DossierRow,
    tasks: readonly TaskRow[],
    tree: Tree,
  ): Promise<Tracking['timeline']> => {
    const graph = dossier.process_version
      ? (await deps.workflow.graphsOf(deps.db, [dossier.process_version])).get(dossier.process_version)
      : undefined
    if (!graph) return []
    const place = (unit: string) => tree.units.get(unit)?.name ?? unit
    return stepsShown(graph, tasks).map((step) => {
      const last = tasks.filter((task) => task.step === step.id && task.outcome !== 'cancelled').at(-1)
      const unit =
        last?.unit ??
        step.agency ??
        {
          receivingCentre: dossier.receiving_centre,
          resolvingAgency: dossier.resolving_unit,
          returningPlace: dossier.returning_centre,
        }[step.place]
      const current = last !== undefined && isOpen(last)
      const done = last?.outcome === 'completed'
      const expected = step.action === 'return' ? dossier.due_at : (last?.dueAt ?? null)
      return {
        title: CITIZEN_TITLES[step.action],
        place: place(unit),
        state: done ? 'done' : current ? 'current' : 'expected',
        at:
          last?.closedAt && done
            ? toLocalIso(last.closedAt)
            : last && current
              ? toLocalIso(last.openedAt)
              : null,
        expected: done || !expected ? null : toLocalIso(expected),
        note: null,
      }
    })
  }

  /** Of a group its procedures, each with the code of its own dossier, and the one hand-over at the end. */
  const groupTimeline = (
    group: DossierRow,
    members: readonly Member[],
    tree: Tree,
  ): NonNullable<Tracking['timeline']> => {
    const placeOf = (unit: string): string => tree.units.get(unit)?.name ?? ''
    const steps = members.map((member): NonNullable<Tracking['timeline']>[number] => {
      const { child } = member
      const words = groupOf(group.procedure_code)?.members.find(({ key }) => key === member.key)?.name
      const done = member.state === 'done' || member.state === 'dropped'
      const end = child?.completed_at ?? child?.accepted_at ?? null
      return {
        title: words ?? { vi: member.name, en: member.name },
        place: child ? placeOf(child.resolving_unit) : '',
        state: done ? 'done' : member.state === 'waiting' ? 'expected' : 'current',
        at: end && toLocalIso(end),
        expected: done || !child?.due_at ? null : toLocalIso(child.due_at),
        note: noteOf(member),
      }
    })
    const returned = group.returned_at
    return [
      ...steps,
      {
        title: CITIZEN_TITLES.return,
        place: placeOf(group.returning_centre),
        state: returned ? 'done' : group.state === 'COMPLETED' ? 'current' : 'expected',
        at: returned ? toLocalIso(returned) : null,
        expected: returned || !group.due_at ? null : toLocalIso(group.due_at),
        note: null,
      },
    ]
  }

  const nextFor = (dossier: DossierRow, tree: Tree, now: Date): NonNullable<Tracking['next']> => {
    const centre = tree.units.get(dossier.returning_centre)?.name ?? ''
    if (statusOf(dossier) === 'REFUSED') return afterRefusal(dossier, centre)
    const until = dossier.supplement_deadline ? momentWords(dossier.supplement_deadline) : ''
    switch (dossier.state) {
      case 'INTAKE_SUPPLEMENT':
      case 'SUPPLEMENT':
        return {
          kind: 'supplement',
          vi: `Mang các giấy tờ dưới đây đến trung tâm trước ${until}. Quá ngày này hồ sơ được đóng.`,
          en: `Bring the papers below to a centre before ${until}. After that day the dossier is closed.`,
        }
      case 'AWAITING_PAYMENT':
        return {
          kind: 'pay',
          vi: `Nộp ${(dossier.payment_amount ?? 0).toLocaleString('vi-VN')} đ theo thông báo. Hồ sơ được giải quyết tiếp ngay sau khi nộp.`,
          en: `Pay ${(dossier.payment_amount ?? 0).toLocaleString('en')} đ as notified. Work goes on as soon as it is paid.`,
        }
      case 'COMPLETED':
        return dossier.return_way === 'counter'
          ? {
              kind: 'collect',
              vi: `Đã có kết quả. Ông/bà mang Giấy tiếp nhận hoặc căn cước đến ${centre} để nhận.`,
              en: `The result is ready. Bring the slip or your card to ${centre}.`,
            }
          : {
              kind: 'nothing',
              vi: 'Đã có kết quả, đang gửi tới ông/bà.',
              en: 'The result is ready and on its way to you.',
            }
      case 'RETURNED':
        return {
          kind: 'done',
          vi: 'Kết quả đã trao. Ông/bà không cần làm gì thêm.',
          en: 'The result was handed over. Nothing is left to do.',
        }
      case 'RESULT_ERROR':
        return {
          kind: 'nothing',
          vi: 'Chúng tôi đang sửa kết quả, chậm nhất 3 ngày làm việc.',
          en: 'We are correcting the result, within three working days.',
        }
      default:
        break
    }
    if (ENDED.includes(dossier.state)) {
      const right = dossier.right_authority ? ` Nơi có thẩm quyền: ${dossier.right_authority}.` : ''
      return {
        kind: 'ended',
        vi: `Hồ sơ đã kết thúc. ${dossier.ended_reason ?? ''}${right}`.trim(),
        en: `The dossier has ended. ${dossier.ended_reason ?? ''}`.trim(),
      }
    }
    const phone = dossier.owner_phone ? ` tới số ${maskNumber(dossier.owner_phone)}` : ''
    // Nobody is promised to hear before a delay that has come.
    const late = dossier.due_at !== null && now > dossier.due_at
    return {
      kind: 'nothing',
      vi: `Ông/bà chưa cần làm gì. Có kết quả, chúng tôi báo ngay${phone}.${late ? '' : ' Nếu chậm, ông/bà được báo trước và biết lý do.'}`,
      en: `Nothing to do now. We tell you as soon as the result is ready${late ? '.' : '; if we are late you are told before, with the reason.'}`,
    }
  }

  const delayOf = async (dossier: DossierRow, pace: Pace): Promise<Tracking['delay']> => {
    if (isLate(pace) && !ENDED.includes(dossier.state)) return lateDelay(dossier)
    if (isExtended(dossier) && dossier.due_at) {
      const reason = dossier.extension_reason ?? ''
      return {
        reason: { vi: reason, en: reason },
        apology: {
          vi: `Chúng tôi xin lỗi và hẹn lại ${momentWords(dossier.due_at)}.`,
          en: `We apologise; the new date is ${momentWords(dossier.due_at, 'en')}.`,
        },
      }
    }
    return null
  }

  /** With the reason once the agency has given it, in words for the applicant: what officers wrote may name others. */
  const lateDelay = async (dossier: DossierRow): Promise<Tracking['delay']> => {
    const given = dossier.due_at && (await findExplanation(deps.db, dossier.id, dossier.due_at))
    if (given)
      return {
        reason: publicReason(given.reason_code),
        apology: {
          vi: 'Chúng tôi xin lỗi vì chậm trả kết quả.',
          en: 'We apologise for the delay.',
        },
      }
    return {
      reason: null,
      apology: {
        vi: 'Chúng tôi xin lỗi vì chậm trả kết quả. Cơ quan giải quyết phải nêu lý do.',
        en: 'We apologise for the delay. The agency has to give its reason.',
      },
    }
  }

  /** With the code alone only how far it is; with the second factor the path, the date and what to do. */
  const track = async (
    code: string,
    secret: string | undefined,
    language: 'vi' | 'en' = 'vi',
  ): Promise<Tracking> => {
    const dossier = await findDossier(deps.db, code)
    if (!dossier) throw new Refusal('dossiers.unknown', { code })
    const tasks = (await deps.workflow.tasksOfSubjects(deps.db, [dossier.id])).get(dossier.id) ?? []
    const tree = await deps.tree()
    const members = dossier.is_group ? await membersWithChildren(deps.db, dossier.id) : []
    const timeline = dossier.is_group
      ? groupTimeline(dossier, members, tree)
      : await timelineOf(dossier, tasks, tree)
    const completion = completionOf(dossier, timeline ?? [])
    if (secret === undefined || secret === '') return { code: dossier.code, completion }
    const now = deps.clock.now()
    await countAttempt(deps.db, dossier.id, now)
    if (!matchesSecret(dossier, secret)) throw new Refusal('dossiers.wrong-pin')
    await forgiveAttempt(deps.db, dossier.id)
    const calendar = await deps.calendarFor(dossier.receiving_centre)
    const deadline = dossierDeadline(calendar, dossier, now, language)
    // What a group's applicant has to do is what one of its procedures waits for.
    const asking = members.find(({ child }) => child && WAITING_FOR_APPLICANT.includes(child.state))?.child
    const waiting = asking ?? dossier
    const requested = waiting.supplement_items as SupplementItems | null
    const waits = waiting.state === 'SUPPLEMENT' || waiting.state === 'INTAKE_SUPPLEMENT'
    return {
      code: dossier.code,
      completion,
      state: dossier.state,
      status: statusOf(dossier),
      refusal: refusalOf(dossier, tasks),
      procedure: {
        code: dossier.procedure_code,
        name: dossier.procedure_name,
        officialName: dossier.procedure_official_name,
      },
      due: dossier.due_at && toLocalIso(dossier.due_at),
      deadline,
      receivedAt: toLocalIso(dossier.received_at),
      receivingCentre: tree.units.get(dossier.receiving_centre)?.name ?? '',
      returning: tree.units.get(dossier.returning_centre)?.name ?? '',
      timeline,
      next: nextFor(waiting, tree, now),
      ...(waits && requested
        ? { requested: requested.items.map(({ what, reason }) => ({ what, reason })) }
        : {}),
      until: waits && waiting.supplement_deadline ? toLocalIso(waiting.supplement_deadline) : null,
      delay: await delayOf(dossier, deadline.pace),
      phoneHint: dossier.owner_phone ? maskNumber(dossier.owner_phone) : null,
    }
  }

  return { track }
}

/** What is left to the applicant: the notice, a new dossier, a complaint within 90 days (Law on Complaints, Article 9). */
const afterRefusal = (dossier: DossierRow, centre: string): NonNullable<Tracking['next']> => {
  const notice =
    dossier.state === 'RETURNED'
      ? { vi: 'Văn bản từ chối đã trao.', en: 'The notice of refusal was handed over.' }
      : dossier.return_way === 'counter'
        ? {
            vi: `Nhận văn bản từ chối tại ${centre}. Ông/bà mang theo Giấy tiếp nhận hoặc căn cước.`,
            en: `Collect the notice of refusal at ${centre}. Bring the slip or your card.`,
          }
        : {
            vi: 'Văn bản từ chối đang được gửi tới ông/bà.',
            en: 'The notice of refusal is on its way to you.',
          }
  return {
    kind: 'refused',
    vi: `${notice.vi} Khi đã khắc phục lý do từ chối, ông/bà có thể nộp hồ sơ mới. Nếu không đồng ý, ông/bà có quyền khiếu nại trong 90 ngày kể từ ngày nhận văn bản.`,
    en: `${notice.en} Once the reason is removed you may hand in a new dossier. If you disagree, you may complain within 90 days of receiving the notice.`,
  }
}

/** The code by which the procedure's own dossier is found, or why there is nothing more to come. */
const noteOf = ({ child, state, reason }: Member): { vi: string; en: string } | null => {
  if (state === 'failed')
    return {
      vi: 'Chưa được giải quyết, chúng tôi sẽ liên hệ.',
      en: 'Without success yet; we will contact you.',
    }
  if (state === 'dropped') return { vi: `Không làm nữa: ${reason ?? ''}`, en: 'Left out' }
  return child ? { vi: `Mã hồ sơ ${child.code}`, en: `Dossier ${child.code}` } : null
}

/** The opinion with which the refusal was signed is its reason: without one it could not be signed. */
const refusalOf = (dossier: DossierRow, tasks: readonly TaskRow[]): Tracking['refusal'] => {
  if (statusOf(dossier) !== 'REFUSED') return null
  const signed = tasks.findLast(({ action, outcome }) => action === 'approve' && outcome === 'completed')
  return { reason: signed?.opinion ?? '' }
}

/** Steps done out of all; an ended dossier is all of its way, one that never started none. */
const completionOf = (dossier: DossierRow, timeline: NonNullable<Tracking['timeline']>): number => {
  if (ENDED.includes(dossier.state)) return 100
  if (timeline.length === 0) return 0
  return Math.round((timeline.filter(({ state }) => state === 'done').length / timeline.length) * 100)
}

/**
 * Counted before the secret is looked at, in one statement: a thousand guesses sent at once are numbered one after the other,
 * and only ten of them are compared.
 */
const countAttempt = async (db: Db, dossier: string, now: Date): Promise<void> => {
  const since = new Date(now.getTime() - LOCK_MINUTES * 60_000)
  const { rows } = await sql<{ failures: number; since: Date }>`
    insert into tracking_failure as f (dossier_id, failures, since) values (${dossier}, 1, ${now})
    on conflict (dossier_id) do update set
      failures = case when f.since <= ${since} then 1 else f.failures + 1 end,
      since = case when f.since <= ${since} then excluded.since else f.since end
    returning failures, since`.execute(db)
  const [counted] = rows
  if (!counted || counted.failures <= GUESSES) return
  const until = counted.since.getTime() + LOCK_MINUTES * 60_000
  throw new Refusal('dossiers.tracking-locked', { minutes: Math.ceil((until - now.getTime()) / 60_000) })
}

/** The right secret was no guess; those of others stay counted. */
const forgiveAttempt = (db: Db, dossier: string) =>
  sql`update tracking_failure set failures = failures - 1 where dossier_id = ${dossier} and failures > 0`.execute(
    db,
  )
