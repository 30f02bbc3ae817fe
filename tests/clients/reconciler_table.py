"""Print as JSON with whom the package reconciler matches names: address of the service, type, a list of names.

A list of values of one property may follow, after its id.
"""

import json
import sys

import pandas
from reconciler import reconcile

address, type_id, names, *properties = sys.argv[1:]
column = pandas.Series(json.loads(names))
mapping = {properties[0]: pandas.Series(json.loads(properties[1]))} if properties else None
table = reconcile(column, type_id, "all", mapping, address)
print(table[["input_value", "id", "name", "score", "match", "type_id"]].to_json(orient="values"))
