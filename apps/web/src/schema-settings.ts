/**
 * Zod probes for `new Function` to compile its schemas; the content security policy forbids it, and every page would report
 * a violation. This says so beforehand, through the settings object that Zod reads when it loads.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
