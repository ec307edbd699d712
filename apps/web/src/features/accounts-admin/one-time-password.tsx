import { Copy } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/button/button.tsx'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { formatMoment } from '../../ui/format/format.ts'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import styles from '../administration/administration.module.css'

const words = catalogue(
  {
    title: 'Mật khẩu dùng một lần',
    lead: (username: string, until: string) =>
      `Giao trực tiếp cho người dùng “${username}”. Dùng được đến ${until}; lần đăng nhập đầu phải đặt mật khẩu mới.`,
    once: 'Chỉ hiện lần này. Đóng lại là không xem được nữa.',
    copy: 'Chép mật khẩu',
    copied: 'Đã chép',
    done: 'Đã giao, đóng lại',
  },
  {
    title: 'One-time password',
    lead: (username: string, until: string) =>
      `Hand it to “${username}” in person. It works until ${until}; the first sign-in sets a new password.`,
    once: 'Shown this once. After closing it cannot be seen again.',
    copy: 'Copy the password',
    copied: 'Copied',
    done: 'Handed over, close',
  },
)

export type OneTime = { username: string; oneTimePassword: string; oneTimeUntil: string }

/** Shown once and kept nowhere: when this closes, the password is gone. */
export function OneTimePassword({ secret, onClose }: { secret: OneTime; onClose: () => void }) {
  const w = useWords(words)
  const [copied, setCopied] = useState(false)
  return (
    <Dialog
      open
      onClose={onClose}
      title={w.title}
      actions={
        <>
          <Button
            icon={Copy}
            onClick={() =>
              void navigator.clipboard?.writeText(secret.oneTimePassword).then(() => setCopied(true))
            }
          >
            {copied ? w.copied : w.copy}
          </Button>
          <Button look="main" onClick={onClose}>
            {w.done}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        <p>{w.lead(secret.username, formatMoment(secret.oneTimeUntil))}</p>
        <code className={styles.secret}>{secret.oneTimePassword}</code>
        <p className={styles.note}>{w.once}</p>
      </div>
    </Dialog>
  )
}
