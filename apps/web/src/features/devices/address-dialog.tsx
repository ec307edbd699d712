import { Copy } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/button/button.tsx'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { useWords } from '../../ui/language/language.tsx'
import styles from '../administration/administration.module.css'
import { QrCode } from '../hall/qr-code.tsx'
import parts from './devices.module.css'
import { placeWords } from './place-words.ts'

type AddressProps = {
  title: string
  address: string
  lead?: string
  note?: string
  done: string
  onClose: () => void
}

/** An address to be opened on another device: as a code for its camera, and as text for its keyboard. */
export function AddressDialog({ title, address, lead, note, done, onClose }: AddressProps) {
  const w = useWords(placeWords)
  const [copied, setCopied] = useState(false)
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      actions={
        <Button look="main" onClick={onClose}>
          {done}
        </Button>
      }
    >
      <div className={styles.stack}>
        {lead ? <p>{lead}</p> : null}
        <QrCode className={parts.code} text={address} label={w.showFor(title)} />
        <p className={parts.address}>{address}</p>
        <div>
          <Button
            icon={Copy}
            onClick={() => void navigator.clipboard?.writeText(address).then(() => setCopied(true))}
          >
            {copied ? w.copied : w.copy}
          </Button>
        </div>
        {note ? <p className={styles.note}>{note}</p> : null}
      </div>
    </Dialog>
  )
}
