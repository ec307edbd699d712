/** The mark: a door frame on a threshold, with a lit 1 standing in it. At least 24 px; clear space a quarter of its width. */
export function Mark({ size = 40, on = 'light' }: { size?: number; on?: 'light' | 'dark' }) {
  const colours =
    on === 'light'
      ? { square: 'var(--cham7)', frame: 'var(--mot)', one: 'var(--vang)' }
      : { square: 'var(--mot)', frame: 'var(--cham9)', one: 'var(--son7)' }
  return (
    <svg width={size} height={size} viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <rect width="48" height="48" rx="11" fill={colours.square} />
      <path
        d="M13 38V13.5a3.5 3.5 0 0 1 3.5-3.5h15a3.5 3.5 0 0 1 3.5 3.5V38"
        fill="none"
        stroke={colours.frame}
        strokeWidth="3.5"
      />
      <path d="M8.5 38h31" stroke={colours.frame} strokeWidth="3.5" strokeLinecap="round" />
      <path d="m18.8 20.2 5.4-4.2h3V36h-5V21.6l-3.4 2.5z" fill={colours.one} />
    </svg>
  )
}
