import { useState } from 'react'
import { Button } from '../button/button.tsx'
import { Dialog } from '../dialog/dialog.tsx'
import { Key } from '../key/key.tsx'
import { catalogue, useWords } from '../language/language.tsx'
import styles from './key-list.module.css'
import { type Shortcut, useKeyboard, useShortcuts } from './keyboard.tsx'
import { isSingleCharacter, nameOfPress, normaliseKeys } from './shortcut-keys.ts'

const words = catalogue(
  {
    title: 'Phím tắt của màn hình này',
    open: 'Mọi phím tắt',
    single: 'Dùng phím tắt một chữ',
    singleHelp:
      'Tắt khi dùng nhập liệu bằng giọng nói hoặc hay bấm nhầm. Phím F và phím có Ctrl vẫn dùng được.',
    change: 'Đổi phím',
    press: 'Bấm phím mới…',
    reset: 'Về phím mặc định',
    action: 'Việc',
    key: 'Phím',
    none: 'Màn hình này không có phím tắt.',
    close: 'Đóng',
  },
  {
    title: 'Keys of this screen',
    open: 'All shortcuts',
    single: 'Use single-letter shortcuts',
    singleHelp: 'Switch off when dictating or pressing keys by accident. F keys and Ctrl keys keep working.',
    change: 'Change',
    press: 'Press a new key…',
    reset: 'Back to default keys',
    action: 'Action',
    key: 'Key',
    none: 'This screen has no shortcuts.',
    close: 'Close',
  },
)

/** The sheet behind `?`: lists, switches off and remaps keys. */
export function KeyList() {
  const w = useWords(words)
  const { current, preferences, setPreferences } = useKeyboard()
  const [listed, setListed] = useState<readonly Shortcut[]>()
  const [changing, setChanging] = useState<string>()
  useShortcuts([{ keys: '?', label: w.open, run: () => setListed(current()) }])
  return (
    <Dialog
      open={listed !== undefined}
      onClose={() => setListed(undefined)}
      title={w.title}
      look="sheet"
      actions={<Button onClick={() => setListed(undefined)}>{w.close}</Button>}
    >
      <label className={styles.switch}>
        <input
          type="checkbox"
          checked={preferences.singleKeys}
          onChange={(event) => setPreferences({ ...preferences, singleKeys: event.target.checked })}
        />
        <span>
          <strong>{w.single}</strong>
          <span className={styles.help}>{w.singleHelp}</span>
        </span>
      </label>
      {listed?.length === 0 ? <p>{w.none}</p> : null}
      <table className={styles.table}>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">{w.action}</th>
            <th scope="col">{w.key}</th>
            <th scope="col">{w.change}</th>
          </tr>
        </thead>
        <tbody>
          {listed?.map((shortcut) => {
            const designed = normaliseKeys(shortcut.keys)
            const keys = preferences.remapped[designed] ?? designed
            return (
              <tr key={designed + shortcut.label}>
                <th scope="row">{shortcut.label}</th>
                <td>
                  <Key keys={keys} />
                  <span className="visually-hidden">{keys}</span>
                </td>
                <td>
                  {isSingleCharacter(designed) ? (
                    <button
                      type="button"
                      className={styles.change}
                      aria-label={`${w.change}: ${shortcut.label}`}
                      onClick={() => setChanging(designed)}
                      onBlur={() => setChanging(undefined)}
                      onKeyDown={(event) => {
                        if (changing !== designed) return
                        const pressed = nameOfPress(event.nativeEvent)
                        if (
                          ['Tab', 'Escape', 'Shift', 'Control', 'Alt', 'Enter', 'Space'].includes(
                            event.key,
                          ) ||
                          event.key === ' '
                        )
                          return
                        event.preventDefault()
                        event.stopPropagation()
                        setPreferences({
                          ...preferences,
                          remapped: { ...preferences.remapped, [designed]: pressed },
                        })
                        setChanging(undefined)
                      }}
                    >
                      {changing === designed ? w.press : w.change}
                    </button>
                  ) : null}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {Object.keys(preferences.remapped).length > 0 ? (
        <Button look="quiet" onClick={() => setPreferences({ ...preferences, remapped: {} })}>
          {w.reset}
        </Button>
      ) : null}
    </Dialog>
  )
}
