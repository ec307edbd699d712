export const PARAMETER_KEYS = [
  'intake.alert',
  'intake.check',
  'transfer.cutoff',
  'supplement.max',
  'supplement.trips',
  'supplement.within',
  'supplement.restart',
  'supplement.close-after',
  'extension.max',
  'extension.before',
  'payment.restart',
  'payment.remind-after',
  'result.correction',
  'result.remind-after',
  'result.back-after',
  'alarm.silent',
] as const
/** A number that the law sets for every dossier. */
export type ParameterKey = (typeof PARAMETER_KEYS)[number]

export const PARAMETER_UNITS = [
  'HOUR',
  'WORKING_HOUR',
  'CALENDAR_DAY',
  'WORKING_DAY',
  'TIMES',
  'TIME_OF_DAY',
  'YES_NO',
] as const
export type ParameterUnit = (typeof PARAMETER_UNITS)[number]
