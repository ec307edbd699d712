import styles from './home-page.module.css'

/** The province's picture: flat karst islands in three layers, never under text. */
export function Islands() {
  return (
    <svg
      className={styles.islands}
      viewBox="0 0 1440 140"
      preserveAspectRatio="xMidYMax slice"
      aria-hidden="true"
    >
      <path
        fill="#dce7f1"
        d="M0 140V60c20-60 50-60 70 0s50 70 80 10 60-60 90 0 50 60 90 20 70-20 110 10 60-130 120-70 50 70 90 60 70-90 110-20 60 50 100-10 70-30 110 30 70-80 110-20 50 60 90 0 60-60 100 0 60-60 90 0 50 60 80 10v60z"
      />
      <path
        fill="#c8d7e6"
        d="M0 140v-30c30-40 70-40 100 0s70-20 110 0 60-70 110-10 80 10 130 20 70-60 120-10 90-10 130 10 70-70 120-10 90 0 130 10 80-60 130 0 80-10 120 10 80-60 120-10 70-10 120 10v20z"
      />
      <path
        fill="#b6cadd"
        d="M0 140c40-40 90-40 130-10s90-40 150 0 90-30 140 0 100-50 160 0 120-30 170 0 100-40 160 0 110-40 170 0 120-40 170 0 110-30 190 0z"
      />
    </svg>
  )
}
