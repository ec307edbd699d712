import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../ui/button/button.tsx'
import { TextField } from '../../ui/field/field.tsx'
import { useScanner } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import styles from './tracking.module.css'

const words = catalogue(
  {
    title: 'Hồ sơ đang ở đâu?',
    hint: 'Mã ghi ở góc trên Giấy tiếp nhận.',
    code: 'Mã hồ sơ',
    see: 'Xem tiến độ',
    bad: 'Mã hồ sơ có dạng H49.05.12-260421-0007. Xem lại trên Giấy tiếp nhận.',
  },
  {
    title: 'Where is my dossier?',
    hint: 'The code is in the upper corner of the receipt.',
    code: 'Dossier code',
    see: 'Show progress',
    bad: 'A code looks like H49.05.12-260421-0007. Check it on the receipt.',
  },
)
const CODE = /[A-Z0-9]{3}(?:\.[A-Z0-9]+)*-\d{6}-\d{4,}/

/** The code in what was typed or scanned: a slip's QR holds an address that ends with it. */
export const codeIn = (text: string): string | undefined =>
  CODE.exec(text.trim().toUpperCase().replace(/\s/g, ''))?.[0]

type TrackingFormProps = {
  initial?: string
  /** `h1` where the form is the page. */
  heading?: 'h1' | 'h2'
}

export function TrackingForm({ initial = '', heading: Heading = 'h2' }: TrackingFormProps) {
  const w = useWords(words)
  const navigate = useNavigate()
  const [text, setText] = useState(initial)
  const [error, setError] = useState<string>()
  const open = (from: string): void => {
    const code = codeIn(from)
    setError(code ? undefined : w.bad)
    if (code) void navigate({ to: '/tra-cuu/$code', params: { code } })
  }
  useScanner(open)
  return (
    <form
      className={styles.card}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        open(text)
      }}
    >
      <Heading>{w.title}</Heading>
      <TextField
        label={w.code}
        hint={w.hint}
        placeholder="H49.05.12-260421-…"
        value={text}
        onChange={setText}
        error={error}
        autoCapitalize="characters"
        className="n"
      />
      <Button look="main" type="submit">
        {w.see}
      </Button>
    </form>
  )
}

export function TrackingStartPage() {
  return (
    <div className={styles.page}>
      <TrackingForm heading="h1" />
    </div>
  )
}
