import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import {
  type Appointment,
  arriveForAppointment,
  cancelAppointment,
  getAppointment,
  moveAppointment,
} from '#modules/queue/contract.ts'
import { call } from '../../api/call.ts'
import { messageOf } from '../../api/problem.ts'
import { keyOf, useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { Loading, SkeletonLines } from '../../ui/feedback/loading.tsx'
import { formatLongDate, partsOf } from '../../ui/format/format.ts'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import { AppLink } from '../../ui/link.tsx'
import { QrCode } from '../hall/qr-code.tsx'
import styles from './appointments.module.css'
import { TimeChoice } from './time-choice.tsx'
import { words } from './words.ts'

/** `/lich-hen/<token>`: when and where, the code for the machine at the door, another time, or none. */
export function AppointmentPage() {
  const w = useWords(words)
  const { language } = useLanguage()
  const { token } = useParams({ from: '/portal/lich-hen/$token' })
  const query = useOperation(getAppointment, { token }, { refetchInterval: 30_000 })
  return (
    <div className={styles.page}>
      <h1>{w.mine}</h1>
      {query.error && !query.data ? (
        <ErrorSummary
          problems={[{ message: messageOf(query.error, language) }]}
          action={<Button onClick={() => void query.refetch()}>{w.retry}</Button>}
        />
      ) : null}
      {!query.data && !query.error ? (
        <Loading>
          <SkeletonLines lines={6} />
        </Loading>
      ) : null}
      {query.data ? <Details appointment={query.data} /> : null}
    </div>
  )
}

function Details({ appointment }: { appointment: Appointment }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [moving, setMoving] = useState(false)
  const [at, setAt] = useState<string>()
  const [asking, setAsking] = useState(false)
  const { token, may } = appointment
  const keep = (answer: Appointment): void => {
    client.setQueryData(keyOf(getAppointment, { token }), answer)
  }
  const move = useMutation({
    mutationFn: (time: string) => call(moveAppointment, { token, at: time }),
    onSuccess: (answer) => {
      keep(answer)
      setMoving(false)
      setAt(undefined)
    },
  })
  const cancel = useMutation({
    mutationFn: () => call(cancelAppointment, { token }),
    onSuccess: keep,
    onSettled: () => setAsking(false),
  })
  const arrive = useMutation({
    mutationFn: () => call(arriveForAppointment, { token, channel: 'PHONE' }),
    onSuccess: (ticket) => void navigate({ to: '/ve/$token', params: { token: ticket.token } }),
  })
  const failed = move.error ?? cancel.error ?? arrive.error
  const { date, time } = partsOf(appointment.startsAt)
  const timeOf = (instant: string) => partsOf(instant).time
  return (
    <>
      {failed ? <ErrorSummary problems={[{ message: messageOf(failed, language) }]} /> : null}
      <section className={styles.card} aria-label={w.mine}>
        <p className={styles.large}>
          {time}, {formatLongDate(date, language)}
        </p>
        <p role="status">
          <strong>{w.states[appointment.state]}</strong>
        </p>
        {appointment.state === 'BOOKED' ? (
          <p>{w.grace(timeOf(appointment.grace.from), timeOf(appointment.grace.to))}</p>
        ) : null}
        <dl>
          <dt>{w.place}</dt>
          <dd lang="vi">{appointment.centre.name}</dd>
          <dt>{w.service}</dt>
          <dd>{language === 'vi' ? appointment.serviceGroup.name : appointment.serviceGroup.nameEn}</dd>
          {appointment.name ? (
            <>
              <dt>{w.who}</dt>
              <dd lang="vi">
                {appointment.name}
                {appointment.phone ? <span className="n"> · {appointment.phone}</span> : null}
              </dd>
            </>
          ) : null}
        </dl>
        {appointment.state === 'BOOKED' ? (
          <>
            <QrCode
              className={styles.qr}
              text={`${window.location.origin}/lich-hen/${token}`}
              label={w.code}
            />
            <p>{w.bring}</p>
          </>
        ) : null}
        <div className={styles.actions}>
          {may.arrive ? (
            <Button look="main" busy={arrive.isPending} onClick={() => arrive.mutate()}>
              {w.arrive}
            </Button>
          ) : null}
          {appointment.ticket ? <AppLink href={`/ve/${appointment.ticket}`}>{w.openTicket}</AppLink> : null}
          {may.move && !moving ? <Button onClick={() => setMoving(true)}>{w.move}</Button> : null}
          {may.cancel ? (
            <Button look="danger" onClick={() => setAsking(true)}>
              {w.cancel}
            </Button>
          ) : null}
        </div>
        {appointment.state === 'BOOKED' ? <p>{w.saveLink}</p> : null}
      </section>
      {moving ? (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (at && !move.isPending) move.mutate(at)
          }}
        >
          <TimeChoice
            centre={appointment.centre.id}
            group={appointment.serviceGroup.id}
            slots={appointment.slots}
            value={at}
            onChange={setAt}
          />
          <Button
            look="main"
            type="submit"
            wide
            busy={move.isPending}
            blocked={at ? undefined : w.chooseTime}
          >
            {w.moveTo}
          </Button>
        </form>
      ) : null}
      {['CANCELLED', 'EXPIRED', 'MISSED'].includes(appointment.state) ? (
        <p>
          <AppLink href={`/dat-lich/${appointment.centre.id}`}>{w.again}</AppLink>
        </p>
      ) : null}
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={w.cancelSure}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{w.keepIt}</Button>
            <Button look="danger" busy={cancel.isPending} onClick={() => cancel.mutate()}>
              {w.cancel}
            </Button>
          </>
        }
      >
        <p>{w.cancelNote}</p>
      </Dialog>
    </>
  )
}
