import { useQueryClient } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { searchProcedures } from '#modules/catalogue/contract.ts'
import { searchDossiers } from '#modules/dossiers/contract.ts'
import { fold } from '#platform/text/fold.ts'
import { useOperation } from '../../api/queries.ts'
import { signOut } from '../../features/session/auth.ts'
import { useMe } from '../../features/session/me.tsx'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { SearchBox, type Suggestion } from '../../ui/search/search-box.tsx'
import styles from './command-palette.module.css'
import { useGo } from './go.ts'
import { ACCOUNT, destinationsOf, REGISTERS, railWords } from './rail.ts'

const words = catalogue(
  {
    title: 'Lệnh và tìm kiếm',
    open: 'Lệnh, tìm hồ sơ và thủ tục',
    placeholder: 'Mã hồ sơ, tên người, thủ tục hoặc màn hình',
    screen: 'Mở màn hình',
    dossier: 'Hồ sơ',
    intake: 'Tiếp nhận thủ tục này',
    account: 'Tài khoản',
    registers: 'Sổ, danh sách in',
    out: 'Đăng xuất',
    outLine: 'Kết thúc phiên trên máy này',
    language: 'English',
    languageLine: 'Đổi ngôn ngữ màn hình',
    hint: 'Gõ từ hai chữ, không cần dấu. Mũi tên để chọn, Enter để mở.',
  },
  {
    title: 'Commands and search',
    open: 'Commands, dossiers and procedures',
    placeholder: 'Dossier code, name, procedure or screen',
    screen: 'Open the screen',
    dossier: 'Dossier',
    intake: 'Receive this procedure',
    account: 'Account',
    registers: 'Books and lists to print',
    out: 'Sign out',
    outLine: 'End the session on this computer',
    language: 'Tiếng Việt',
    languageLine: 'Change the language of the screen',
    hint: 'Type two letters, marks are not needed. Arrows choose, Enter opens.',
  },
)

/** Ctrl K: every screen, dossier and procedure in one box. */
export function CommandPalette() {
  const w = useWords(words)
  const [open, setOpen] = useState(false)
  useShortcuts([{ keys: 'Ctrl+k', label: w.open, run: () => setOpen(true) }])
  return (
    <Dialog open={open} onClose={() => setOpen(false)} title={w.title}>
      <Palette onClose={() => setOpen(false)} />
    </Dialog>
  )
}

type Command = Suggestion & { run: () => void }

function Palette({ onClose }: { onClose: () => void }) {
  const w = useWords(words)
  const names = useWords(railWords)
  const { language, setLanguage } = useLanguage()
  const me = useMe()
  const go = useGo()
  const client = useQueryClient()
  const [text, setText] = useState('')
  const asked = useDeferredValue(text.trim())
  const long = asked.length >= 2
  const dossiers = useOperation(
    searchDossiers,
    { q: asked, limit: 6 },
    { enabled: long && me.rail.includes('dossiers'), keep: true },
  )
  const procedures = useOperation(
    searchProcedures,
    { q: asked, limit: 5 },
    { enabled: long && me.rail.includes('intake'), keep: true },
  )
  const leave = async (): Promise<void> => {
    await signOut()
    client.clear()
    window.location.assign('/desk/sign-in')
  }
  const fixed: Command[] = [
    ...destinationsOf(me.rail).map(({ id, href }) => ({
      id: `screen-${id}`,
      name: names[id],
      detail: w.screen,
      run: () => go(href),
    })),
    { id: 'screen-registers', name: w.registers, detail: w.screen, run: () => go(REGISTERS) },
    { id: 'screen-account', name: w.account, detail: w.screen, run: () => go(ACCOUNT) },
    {
      id: 'language',
      name: w.language,
      detail: w.languageLine,
      run: () => setLanguage(language === 'vi' ? 'en' : 'vi'),
    },
    { id: 'sign-out', name: w.out, detail: w.outLine, run: () => void leave() },
  ]
  const commands: Command[] = [
    ...fixed.filter(({ name }) => fold(name).includes(fold(asked))),
    ...(long ? (dossiers.data?.items ?? []) : []).map((item) => ({
      id: item.code,
      name: `${item.owner} · ${item.procedure.name}`,
      detail: w.dossier,
      code: item.code,
      run: () => go(`/desk/ho-so/${item.code}`),
    })),
    ...(long ? (procedures.data?.items ?? []) : []).map((item) => ({
      id: `procedure-${item.code}`,
      name: item.plainName ?? item.name,
      detail: w.intake,
      code: item.code,
      run: () => go(`/desk/tiep-nhan?thu-tuc=${encodeURIComponent(item.code)}`),
    })),
  ]
  return (
    <div className={styles.palette}>
      <SearchBox
        label={w.title}
        placeholder={w.placeholder}
        size="desk"
        value={text}
        onChange={setText}
        suggestions={commands}
        onPick={(picked) => {
          const command = commands.find(({ id }) => id === picked.id)
          onClose()
          command?.run()
        }}
      />
      <p className={styles.hint}>{w.hint}</p>
    </div>
  )
}
