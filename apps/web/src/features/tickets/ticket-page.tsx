import { useParams } from '@tanstack/react-router'
import { TicketView } from './ticket-view.tsx'
import styles from './tickets.module.css'

/** The visitor's own page, opened by the code on the ticket; its random token alone opens it. */
export function TicketPage() {
  const { token } = useParams({ from: '/portal/ve/$token' })
  return (
    <div className={styles.page}>
      <TicketView token={token} />
    </div>
  )
}
