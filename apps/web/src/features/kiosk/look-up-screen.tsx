import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { openTracking } from '#modules/dossiers/contract.ts'
import { call } from '../../api/call.ts'
import { messageOf } from '../../api/problem.ts'
import { Button } from '../../ui/button/button.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { TextField } from '../../ui/field/field.tsx'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import { codeInScan } from '../dossiers/code-in-scan.ts'
import { TrackingDetails } from '../tracking/tracking-details.tsx'
import styles from './kiosk.module.css'
import { TouchKeyboard } from './touch-keyboard.tsx'
import type { KioskView } from './view.ts'
import { words } from './words.ts'

/** Where is my dossier: the code by scanner or keys, the second factor by keys or by the owner's own card. */
export function LookUpScreen({ view: { session, act, card } }: { view: KioskView }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const [text, setText] = useState(session.code)
  const [pin, setPin] = useState('')
  const [error, setError] = useState<string>()
  const opened = useMutation({
    mutationFn: (factor: string) => call(openTracking, { code: session.code, pin: factor }),
  })
  const { mutate, reset } = opened
  useEffect(() => {
    setText(session.code)
    setPin('')
    reset()
  }, [session.code, reset])
  const lastFour = card?.lastFour
  useEffect(() => {
    if (lastFour && session.code) mutate(lastFour)
  }, [lastFour, session.code, mutate])

  if (opened.data)
    return (
      <>
        <h1 tabIndex={-1} lang={opened.data.procedure ? 'vi' : undefined}>
          {opened.data.procedure?.name ?? opened.data.code}
        </h1>
        <p className="n">{opened.data.code}</p>
        {/* The portal's own page, as large as a kiosk needs it. */}
        <div className={styles.magnified}>
          <TrackingDetails tracking={opened.data} />
        </div>
      </>
    )
  if (!session.code)
    return (
      <form
        noValidate
        className={styles.typing}
        onSubmit={(event) => {
          event.preventDefault()
          const code = codeInScan(text.replace(/\s/g, ''))
          setError(code ? undefined : w.badCode)
          if (code) act({ does: 'go', to: 'look-up', with: { code } })
        }}
      >
        <h1 tabIndex={-1}>{w.lookTitle}</h1>
        <p className={styles.lead}>{w.lookHint}</p>
        <TextField
          label={w.code}
          value={text}
          onChange={setText}
          error={error}
          inputMode="none"
          className="n"
          autoComplete="off"
        />
        <TouchKeyboard kind="code" value={text} onChange={setText} />
        <Button look="main" type="submit" wide>
          {w.open}
        </Button>
      </form>
    )
  return (
    <form
      noValidate
      className={styles.typing}
      onSubmit={(event) => {
        event.preventDefault()
        const short = pin.trim().length < 4
        setError(short ? w.badPin : undefined)
        if (!short) mutate(pin.trim())
      }}
    >
      <h1 tabIndex={-1} className="n">
        {session.code}
      </h1>
      <p className={styles.lead}>{w.pinHint}</p>
      {opened.error ? (
        <ErrorSummary key={opened.submittedAt} problems={[{ message: messageOf(opened.error, language) }]} />
      ) : null}
      <TextField
        label={w.pin}
        value={pin}
        onChange={setPin}
        error={error}
        inputMode="none"
        className="n"
        autoComplete="off"
      />
      <TouchKeyboard kind="digits" value={pin} onChange={setPin} />
      <Button look="main" type="submit" wide busy={opened.isPending}>
        {w.open}
      </Button>
    </form>
  )
}
