import { useMutation } from '@tanstack/react-query'
import { Angry, Check, Frown, Laugh, type LucideIcon, Meh, ShieldCheck, Smile } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import {
  getVisitToRate,
  RATING_REASONS,
  type RatingPlace,
  type RatingReason,
  rateVisit,
} from '#modules/queue/contract.ts'
import { call } from '../../api/call.ts'
import { messageOf } from '../../api/problem.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { Loading, SkeletonLines } from '../../ui/feedback/loading.tsx'
import { TextArea } from '../../ui/field/field.tsx'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import styles from './rating.module.css'
import { words } from './words.ts'

const SCORES = [5, 4, 3, 2, 1] as const
type Score = (typeof SCORES)[number]
const FACES: Record<Score, LucideIcon> = { 5: Laugh, 4: Smile, 3: Meh, 2: Frown, 1: Angry }
/** From here downwards something may have been wrong. */
const ASK_FROM = 3
/** A face that was touched by somebody who then walked away still counts. */
const AUTO_S = 15

type RatingFormProps = {
  token: string
  place: 'PHONE' | 'KIOSK'
  onDone?: () => void
  /** Asks again for who was served next; a tablet does. */
  every?: number | undefined
}

/** One tap of five, none chosen beforehand; why, only after a low one, and only who wants to. */
export function RatingForm({ token, place, onDone, every }: RatingFormProps) {
  const w = useWords(words)
  const { language } = useLanguage()
  const { data, error, refetch } = useOperation(
    getVisitToRate,
    { token },
    { refetchInterval: every, keep: true },
  )
  const [ended, setEnded] = useState<{ visit: string; how: 'rated' | 'skipped' }>()
  useEffect(() => {
    if (!ended) return
    const timer = window.setTimeout(() => {
      setEnded(undefined)
      void refetch()
      onDone?.()
    }, 6_000)
    return () => window.clearTimeout(timer)
  }, [ended, onDone, refetch])
  if (error && !data)
    return (
      <ErrorSummary
        problems={[{ message: messageOf(error, language) }]}
        action={<Button onClick={() => void refetch()}>{w.again}</Button>}
      />
    )
  if (!data)
    return (
      <Loading>
        <SkeletonLines lines={6} />
      </Loading>
    )
  if (ended)
    return (
      <div className={styles.end} role="status">
        <Check size="4rem" aria-hidden="true" />
        <h1>{ended.how === 'rated' ? w.thanks : w.skipped}</h1>
        {ended.how === 'rated' ? <p>{w.thanksHint}</p> : null}
      </div>
    )
  if (!data.visit) return <Nothing place={data} />
  const { id } = data.visit
  return (
    <Faces
      key={id}
      token={token}
      place={place}
      visit={data.visit}
      auto={data.tablet !== null}
      end={(how) => setEnded({ visit: id, how })}
    />
  )
}

function Nothing({ place: { tablet, nothing } }: { place: RatingPlace }) {
  const w = useWords(words)
  // Between two visitors a tablet has nothing to tell about the last one.
  if (tablet)
    return (
      <div className={styles.end}>
        <Smile size="4rem" aria-hidden="true" />
        <h1>{w.tablet}</h1>
        <p>{w.tabletHint}</p>
      </div>
    )
  const why = nothing ?? 'NOT_SERVED_YET'
  return (
    <div className={styles.end}>
      <h1>{w[why]}</h1>
      <p>{w[`${why}Hint`]}</p>
    </div>
  )
}

type FacesProps = {
  token: string
  place: 'PHONE' | 'KIOSK'
  visit: NonNullable<RatingPlace['visit']>
  auto: boolean
  end: (how: 'rated' | 'skipped') => void
}

function Faces({ token, place, visit, auto, end }: FacesProps) {
  const w = useWords(words)
  const { language } = useLanguage()
  const [score, setScore] = useState<Score>()
  const [reasons, setReasons] = useState<readonly RatingReason[]>([])
  const [comment, setComment] = useState('')
  const sending = useMutation({
    mutationFn: (chosen: Score) =>
      call(
        rateVisit,
        {
          ...{ token, visit: visit.id, score: chosen, place },
          reasons: chosen <= ASK_FROM ? [...reasons] : [],
          comment: comment.trim() || undefined,
        },
        // One visit, one rating: a double tap or a retry is the same one.
        { idempotencyKey: `rate-${visit.id}` },
      ),
    onSuccess: () => end('rated'),
  })
  const send = (): void => {
    if (score !== undefined && !sending.isPending && !sending.isSuccess) sending.mutate(score)
  }
  const left = useCountdown(
    auto && score !== undefined && !sending.isPending,
    `${score} ${reasons.length}`,
    send,
  )
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <h1 tabIndex={-1}>{w.title}</h1>
      <p className={styles.hint}>{w.hint}</p>
      {sending.error ? (
        <ErrorSummary
          key={sending.submittedAt}
          problems={[{ message: messageOf(sending.error, language) }]}
        />
      ) : null}
      <fieldset className={styles.faces}>
        <legend className="visually-hidden">{w.title}</legend>
        {SCORES.map((one) => {
          const Face = FACES[one]
          return (
            <button key={one} type="button" aria-pressed={score === one} onClick={() => setScore(one)}>
              <Face strokeWidth={1.75} aria-hidden="true" />
              {w.faces[one]}
            </button>
          )
        })}
      </fieldset>
      {score !== undefined && score <= ASK_FROM ? (
        <fieldset className={styles.reasons}>
          <legend>
            {w.what} <span>{w.whatHint}</span>
          </legend>
          {RATING_REASONS.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={reasons.includes(one)}
              onClick={() =>
                setReasons((now) =>
                  now.includes(one) ? now.filter((other) => other !== one) : [...now, one],
                )
              }
            >
              {reasons.includes(one) ? <Check size={18} aria-hidden="true" /> : null} {w.reasons[one]}
            </button>
          ))}
        </fieldset>
      ) : null}
      {score !== undefined && place === 'PHONE' && !auto ? (
        <TextArea
          label={w.comment}
          hint={w.commentHint}
          optional
          value={comment}
          onChange={setComment}
          maxLength={1000}
        />
      ) : null}
      <div className={styles.send}>
        <Button look="main" type="submit" wide busy={sending.isPending || score === undefined}>
          {w.send}
        </Button>
        <Button wide onClick={() => end('skipped')}>
          {w.skip}
        </Button>
      </div>
      {left === null ? null : <p className={styles.hint}>{w.sendIn(left)}</p>}
      <p className={styles.bound}>
        <ShieldCheck size={20} aria-hidden="true" /> {w.bound(visit.number)}
      </p>
    </form>
  )
}

/** Seconds until something happens by itself; every change begins them anew. */
function useCountdown(active: boolean, change: string, happen: () => void): number | null {
  const [left, setLeft] = useState<number | null>(null)
  const latest = useRef(happen)
  latest.current = happen
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice begins the seconds anew
  useEffect(() => {
    if (!active) return setLeft(null)
    const until = Date.now() + AUTO_S * 1_000
    setLeft(AUTO_S)
    const timer = window.setInterval(() => {
      const seconds = Math.ceil((until - Date.now()) / 1_000)
      setLeft(Math.max(0, seconds))
      if (seconds > 0) return
      window.clearInterval(timer)
      latest.current()
    }, 500)
    return () => window.clearInterval(timer)
  }, [active, change])
  return left
}
