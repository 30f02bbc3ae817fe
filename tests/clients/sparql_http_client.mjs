// Ask an endpoint by sparql-http-client, and print {rows, yes, made, loaded}: the rows of a SELECT (variable -> value),
// the answer of an ASK, and how many statements a CONSTRUCT and the Graph Store's default graph have.
// Usage: node sparql_http_client.mjs ENDPOINT GRAPH_STORE SELECT ASK CONSTRUCT
import SparqlClient from 'sparql-http-client'

const [endpointUrl, storeUrl, select, ask, construct] = process.argv.slice(2)
const client = new SparqlClient({ endpointUrl, storeUrl })
const all = async stream => { const items = []; for await (const item of stream) items.push(item); return items }
const rows = (await all(client.query.select(select))).map(
  row => Object.fromEntries(Object.entries(row).map(([name, term]) => [name, term.value]))
)
console.log(JSON.stringify({
  rows,
  yes: await client.query.ask(ask),
  made: (await all(client.query.construct(construct))).length,
  loaded: (await all(client.store.get(null))).length
}))
