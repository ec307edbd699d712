/** What TypeScript uses of `install.mjs`. */
export declare const buildServer: (say: (line: string) => void) => string
