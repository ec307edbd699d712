import { defineConfig } from 'vite'

/** The print agent in one file, which is all that a kiosk's machine needs beside Node. */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  publicDir: false,
  build: {
    ssr: 'apps/print-agent/main.ts',
    outDir: '.build/print-agent',
    target: 'node20',
    minify: false,
    rolldownOptions: { output: { format: 'cjs', entryFileNames: 'print-agent.cjs' } },
  },
})
