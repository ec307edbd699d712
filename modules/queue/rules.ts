export { createWaitEstimator, type HallEvent, type Learned, nothingLearned } from './rules/wait/estimator.ts'
