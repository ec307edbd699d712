import { useMutation } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type ComponentType, useEffect, useRef, useState } from 'react'
import { openTracking, type Tracking, trackDossier } from '#modules/dossiers/contract.ts'
import { call } from '../../api/call.ts'
import { messageOf } from '../../api/problem.ts'
import { isProblem, useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { Loading, SkeletonLines } from '../../ui/feedback/loading.tsx'
import { TextField } from '../../ui/field/field.tsx'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import { AppLink } from '../../ui/link.tsx'
import { StatusChip } from '../../ui/status/chip.tsx'
import { PaceChip } from '../../ui/status/due-chip.tsx'
import styles from './tracking.module.css'
import { codeIn, TrackingForm } from './tracking-form.tsx'
import { words } from './words.ts'

/** Nobody sees the details before the digits are given: they come while these are typed. */
const loadDetails = () => import('./tracking-details.tsx')

export function TrackingPage() {
  const { code } = useParams({ from: '/portal/tra-cuu/$code' })
  const w = useWords(words)
  const known = codeIn(code)
  if (known) return <TrackingOf key={known} code={known} />
  return (
    <div className={styles.page}>
      <ErrorSummary problems={[{ message: w.badCode }]} />
      <TrackingForm initial={code} />
    </div>
  )
}

function TrackingOf({ code }: { code: string }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const outline = useOperation(trackDossier, { code })
  const [Details, setDetails] = useState<ComponentType<{ tracking: Tracking }>>()
  const opened = useMutation({
    mutationFn: async (pin: string) => {
      const [tracking, { TrackingDetails }] = await Promise.all([
        call(openTracking, { code, pin }),
        loadDetails(),
      ])
      setDetails(() => TrackingDetails)
      return tracking
    },
  })
  const [pin, setPin] = useState('')
  const [empty, setEmpty] = useState(false)
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    void loadDetails()
  }, [])
  const inside = opened.data !== undefined
  const { mutate } = opened
  const asked = useRef(language)
  useEffect(() => {
    // Sentences come from the server in the page's language.
    if (inside && asked.current !== language) mutate(pin)
    asked.current = language
  }, [inside, language, mutate, pin])
  useEffect(() => {
    // The form is gone; who reads by ear goes on at the name of what opened.
    if (inside) head.current?.focus()
  }, [inside])
  const kept = useRef<Tracking | undefined>(undefined)
  kept.current = opened.data ?? kept.current
  const shown = kept.current ?? outline.data
  const error = opened.error ?? outline.error
  const unknown = isProblem(outline.error) && outline.error.kind === 'not-found'
  return (
    <div className={styles.page}>
      {error ? (
        <ErrorSummary
          key={opened.submittedAt}
          problems={[
            { message: messageOf(error, language), ...(opened.error ? { field: 'tracking-pin' } : {}) },
          ]}
          action={
            outline.error && !unknown ? (
              <Button onClick={() => void outline.refetch()}>{w.again}</Button>
            ) : undefined
          }
        />
      ) : null}
      {unknown ? <TrackingForm initial={code} /> : null}
      {shown ? <Head tracking={shown} focusable={head} /> : null}
      {!shown && !error ? (
        <Loading>
          <SkeletonLines lines={6} />
        </Loading>
      ) : null}
      {shown && !kept.current ? (
        <form
          className={styles.card}
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            setEmpty(pin.trim().length < 4)
            if (pin.trim().length >= 4) mutate(pin.trim())
          }}
        >
          <h2>{w.pinTitle}</h2>
          <TextField
            id="tracking-pin"
            label={w.pin}
            hint={w.pinWhy}
            value={pin}
            onChange={setPin}
            inputMode="numeric"
            error={empty ? w.needPin : undefined}
            className="n"
          />
          <Button look="main" type="submit" busy={opened.isPending}>
            {w.open}
          </Button>
        </form>
      ) : null}
      {kept.current && Details ? <Details tracking={kept.current} /> : null}
      {kept.current ? (
        <p>
          <AppLink href="/tra-cuu">{w.otherCode}</AppLink>
        </p>
      ) : null}
    </div>
  )
}

const RUNNING: readonly Tracking['state'][] = ['SUBMITTED', 'ACCEPTED', 'PROCESSING']

function Head({
  tracking,
  focusable,
}: {
  tracking: Tracking
  focusable: React.RefObject<HTMLHeadingElement | null>
}) {
  const w = useWords(words)
  const { deadline, state, status, procedure } = tracking
  // One chip: while work goes on how it stands against the date, afterwards how it ended.
  const pace = RUNNING.includes(state) && deadline && deadline.pace !== 'NO_LIMIT' ? deadline.pace : undefined
  return (
    <header className={styles.head}>
      <p className={styles.row}>
        <span className="n">
          <span className="visually-hidden">{w.code}: </span>
          {tracking.code}
        </span>
        {pace ? <PaceChip pace={pace} /> : status ? <StatusChip status={status} /> : null}
      </p>
      <h1 ref={focusable} tabIndex={-1} lang={procedure ? 'vi' : undefined}>
        {procedure?.name ?? w.done(tracking.completion)}
      </h1>
      {procedure && procedure.officialName !== procedure.name ? (
        <details>
          <summary>{w.official}</summary>
          <p lang="vi">{procedure.officialName}</p>
        </details>
      ) : null}
    </header>
  )
}
