import { Component, type ReactNode, useState } from 'react'
import type { Examples } from '../../ui/example.ts'
import { ToastProvider } from '../../ui/feedback/toast.tsx'
import { SegmentedChoice } from '../../ui/field/segmented-choice.tsx'
import { KeyList } from '../../ui/keyboard/key-list.tsx'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { AppLink } from '../../ui/link.tsx'
import styles from './gallery.module.css'

const files = import.meta.glob<{ examples: Examples }>('../../ui/**/*.examples.tsx', { eager: true })
const all = Object.values(files)
  .map((file) => file.examples)
  .sort((a, b) => a.component.localeCompare(b.component))

const words = catalogue(
  {
    title: 'Bộ thành phần giao diện',
    lead: 'Mỗi thành phần ở mọi trạng thái, với tên dài và khi trống.',
    surface: 'Mật độ',
    own: 'Theo màn hình',
    home: 'Về trang đầu',
    list: 'Các thành phần',
  },
  {
    title: 'Component kit',
    lead: 'Every component in every state, with long names and with no data.',
    surface: 'Density',
    own: 'As used',
    home: 'First page',
    list: 'Components',
  },
)

export function Gallery() {
  const w = useWords(words)
  const [density, setDensity] = useState<'own' | 'portal' | 'desk'>('own')
  return (
    <ToastProvider>
      <div className={styles.page}>
        <nav className={styles.side} aria-label={w.list}>
          <AppLink href="/">{w.home}</AppLink>
          <ul>
            {all.map((entry) => (
              <li key={entry.component}>
                <a href={`#${slug(entry.component)}`}>{entry.component}</a>
              </li>
            ))}
          </ul>
        </nav>
        <main className={styles.main}>
          <h1>{w.title}</h1>
          <p>{w.lead}</p>
          <SegmentedChoice
            label={w.surface}
            value={density}
            onChange={setDensity}
            options={[
              { value: 'own', label: w.own },
              { value: 'portal', label: 'Portal' },
              { value: 'desk', label: 'Desk' },
            ]}
          />
          {all.map((entry) => (
            <section
              key={entry.component}
              id={slug(entry.component)}
              className={styles.component}
              data-surface={density === 'own' ? (entry.surface ?? 'portal') : density}
            >
              <h2>{entry.component}</h2>
              {entry.examples.map((example) => (
                <div
                  key={example.name}
                  className={styles.example}
                  data-example={`${entry.component}: ${example.name}`}
                >
                  <h3>{example.name}</h3>
                  <Guard>{example.render()}</Guard>
                </div>
              ))}
            </section>
          ))}
        </main>
      </div>
      <KeyList />
    </ToastProvider>
  )
}

const slug = (name: string): string => name.toLowerCase().replace(/\W+/g, '-')

/** One broken example must not hide the others. The test looks for `data-broken`. */
class Guard extends Component<{ children: ReactNode }, { broken: string | undefined }> {
  override state = { broken: undefined }
  static getDerivedStateFromError(error: Error) {
    return { broken: error.message }
  }
  override render() {
    return this.state.broken === undefined ? this.props.children : <p data-broken>{this.state.broken}</p>
  }
}
