import words from '#data/demo/words.json' with { type: 'json' }
import { lastWorkBeforeDueDay } from '#modules/calendar/rules.ts'
import type { Role, StaffActor } from '#modules/identity/contract.ts'
import { isWithin, mandateFor, onSiteAt } from '#modules/organisation/rules.ts'
import type { Step } from '#modules/workflow/rules.ts'
import { addDays, instantOf, localDateOf } from '#platform/time/vietnam.ts'
import { DAY, dueOf, dueTick } from './days.ts'
import type { Visit } from './intake.ts'
import type { Limit } from './offers.ts'
import type { Random } from './random.ts'
import {
  type ActFields,
  type Detour,
  type Doing,
  type Item,
  type Planned,
  REASON_CODES,
  type World,
} from './story.ts'
import type { WalkedStep } from './walk.ts'

/**
 * What officers do falls on every fourth moment, or on every second one where a day is all there is: more dossiers move side
 * by side then, and the product writes those together.
 */
const [TOGETHER, TOGETHER_IN_HASTE] = [4, 2]

const isRole = (role: string): role is Role => role !== ''

/** Writes one dossier's doings down in the order of time; nothing here happens yet. */
export const createNarrator = (
  world: World,
  random: Random,
  { visit, limit, detours }: { visit: Visit; limit: Limit; detours: readonly Detour[] },
) => {
  const { ticks, calendar, officers } = world
  const steps = world.stepsOf(visit.intake.procedure, limit)
  const { receivingCentre } = visit.intake
  const actions: Planned[] = []
  /** Officers who have a step in hand, by step: what comes back goes to them again. */
  const hands = new Map<string, StaffActor>()
  let cursor = -1
  let together = TOGETHER_IN_HASTE
  let clock = { start: 0, due: null as Date | null }

  const unitOf = ({ place, agency }: Pick<Step, 'place' | 'agency'>): string =>
    agency ?? (place === 'resolvingAgency' ? visit.unit : receivingCentre)

  const officer = (role: string, unit: string): StaffActor => {
    const able = isRole(role) ? officers.at(role, unit) : []
    if (able.length === 0) throw new Error(`nobody is ${role} at ${unit}`)
    return random.pick(able)
  }

  /** No sooner than asked, never two things at one moment. */
  const soonest = (tick: number): number =>
    Math.max(Math.ceil((cursor + 1) / together), Math.floor(tick / together)) * together

  const write = (tick: number, by: StaffActor, does: Doing): void => {
    cursor = does.kind === 'create' ? tick : soonest(tick)
    actions.push({ tick: cursor, by, does })
  }
  const act = (
    tick: number,
    by: StaffActor,
    action: Extract<Doing, { kind: 'act' }>['action'],
    input: ActFields = {},
  ): void => write(tick, by, { kind: 'act', action, input })

  const reception = officer('RECEPTION', receivingCentre)

  const startClock = (): void => {
    clock = { start: cursor, due: dueOf(calendar, ticks.at(cursor), limit) }
    together = dueAt() - cursor > 3 * DAY ? TOGETHER : TOGETHER_IN_HASTE
  }
  const dueAt = (): number => dueTick(world, clock.start, clock.due)

  const missingItems = (): Item[] => {
    const reason = random.pick(words.supplementReasons)
    if (visit.missing)
      return [{ component: visit.missing.id, what: visit.missing.name.slice(0, 300), reason }]
    const papers = visit.case?.components ?? []
    const paper = papers.length > 0 ? random.pick(papers) : undefined
    return [
      paper
        ? { component: paper.id, what: paper.name.slice(0, 300), reason }
        : { what: words.supplementFallback, reason },
    ]
  }
  const broughtNow = () =>
    visit.missing
      ? [
          {
            component: visit.missing.id,
            originals: 1,
            copies: 0,
            certifiedCopies: 0,
            status: 'present' as const,
            files: [],
          },
        ]
      : []

  const completionOf = (step: WalkedStep): Doing => {
    const opinions: Readonly<Record<string, readonly string[]>> = words.opinions
    const said = opinions[step.action]
    const needed = step.requires.includes('opinion')
    const opinion = said && (needed || random.chance(0.35)) ? random.pick(said) : undefined
    const decided = step.decision === null ? {} : { decision: step.decision }
    const base = {
      ...{ kind: 'complete' as const, step: step.id },
      ...(opinion ? { opinion } : {}),
      ...decided,
    }
    if (step.action === 'approve')
      return detours.includes('refused')
        ? { ...base, outcome: 'REFUSED', opinion: random.pick(words.refusals) }
        : { ...base, outcome: 'GRANTED' }
    if (step.action === 'issue') {
      const summary = detours.includes('refused')
        ? 'Thông báo không giải quyết hồ sơ'
        : 'Kết quả giải quyết thủ tục'
      return { ...base, result: { summary, scanned: random.chance(0.15) } }
    }
    return base
  }

  /** Who signs at the centre by a mandate of the agency, where it gave one for what is approved on the spot. */
  const signersOnSite = (step: Step): StaffActor[] => {
    const { signing } = world.tree
    const { procedure } = visit.intake
    const onSite = onSiteAt(signing, receivingCentre, procedure)
    if (step.action !== 'approve' || !onSite.includes('approve')) return []
    const what = { unit: unitOf(step), centre: receivingCentre, procedure, onSite }
    const inAgency = (unit: string, agency: string) => isWithin(world.tree, unit, agency)
    return [...signing.mandates.keys()].flatMap((account) =>
      mandateFor(signing, account, what, inAgency) ? (officers.byAccount(account) ?? []) : [],
    )
  }

  const handOf = (step: Step): StaffActor => {
    const known = hands.get(step.id)
    if (known) return known
    // Whoever received it passes it on; whoever approves is never the one who received it.
    const [signer] = signersOnSite(step)
    const chosen = step.action === 'transfer' ? reception : (signer ?? officer(step.role, unitOf(step)))
    hands.set(step.id, chosen)
    return chosen
  }

  const complete = (tick: number, step: WalkedStep): void => {
    const does = completionOf(step)
    const next = steps[steps.indexOf(step) + 1]
    if (step.action === 'assign' && next && does.kind === 'complete')
      write(tick, handOf(step), { ...does, assignee: handOf(next).id })
    else write(tick, handOf(step), does)
  }

  const firstOf = (action: Step['action']): WalkedStep | undefined =>
    steps.find((step) => step.action === action)

  /** What happens at a step besides completing it, each with its share of the step's time. */
  const beatsOf = (step: WalkedStep): ((tick: number) => void)[] => {
    const beats: ((tick: number) => void)[] = []
    const appraise = firstOf('appraise')
    if (step.action === 'appraise') {
      if (detours.includes('reassigned')) {
        const head = officers.at('UNIT_LEAD', unitOf(step))[0]
        const other = officers.at('SPECIALIST', unitOf(step)).find(({ id }) => id !== handOf(step).id)
        if (head && other) {
          const assignee = other.id
          const reason = random.pick(words.reassigns)
          beats.push((tick) => {
            write(tick, head, { kind: 'reassign', step: step.id, assignee, reason })
            hands.set(step.id, other)
          })
        }
      }
      if (random.chance(0.3)) beats.push((tick) => claim(tick, step))
      if (random.chance(0.12))
        beats.push((tick) =>
          write(tick, handOf(step), { kind: 'reveal', reason: random.pick(words.reveals) }),
        )
    }
    if (
      step.action === 'review' &&
      appraise &&
      step.canReturnTo.length > 0 &&
      detours.includes('sent-back')
    ) {
      const reason = random.pick(words.sendBacks)
      beats.push(
        (tick) =>
          write(tick, handOf(step), { kind: 'send-back', step: step.id, toStep: appraise.id, reason }),
        (tick) => complete(tick, appraise),
      )
    }
    const answers = step.then.map(
      (arrival) => (tick: number) => write(tick, handOf(step), { kind: 'deliver', ...arrival }),
    )
    return [...beats, (tick) => complete(tick, step), ...answers]
  }

  const claim = (tick: number, step: Step): void =>
    write(tick, handOf(step), { kind: 'claim', step: step.id })

  return {
    steps,
    visit,
    dueAt,
    act,
    claim,
    officer,
    unitOf,
    reception,
    firstOf,
    cursor: () => cursor,
    actions: () => actions,

    /** Accepted at the counter, or after having arrived by post or net, or after its papers were completed. */
    accept: (arrival: number): void => {
      if (detours.includes('submitted')) {
        write(arrival, reception, { kind: 'create', end: 'submitted' })
        act(arrival + random.int(2, 30), officer('RECEPTION', receivingCentre), 'accept')
      } else if (detours.includes('intake-supplement')) {
        write(arrival, reception, {
          kind: 'create',
          end: 'incomplete',
          items: missingItems(),
          legalBasis: words.intakeSupplementBasis,
        })
        act(arrival + random.int(DAY / 2, 6 * DAY), reception, 'complete-intake', {
          components: broughtNow(),
        })
      } else write(arrival, reception, { kind: 'create', end: 'accepted' })
      startClock()
    },
    submit: (arrival: number): void => write(arrival, reception, { kind: 'create', end: 'submitted' }),
    incomplete: (arrival: number): void =>
      write(arrival, reception, {
        kind: 'create',
        end: 'incomplete',
        items: missingItems(),
        legalBasis: words.intakeSupplementBasis,
      }),
    refuse: (arrival: number): void => {
      const { reasonCode: written, ...why } = random.pick(words.notAccepted)
      const reasonCode = REASON_CODES.find((code) => code === written) ?? 'OTHER'
      write(arrival, reception, { kind: 'create', end: 'refused', reasonCode, ...why })
    },

    /** Takes steps between two moments, each by its share of the hours. `until` itself is left open. */
    work: (from: number, until: number, end: number): void => {
      const start = cursor
      const todo = steps.slice(from, until).flatMap((step) => {
        const beats = beatsOf(step)
        const share = Math.max(step.hours ?? 4, 0.5) / beats.length
        return beats.map((beat) => ({ beat, share: share * (0.6 + random.next() * 0.8) }))
      })
      const total = todo.reduce((sum, { share }) => sum + share, 0)
      let passed = 0
      for (const { beat, share } of todo) {
        passed += share
        beat(start + ((end - start) * passed) / total)
      }
    },

    /** Asks for papers now; the applicant has 15 days. */
    askForPapers: (tick: number): void => {
      const step = firstOf('appraise')
      const by = step ? handOf(step) : officer('SPECIALIST', visit.unit)
      act(tick, by, 'request-supplement', { items: missingItems(), legalBasis: words.supplementBasis })
    },
    receivePapers: (tick: number): void => {
      act(tick, reception, 'receive-supplement', { components: [] })
      startClock()
    },
    askForPayment: (tick: number): void => {
      const { amounts, legalBasis } = words.payment
      const step = firstOf('appraise')
      const by = step ? handOf(step) : officer('SPECIALIST', visit.unit)
      act(tick, by, 'request-payment', { amount: random.pick(amounts), legalBasis })
    },
    confirmPayment: (tick: number): void => {
      const asked = cursor
      act(tick, officer('CASHIER', receivingCentre), 'confirm-payment', { reason: words.paid })
      // The pause moves the date by the time it took.
      clock = {
        start: clock.start + cursor - asked,
        due: clock.due && ticks.at(Math.min(dueAt() + cursor - asked, ticks.instants.length - 1)),
      }
    },
    /** Apologises and moves the date, once and in time; false where it is too late for that. */
    extend: (tick: number, days: number): boolean => {
      if (!clock.due) return false
      const until = ticks.before(lastWorkBeforeDueDay(calendar, clock.due))
      if (soonest(tick) > until) return false
      const newDue = localDateOf(ticks.at(Math.min(dueAt() + days * DAY, ticks.instants.length - 1)))
      act(tick, officer('AGENCY_LEAD', visit.unit), 'extend', {
        reason: random.pick(words.extensions),
        newDue,
      })
      clock = { ...clock, due: dueOf(calendar, ticks.at(dueAt()), { amount: days, unit: 'WORKING_DAY' }) }
      return true
    },

    handOver: (tick: number): void => {
      const { owner, representative, resultReturn } = visit.intake
      const slipShown = random.chance(0.9)
      const card = (personalId: string | undefined) => (slipShown || !personalId ? {} : { personalId })
      const receiver =
        resultReturn.way === 'postal'
          ? { name: 'Bưu cục Thí Dụ', relation: 'postal' as const, slipShown: true }
          : representative
            ? {
                name: representative.name,
                relation: 'representative' as const,
                slipShown,
                ...card(representative.personalId),
              }
            : owner.kind === 'person'
              ? { name: owner.name, relation: 'owner' as const, slipShown, ...card(owner.personalId) }
              : { name: owner.name, relation: 'owner' as const, slipShown: true }
      act(tick, officer('RETURN_DESK', receivingCentre), 'return', { receiver })
    },
    /**
     * The agency says why it is late, some days after the date was missed; beside the other doings, since it moves nothing.
     * Told last, when the date that counts is known; a pause for payment moves it by minutes that are not followed here.
     */
    explainLateness: (by: StaffActor): void => {
      const issued = actions.find(({ does }) => does.kind === 'complete' && does.result !== undefined)
      if (!clock.due || detours.includes('payment')) return
      const missed = ticks.from(instantOf(addDays(localDateOf(clock.due), 1)))
      if (missed > (issued?.tick ?? world.last)) return
      const taken = new Set(actions.map(({ tick }) => tick))
      let tick = missed + random.int(2, 2 * DAY)
      while (taken.has(tick)) tick += 1
      if (tick > world.last) return
      actions.push({ tick, by, does: { kind: 'explain', ...random.pick(words.delays) } })
      actions.sort((a, b) => a.tick - b.tick)
    },
    reportError: (tick: number): void =>
      act(tick, officer('RETURN_DESK', receivingCentre), 'report-result-error', {
        reason: random.pick(words.resultErrors),
      }),
    correct: (tick: number, n: number): void =>
      act(tick, officer('CLERK', visit.unit), 'correct-result', {
        reason: words.corrections,
        result: { number: `${n}/SỬA-MẪU` },
      }),
    withdraw: (tick: number): void =>
      act(tick, reception, 'withdraw', { reason: random.pick(words.withdrawals) }),
    stop: (tick: number): void =>
      act(tick, officer('AGENCY_LEAD', visit.unit), 'stop', {
        reason: random.pick(words.stops),
        legalBasis: words.stopBasis,
      }),
  }
}

export type Narrator = ReturnType<typeof createNarrator>
