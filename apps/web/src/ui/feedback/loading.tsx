import { type ReactNode, useEffect, useState } from 'react'
import { catalogue, useWords } from '../language/language.tsx'
import styles from './feedback.module.css'

const words = catalogue(
  { loading: 'Đang tải', slow: 'Mạng đang chậm, chúng tôi vẫn đang tải. Ông/bà chờ thêm chút.' },
  { loading: 'Loading', slow: 'The network is slow; still loading. Please wait a little more.' },
)

/** True after `ms`: nothing flashes for what answers at once. */
export function useAfter(ms: number): boolean {
  const [passed, setPassed] = useState(false)
  useEffect(() => {
    const timer = window.setTimeout(() => setPassed(true), ms)
    return () => window.clearTimeout(timer)
  }, [ms])
  return passed
}

type LoadingProps = {
  /** Skeletons in the shape of what comes. */ children?: ReactNode
  after?: number
  slowAfter?: number
}

/** Nothing for 300 ms, then the skeleton, and after 5 s a sentence. */
export function Loading({ children, after = 300, slowAfter = 5000 }: LoadingProps) {
  const w = useWords(words)
  const shown = useAfter(after)
  const slow = useAfter(slowAfter)
  return (
    <div className={styles.loading} aria-busy="true">
      <span className="visually-hidden" role="status">
        {shown && !slow ? w.loading : ''}
      </span>
      {slow ? (
        <p role="status" className={styles.slow}>
          {w.slow}
        </p>
      ) : null}
      {shown ? children : null}
    </div>
  )
}

export function SkeletonLines({ lines = 3 }: { lines?: number }) {
  return (
    <div className={styles.lines} aria-hidden="true">
      {Array.from({ length: lines }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: grey bars have no identity
        <span key={i} className={styles.bar} style={{ width: `${[92, 74, 83, 60][i % 4]}%` }} />
      ))}
    </div>
  )
}

/** Rows of a list with their real height, so that nothing moves when they arrive. */
export function SkeletonRows({ rows = 6, height = 50 }: { rows?: number; height?: number }) {
  return (
    <div aria-hidden="true">
      {Array.from({ length: rows }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: grey rows have no identity
        <div key={i} className={styles.row} style={{ height }}>
          <span className={styles.bar} />
          <span className={styles.bar} />
          <span className={styles.bar} />
        </div>
      ))}
    </div>
  )
}
