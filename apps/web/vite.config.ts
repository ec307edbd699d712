import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressed } from './scripts/compress.ts'
import { contractsForBrowser } from './scripts/contracts.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** The host stays the browser's own, because the server refuses sign-ins from other origins. */
const proxy = { '/api': { target: 'http://127.0.0.1:8080', changeOrigin: false } }

/** Pages of the portal and the hall by the names of their files. */
const FOR_CITIZENS =
  /(?:home|procedures?|tracking|centres?|halls|promises|take|ticket|book|appointment|rating|kiosk|display)[\w-]*-page|tracking-form/

export default defineConfig({
  root: here('.'),
  plugins: [contractsForBrowser(here('../..')), react(), compressed()],
  build: {
    outDir: here('dist'),
    emptyOutDir: true,
    // Which page loads which files: the weight of each page is tested against it.
    manifest: true,
    target: 'es2022',
    // The content security policy allows no `data:` fonts and no inline scripts.
    assetsInlineLimit: 0,
    modulePreload: {
      polyfill: false,
      // What a page of officers needs is named by the page itself: a list for all of them would weigh on every citizen's phone.
      resolveDependencies: (page, needs) =>
        FOR_CITIZENS.test(page) ? needs : needs.filter((file) => file.endsWith('.css')),
    },
    rolldownOptions: {
      output: {
        // Changes with our dependencies only, so that most releases leave it in people's caches.
        codeSplitting: {
          groups: [
            {
              name: 'base',
              test: /node_modules\/(?:react|react-dom|scheduler|use-sync-external-store|@tanstack\/(?!react-virtual|virtual-core)[\w-]+)\//,
            },
          ],
        },
      },
    },
  },
  server: { port: 5173, proxy },
  preview: { port: 4173, proxy },
})
