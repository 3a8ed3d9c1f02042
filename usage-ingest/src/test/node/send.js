// Sends calls through a published SDK, as a program that uses it would, and says what the SDK says became of each.
//
//     node send.js segment|rudderstack ADDRESS WRITE_KEY < calls.json
//
// calls.json: [{"type": "track", "message": {…}}, …]. Answers {"delivered": n, "failed": ["why", …]} in the order of the calls.
import { text } from 'node:stream/consumers'
import { Analytics } from '@segment/analytics-node'
import RudderAnalytics from '@rudderstack/rudder-sdk-node'

const [sdk, address, writeKey] = process.argv.slice(2)
const calls = JSON.parse(await text(process.stdin))
const outcomes = await { segment, rudderstack }[sdk]()
console.log(
  JSON.stringify({
    delivered: outcomes.filter((failure) => !failure).length,
    failed: outcomes.filter((failure) => failure).map((failure) => failure.message ?? String(failure)),
  })
)
process.exit()

async function segment() {
  const analytics = new Analytics({ writeKey, host: address, flushAt: calls.length })
  const outcomes = calls.map(
    ({ type, message }) =>
      new Promise((resolve) =>
        analytics[type](message, (error, context) => resolve(error ?? context?.failedDelivery()?.reason))
      )
  )
  await analytics.flush()
  return Promise.all(outcomes)
}

async function rudderstack() {
  // Without a handler of its errors, it ends the process when a batch fails.
  const analytics = new RudderAnalytics(writeKey, { dataPlaneUrl: address, errorHandler: () => {}, logLevel: 'none' })
  const outcomes = calls.map(({ type, message }) => new Promise((resolve) => analytics[type](message, resolve)))
  await analytics.flush()
  return Promise.all(outcomes)
}
