import { BookOpen, Printer } from 'lucide-react'
import { useState } from 'react'
import {
  type BOOKS,
  getOverdueReport,
  getRegister,
  getSealRegister,
  getUnclaimedResults,
  listBooks,
} from '#modules/dossiers/contract.ts'
import type { Output } from '#platform/operation.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import { useOperation } from '../../api/queries.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { DeskScreen } from '../../surfaces/desk/desk-screen.tsx'
import { Button } from '../../ui/button/button.tsx'
import { classes } from '../../ui/classes.ts'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { DateField, SelectField } from '../../ui/field/field.tsx'
import { formatDate, parseTypedDate } from '../../ui/format/format.ts'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { useWords } from '../../ui/language/language.tsx'
import { useAddress } from '../administration/address.ts'
import styles from '../administration/administration.module.css'
import { Loaded } from '../administration/loaded.tsx'
import { CommandProblem } from '../administration/problem.tsx'
import own from './registers.module.css'
import { usePrint } from './use-print.ts'
import { words } from './words.ts'

type Book = (typeof BOOKS)[number]
type Offer = Output<typeof listBooks>['items'][number]

/** Told for a period; the others for the moment of printing. */
const OF_PERIOD: readonly Book[] = ['register', 'seal']

/** `/desk/so-sach`: every book and list that this person may print. */
export function RegistersPage() {
  const w = useWords(words)
  const books = useOperation(listBooks, {}, { staleTime: 60_000 })
  return (
    <DeskScreen
      title={w.title}
      header={
        <div className={desk.head}>
          <h1 className={desk.title}>{w.title}</h1>
          <span className={desk.aside}>{w.lead}</span>
        </div>
      }
      keys={[{ keys: ['Ctrl+Enter'], label: w.open }]}
    >
      <Loaded query={books}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={BookOpen} title={w.none}>
              {w.noneHint}
            </EmptyState>
          ) : (
            <BookForm offers={items} />
          )
        }
      </Loaded>
    </DeskScreen>
  )
}

/** What is chosen stands in the address, so that another screen can lead to one book of one place. */
function BookForm({ offers }: { offers: readonly Offer[] }) {
  const w = useWords(words)
  const [read, write] = useAddress()
  const today = localDateOf(new Date())
  const [typed, setTyped] = useState({ from: formatDate(`${today.slice(0, 8)}01`), to: formatDate(today) })
  const { print, busy, problem } = usePrint()
  const offer = offers.find(({ book }) => book === read('so')) ?? offers[0]
  const [only] = offer?.places.length === 1 ? offer.places : []
  const place = only ?? offer?.places.find(({ id }) => id === read('noi'))
  const from = parseTypedDate(typed.from)
  const to = parseTypedDate(typed.to)
  const ofPeriod = offer !== undefined && OF_PERIOD.includes(offer.book)
  const ready = place !== undefined && (!ofPeriod || (from !== undefined && to !== undefined))
  const open = (): void => {
    if (!offer || !place || busy) return
    if (offer.book === 'overdue') void print(getOverdueReport, { unit: place.id })
    else if (offer.book === 'unclaimed') void print(getUnclaimedResults, { centre: place.id })
    else if (!from || !to) return
    else if (offer.book === 'register') void print(getRegister, { centre: place.id, from, to })
    else void print(getSealRegister, { seal: place.id, from, to })
  }
  useShortcuts([{ keys: 'Ctrl+Enter', label: w.open, when: ready, run: open }])
  if (!offer) return null
  const placeLabel = offer.book === 'overdue' ? w.unit : offer.book === 'seal' ? w.sealAt : w.centre
  return (
    <section className={classes(desk.card, own.form)} aria-label={w.title}>
      <CommandProblem problem={problem} form="book" />
      <div className={styles.fields}>
        <SelectField
          id="book-kind"
          label={w.book}
          hint={w.tells[offer.book]}
          value={offer.book}
          onChange={(so) => write({ so, noi: '' })}
          options={offers.map(({ book }) => ({ value: book, label: w[book] }))}
        />
        <SelectField
          id="book-place"
          label={placeLabel}
          value={place?.id ?? ''}
          onChange={(noi) => write({ noi })}
          options={offer.places.map(({ id, name }) => ({ value: id, label: name }))}
          {...(only ? {} : { placeholder: w.choose })}
        />
        {ofPeriod ? (
          <div className={styles.pair}>
            <DateField
              id="book-from"
              label={w.from}
              value={typed.from}
              onChange={(value) => setTyped({ ...typed, from: value })}
            />
            <DateField
              id="book-to"
              label={w.to}
              value={typed.to}
              onChange={(value) => setTyped({ ...typed, to: value })}
            />
          </div>
        ) : null}
        <div>
          <Button
            look="main"
            icon={Printer}
            shortcut="Ctrl+Enter"
            busy={busy}
            blocked={ready ? undefined : w.fill}
            onClick={open}
          >
            {w.open}
          </Button>
        </div>
      </div>
    </section>
  )
}
