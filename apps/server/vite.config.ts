import { defineConfig, type Plugin } from 'vite'

const root = new URL('../..', import.meta.url).pathname

/** A built file lies elsewhere than its source: places are asked of `platform/root.ts`, else they would be missing at run time only. */
const noPlacesBesideSources: Plugin = {
  name: 'no-places-beside-sources',
  transform: (code, id) => {
    if (!id.startsWith(root) || id.includes('/node_modules/') || id.endsWith('/platform/root.ts')) return
    if (/import\.meta\.(dirname|filename)|new URL\([^)]*import\.meta\.url/.test(code))
      throw new Error(`${id} looks for a file beside itself; use atRoot of platform/root.ts`)
  },
}

/**
 * The server in few files (docs/adr/0009): CommonJS, because Node's loader of ES modules costs half a bare start, and not
 * minified, because errors are read in a log. Libraries with native parts or looked up by platform stay outside.
 */
export default defineConfig({
  root,
  publicDir: false,
  plugins: [noPlacesBesideSources],
  ssr: {
    noExternal: true,
    external: ['@myriaddreamin/typst-ts-node-compiler', '@napi-rs/canvas', 'pg-native'],
  },
  build: {
    ssr: 'apps/server/main.ts',
    outDir: '.build/server',
    target: 'node24',
    minify: false,
    rolldownOptions: {
      output: { format: 'cjs', entryFileNames: 'main.cjs', chunkFileNames: '[name]-[hash].cjs' },
    },
  },
})
