// Whom a reconciliation service holds a name for, asked by the SDK of Cocoda: address of the service, name.
import { addAllProviders, cdk } from "cocoda-sdk"

addAllProviders()
const [api, name] = process.argv.slice(2)
const scheme = { uri: "https://example.org/graph", namespace: "https://w3id.org/motegraf/" }
const registry = cdk.initializeRegistry({
  uri: "https://example.org/service",
  provider: "ReconciliationApi",
  api,
  schemes: [scheme],
})
const concept = { uri: "https://example.org/row", prefLabel: { nb: name }, inScheme: [{ uri: "https://example.org/table" }] }
const mappings = await registry.getMappings({ from: concept, to: { inScheme: [scheme] }, mode: "or" })
const kinds = (mapping) => mapping.type.map((uri) => uri.split("#")[1])
console.log(JSON.stringify(mappings.map((each) => [each.to.memberSet[0].uri, ...kinds(each)])))
