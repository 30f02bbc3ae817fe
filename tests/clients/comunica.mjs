// Ask Comunica a query over sources, and print the rows as a JSON array of objects: variable -> value.
// A source is an address, of which Comunica finds out what it is, or "sparql@" before that of an endpoint.
// Usage: node comunica.mjs QUERY SOURCE...
import { QueryEngine } from '@comunica/query-sparql'

const [query, ...named] = process.argv.slice(2)
const sources = named.map(name => name.startsWith('sparql@') ? { type: 'sparql', value: name.slice(7) } : name)
const rows = await (await new QueryEngine().queryBindings(query, { sources })).toArray()
console.log(JSON.stringify(rows.map(row => Object.fromEntries([...row].map(([name, term]) => [name.value, term.value])))))
