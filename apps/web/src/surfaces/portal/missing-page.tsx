import { useNavigate } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { usePlace } from '../../features/centres/place.ts'
import { Button } from '../../ui/button/button.tsx'
import { TextField } from '../../ui/field/field.tsx'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { AppLink } from '../../ui/link.tsx'
import { PortalShell } from '../../ui/shell/portal-shell.tsx'
import styles from './missing-page.module.css'

const words = catalogue(
  {
    title: 'Không có trang này',
    why: 'Địa chỉ có thể gõ thiếu, hoặc trang đã chuyển đi. Ông/bà tìm thủ tục ở đây:',
    search: 'Tìm thủ tục',
    example: 'Thí dụ: khai sinh',
    find: 'Tìm',
    track: 'Tra hồ sơ đã nộp',
    centres: 'Xem các trung tâm và giờ làm việc',
    home: 'Về trang đầu',
  },
  {
    title: 'There is no such page',
    why: 'The address may be incomplete, or the page has moved. Find a procedure here:',
    search: 'Find a procedure',
    example: 'For example: khai sinh',
    find: 'Search',
    track: 'Look up a dossier',
    centres: 'Centres and opening hours',
    home: 'To the first page',
  },
)

/** A wrong address is nobody's fault: what people come for most stands here. */
export function MissingPage() {
  const w = useWords(words)
  const place = usePlace()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  return (
    <PortalShell place={place}>
      <div className={styles.page}>
        <h1>{w.title}</h1>
        <p>{w.why}</p>
        <form
          className={styles.search}
          onSubmit={(event) => {
            event.preventDefault()
            void navigate({ to: '/thu-tuc', search: { q: text.trim() || undefined } })
          }}
        >
          <TextField label={w.search} placeholder={w.example} type="search" value={text} onChange={setText} />
          <Button look="main" type="submit" icon={Search}>
            {w.find}
          </Button>
        </form>
        <ul className={styles.ways}>
          <li>
            <AppLink href="/tra-cuu">{w.track}</AppLink>
          </li>
          <li>
            <AppLink href="/trung-tam">{w.centres}</AppLink>
          </li>
          <li>
            <AppLink href="/">{w.home}</AppLink>
          </li>
        </ul>
      </div>
    </PortalShell>
  )
}
