import { ExternalLink, QrCode as QrIcon, Star } from 'lucide-react'
import { useState } from 'react'
import { linkRatingTablet, listDevices, unlinkRatingTablet } from '#modules/queue/contract.ts'
import type { Output } from '#platform/operation.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { formatMoment } from '../../ui/format/format.ts'
import { useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import styles from '../administration/administration.module.css'
import { ConfirmSheet } from '../administration/confirm-sheet.tsx'
import { Card, DataTable } from '../administration/layout.tsx'
import { AddressDialog } from './address-dialog.tsx'
import parts from './devices.module.css'
import { placeWords } from './place-words.ts'

type Devices = Output<typeof listDevices>
type Counter = Devices['counters'][number]
type Open =
  | { does: 'show'; title: string; address: string }
  | { does: 'link' | 'unlink'; counter: Counter }
  | { does: 'linked'; counter: Counter; address: string }
  | undefined

/** Where each display, kiosk and tablet of the hall gets its page from; which counter has a tablet. */
export function PlacesTab({ centre, devices }: { centre: string; devices: Devices }) {
  const w = useWords(placeWords)
  const [open, setOpen] = useState<Open>()
  const close = (): void => setOpen(undefined)
  const show = (title: string, address: string): void => setOpen({ does: 'show', title, address })
  return (
    <div className={styles.stack}>
      <HallPlaces centre={centre} show={show} />
      <Card title={w.counters}>
        <p className={styles.muted}>{w.countersLead}</p>
        {devices.counters.length === 0 ? (
          <EmptyState icon={Star} title={w.noCounters} />
        ) : (
          <CounterPlaces centre={centre} devices={devices} show={show} open={setOpen} />
        )}
      </Card>
      {open?.does === 'show' ? (
        <AddressDialog title={open.title} address={open.address} done={w.close} onClose={close} />
      ) : null}
      {open?.does === 'link' ? <LinkSheet counter={open.counter} onClose={close} onLinked={setOpen} /> : null}
      {open?.does === 'unlink' ? <UnlinkSheet counter={open.counter} onClose={close} /> : null}
      {open?.does === 'linked' ? (
        <AddressDialog
          title={w.tabletTitle(open.counter.number)}
          address={open.address}
          lead={w.tabletText}
          note={w.once}
          done={w.done}
          onClose={close}
        />
      ) : null}
    </div>
  )
}

type ShowProps = { show: (title: string, address: string) => void }

function HallPlaces({ centre, show }: { centre: string } & ShowProps) {
  const w = useWords(placeWords)
  const { origin } = window.location
  const places = [
    { what: w.board, hint: w.boardHint, path: `/display/${centre}` },
    { what: w.kiosk, hint: w.kioskHint, path: `/kiosk/${centre}` },
    { what: w.phone, hint: w.phoneHint, path: `/lay-so/${centre}` },
    { what: w.booking, hint: w.bookingHint, path: `/dat-lich/${centre}` },
  ]
  return (
    <Card title={w.hall}>
      <p className={styles.muted}>{w.hallLead}</p>
      <DataTable
        label={w.hall}
        items={places}
        keyOf={({ path }) => path}
        columns={[
          {
            id: 'device',
            head: w.device,
            names: true,
            cell: ({ what, hint }) => (
              <span className={parts.what}>
                {what}
                <small>{hint}</small>
              </span>
            ),
          },
          { id: 'address', head: w.address, cell: ({ path }) => path },
          {
            id: 'actions',
            head: w.actions,
            actions: true,
            cell: ({ what, path }) => <PlaceActions what={what} address={origin + path} show={show} />,
          },
        ]}
      />
    </Card>
  )
}

function PlaceActions({ what, address, show }: { what: string; address: string } & ShowProps) {
  const w = useWords(placeWords)
  return (
    <>
      <Button look="quiet" icon={QrIcon} aria-label={w.showFor(what)} onClick={() => show(what, address)}>
        {w.show}
      </Button>
      <Button
        look="quiet"
        icon={ExternalLink}
        aria-label={w.openFor(what)}
        onClick={() => window.open(address, '_blank', 'noopener')}
      >
        {w.open}
      </Button>
    </>
  )
}

type CounterPlacesProps = ShowProps & { centre: string; devices: Devices; open: (what: Open) => void }

function CounterPlaces({ centre, devices: { counters, may }, show, open }: CounterPlacesProps) {
  const w = useWords(placeWords)
  return (
    <DataTable
      label={w.counters}
      items={counters}
      keyOf={({ id }) => id}
      columns={[
        { id: 'counter', head: w.counter, names: true, cell: ({ number, name }) => `${number} · ${name}` },
        {
          id: 'board',
          head: w.counterBoard,
          keep: true,
          cell: ({ number }) => (
            <span className={styles.row}>
              <PlaceActions
                what={`${w.counterBoard} ${number}`}
                address={`${window.location.origin}/display/${centre}/${number}`}
                show={show}
              />
            </span>
          ),
        },
        {
          id: 'tablet',
          head: w.tablet,
          keep: true,
          cell: ({ tabletSince }) => (
            <Chip tone={tabletSince ? 'ngoc' : 'tro'} icon={Star}>
              {tabletSince ? w.linked(formatMoment(tabletSince)) : w.notLinked}
            </Chip>
          ),
        },
        {
          id: 'actions',
          head: w.actions,
          actions: true,
          cell: (counter) =>
            may.link ? (
              <>
                <Button
                  look="quiet"
                  aria-label={w.linkTitle(counter.number)}
                  onClick={() => open({ does: 'link', counter })}
                >
                  {counter.tabletSince ? w.relink : w.link}
                </Button>
                {counter.tabletSince ? (
                  <Button
                    look="quiet"
                    aria-label={w.unlinkTitle(counter.number)}
                    onClick={() => open({ does: 'unlink', counter })}
                  >
                    {w.unlink}
                  </Button>
                ) : null}
              </>
            ) : null,
        },
      ]}
    />
  )
}

type CounterSheetProps = { counter: Counter; onClose: () => void }

function LinkSheet({ counter, onClose, onLinked }: CounterSheetProps & { onLinked: (what: Open) => void }) {
  const w = useWords(placeWords)
  return (
    <ConfirmSheet
      form="tablet-link"
      title={w.linkTitle(counter.number)}
      lead={w.linkLead}
      submit={w.linkDo}
      operation={linkRatingTablet}
      refresh={[listDevices]}
      input={{ counter: counter.id }}
      onDone={({ path }) => onLinked({ does: 'linked', counter, address: window.location.origin + path })}
      onClose={onClose}
    />
  )
}

function UnlinkSheet({ counter, onClose }: CounterSheetProps) {
  const w = useWords(placeWords)
  return (
    <ConfirmSheet
      form="tablet-unlink"
      title={w.unlinkTitle(counter.number)}
      lead={w.unlinkLead}
      submit={w.unlink}
      danger
      operation={unlinkRatingTablet}
      refresh={[listDevices]}
      input={{ counter: counter.id }}
      onDone={onClose}
      onClose={onClose}
    />
  )
}
