import { Copy } from 'lucide-react'
import { useState } from 'react'
import {
  DEVICE_KINDS,
  type HallDevice,
  listDevices,
  registerDevice,
  renewDeviceToken,
  retireDevice,
} from '#modules/queue/contract.ts'
import { Button } from '../../ui/button/button.tsx'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { TextField } from '../../ui/field/field.tsx'
import { SegmentedChoice } from '../../ui/field/segmented-choice.tsx'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import styles from '../administration/administration.module.css'
import { useCommand } from '../administration/command.ts'
import { ConfirmSheet } from '../administration/confirm-sheet.tsx'
import { FormSheet } from '../administration/form-sheet.tsx'
import { controlId, fieldError } from '../administration/problem.tsx'
import { words } from './device-words.ts'
import { agentConfig, kioskAddress, printerAddress } from './pairing.ts'

export type Paired = { device: HallDevice; token: string }

/** A new machine: what it is, and what its people call it. */
export function RegisterSheet({
  centre,
  onClose,
  onPaired,
}: {
  centre: string
  onClose: () => void
  onPaired: (paired: Paired) => void
}) {
  const w = useWords(words)
  const { language } = useLanguage()
  const [kind, setKind] = useState<HallDevice['kind']>('PRINTER')
  const [name, setName] = useState('')
  const [width, setWidth] = useState<'576' | '384'>('576')
  const command = useCommand(registerDevice, { refresh: [listDevices], onDone: onPaired })
  return (
    <FormSheet
      form="device"
      title={w.registerTitle}
      lead={w.registerLead}
      submit={w.register}
      blocked={name.trim().length < 2 ? w.need : undefined}
      command={command}
      onClose={onClose}
      onSubmit={() => void command.run({ centre, kind, name, width })}
    >
      <SegmentedChoice
        label={w.kind}
        value={kind}
        options={DEVICE_KINDS.map((one) => ({ value: one, label: w[one] }))}
        onChange={setKind}
      />
      <TextField
        label={w.name}
        id={controlId('device', 'name')}
        hint={w.nameHint}
        maxLength={80}
        value={name}
        error={fieldError(command.problem, 'name', language)}
        onChange={setName}
      />
      {kind === 'PRINTER' ? (
        <SegmentedChoice
          label={w.width}
          value={width}
          options={[
            { value: '576', label: w.w576 },
            { value: '384', label: w.w384 },
          ]}
          onChange={setWidth}
        />
      ) : null}
    </FormSheet>
  )
}

export function RenewSheet({
  device,
  onClose,
  onPaired,
}: {
  device: HallDevice
  onClose: () => void
  onPaired: (paired: Paired) => void
}) {
  const w = useWords(words)
  return (
    <ConfirmSheet
      form="renew"
      title={w.renewTitle(device.name)}
      lead={w.renewLead}
      submit={w.renew}
      operation={renewDeviceToken}
      refresh={[listDevices]}
      input={{ device: device.id }}
      onDone={onPaired}
      onClose={onClose}
    />
  )
}

export function RetireSheet({ device, onClose }: { device: HallDevice; onClose: () => void }) {
  const w = useWords(words)
  return (
    <ConfirmSheet
      form="retire"
      title={w.retireTitle(device.name)}
      lead={w.retireLead}
      submit={w.retire}
      danger
      operation={retireDevice}
      refresh={[listDevices]}
      input={{ device: device.id }}
      onDone={onClose}
      onClose={onClose}
    />
  )
}

/** Shown once and kept nowhere: how to pair the machine with what was just made for it. */
export function PairingDialog({ paired, onClose }: { paired: Paired; onClose: () => void }) {
  const w = useWords(words)
  const { origin } = window.location
  const isKiosk = paired.device.kind === 'KIOSK'
  return (
    <Dialog
      open
      onClose={onClose}
      title={w.tokenTitle(paired.device.name)}
      actions={
        <Button look="main" onClick={onClose}>
          {w.done}
        </Button>
      }
    >
      <div className={styles.stack}>
        <p>{isKiosk ? w.kioskLead : w.printerLead}</p>
        <Secret text={isKiosk ? kioskAddress(paired, origin) : agentConfig(paired, origin)} />
        {isKiosk ? null : (
          <>
            <p>{w.printerKiosk}</p>
            <Secret text={printerAddress(paired, origin)} />
          </>
        )}
        <p className={styles.note}>{w.once}</p>
      </div>
    </Dialog>
  )
}

function Secret({ text }: { text: string }) {
  const w = useWords(words)
  const [copied, setCopied] = useState(false)
  const copy = (): void => void navigator.clipboard?.writeText(text).then(() => setCopied(true))
  return (
    <div className={styles.stack}>
      <pre className={styles.secret} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {text}
      </pre>
      <div>
        <Button icon={Copy} onClick={copy}>
          {copied ? w.copied : w.copy}
        </Button>
      </div>
    </div>
  )
}
