import { useMutation } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { type Appointment, confirmAppointment, holdSlot, listServiceGroups } from '#modules/queue/contract.ts'
import { call, newIdempotencyKey } from '../../api/call.ts'
import { messageOf } from '../../api/problem.ts'
import { isProblem, useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { classes } from '../../ui/classes.ts'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { Loading, SkeletonRows } from '../../ui/feedback/loading.tsx'
import { PhoneField, TextField } from '../../ui/field/field.tsx'
import { formatLongDate, partsOf } from '../../ui/format/format.ts'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import { AppLink } from '../../ui/link.tsx'
import styles from './appointments.module.css'
import { TimeChoice } from './time-choice.tsx'
import { words } from './words.ts'

const COUNTS = [1, 2, 3] as const

/** `/dat-lich/<centre>`: service, day, time; the time is kept while a name is written. */
export function BookPage() {
  const w = useWords(words)
  const { language } = useLanguage()
  const { centre } = useParams({ from: '/portal/dat-lich/$centre' })
  // A code at the hall's machine already says for what.
  const [wanted, setGroup] = useState(() => new URLSearchParams(window.location.search).get('dich-vu') ?? '')
  const [count, setCount] = useState<(typeof COUNTS)[number]>(1)
  const [at, setAt] = useState<string>()
  const [unchosen, setUnchosen] = useState(false)
  const [held, setHeld] = useState<Appointment>()
  const key = useRef(newIdempotencyKey())
  const groups = useOperation(listServiceGroups, { centre }, { staleTime: 60_000 })
  const services = (groups.data?.items ?? []).filter(({ kind }) => kind === 'reception')
  const group = services.some(({ id }) => id === wanted) ? wanted : ''
  const hold = useMutation({
    mutationFn: (time: string) =>
      call(holdSlot, { centre, group, at: time, slots: count }, { idempotencyKey: key.current }),
    onSuccess: setHeld,
    // Another wish, or the same after somebody else took it: asked anew.
    onSettled: () => {
      key.current = newIdempotencyKey()
    },
  })
  if (held)
    return (
      <div className={styles.page}>
        <h1>{w.title}</h1>
        <WhoComes
          held={held}
          onOther={() => {
            setHeld(undefined)
            setAt(undefined)
          }}
        />
      </div>
    )
  const failed = groups.error ?? hold.error
  return (
    <div className={styles.page}>
      <header>
        <h1>{w.title}</h1>
        <p>{w.lead}</p>
      </header>
      {failed ? (
        <ErrorSummary
          key={hold.submittedAt}
          problems={[{ message: messageOf(failed, language) }]}
          action={groups.error ? <Button onClick={() => void groups.refetch()}>{w.retry}</Button> : undefined}
        />
      ) : null}
      {!groups.data && !groups.error ? (
        <Loading>
          <SkeletonRows rows={4} height={56} />
        </Loading>
      ) : null}
      {groups.data && services.length === 0 ? <EmptyState title={w.noService} /> : null}
      {services.length > 0 ? (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            setUnchosen(!at)
            if (at && !hold.isPending) hold.mutate(at)
          }}
        >
          <fieldset className={styles.group}>
            <legend>{w.which}</legend>
            <div className={styles.services}>
              {services.map(({ id, name, nameEn }) => (
                <label key={id} className={classes(styles.pill, id === group && styles.chosen)}>
                  <input
                    type="radio"
                    name="service"
                    className="visually-hidden"
                    checked={id === group}
                    onChange={() => {
                      setGroup(id)
                      setAt(undefined)
                    }}
                  />
                  <strong>{language === 'vi' ? name : nameEn}</strong>
                </label>
              ))}
            </div>
          </fieldset>
          <fieldset className={styles.group}>
            <legend>{w.count}</legend>
            <div className={styles.counts}>
              {COUNTS.map((one) => (
                <label key={one} className={classes(styles.pill, one === count && styles.chosen)}>
                  <input
                    type="radio"
                    name="count"
                    className="visually-hidden"
                    checked={one === count}
                    onChange={() => {
                      setCount(one)
                      setAt(undefined)
                    }}
                  />
                  <strong>{w.counts[one]}</strong>
                </label>
              ))}
            </div>
          </fieldset>
          {group ? (
            <TimeChoice centre={centre} group={group} slots={count} value={at} onChange={setAt} />
          ) : null}
          {group ? (
            <Button
              look="main"
              type="submit"
              wide
              busy={hold.isPending}
              blocked={unchosen && !at ? w.chooseTime : undefined}
            >
              {w.keep}
            </Button>
          ) : null}
        </form>
      ) : null}
      <p>
        <AppLink href={`/lay-so/${centre}`}>{w.walkIn}</AppLink>
      </p>
    </div>
  )
}

function WhoComes({ held, onOther }: { held: Appointment; onOther: () => void }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [phone, setPhone] = useState('')
  const book = useMutation({
    mutationFn: () => call(confirmAppointment, { token: held.token, name, phone, procedures: [] }),
    onSuccess: ({ token }) => void navigate({ to: '/lich-hen/$token', params: { token } }),
  })
  const fields = isProblem(book.error) ? book.error.fields : []
  const errorOf = (path: string) => fields.find((field) => field.path === path)?.[language]
  const { date, time } = partsOf(held.startsAt)
  return (
    <form
      noValidate
      className={styles.card}
      onSubmit={(event) => {
        event.preventDefault()
        if (!book.isPending) book.mutate()
      }}
    >
      <p className={styles.large}>
        {time}, {formatLongDate(date, language)}
      </p>
      <p role="status">{w.kept(held.heldUntil ? partsOf(held.heldUntil).time : '')}</p>
      {book.error ? (
        <ErrorSummary
          key={book.submittedAt}
          problems={
            fields.length > 0
              ? fields.map((field) => ({ field: `who-${field.path}`, message: field[language] }))
              : [{ message: messageOf(book.error, language) }]
          }
        />
      ) : null}
      <TextField
        id="who-name"
        label={w.name}
        value={name}
        autoComplete="name"
        {...(errorOf('name') ? { error: errorOf('name') } : {})}
        onChange={setName}
      />
      <PhoneField
        id="who-phone"
        label={w.phone}
        hint={w.phoneHint}
        value={phone}
        autoComplete="tel"
        {...(errorOf('phone') ? { error: errorOf('phone') } : {})}
        onChange={setPhone}
      />
      <div className={styles.actions}>
        <Button look="main" type="submit" busy={book.isPending}>
          {w.book}
        </Button>
        <Button onClick={onOther}>{w.otherTime}</Button>
      </div>
    </form>
  )
}
