// Validate statements by a SHACL engine, and print whether they conform, and the nodes that do not, as JSON.
// Usage: node shacl.mjs rdf-validate-shacl|shacl-engine DATA.nt SHAPES.nt
import { readFileSync } from 'node:fs'
import dataModel from '@rdfjs/data-model'
import datasetFactory from '@rdfjs/dataset'
import { Parser } from 'n3'

const [engine, ...files] = process.argv.slice(2)
const [data, shapes] = files.map(file => datasetFactory.dataset(new Parser().parse(readFileSync(file, 'utf8'))))
let report
if (engine === 'shacl-engine') {
  const { Validator } = await import('shacl-engine')
  const { validations } = await import('shacl-engine/sparql.js')
  report = await new Validator(shapes, { factory: dataModel, validations }).validate({ dataset: data })
} else {
  const { default: Validator } = await import('rdf-validate-shacl')
  report = await new Validator(shapes).validate(data)
}
const nodes = report.results.map(result => (result.focusNode.term ?? result.focusNode).value)
console.log(JSON.stringify({ conforms: report.conforms, nodes: [...new Set(nodes)].sort() }))
