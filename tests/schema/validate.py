#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Judges answers of a Konnect service by the schemas beside this file.

    validate.py FILE

FILE holds one JSON object a line: {"title": what was asked, "schema": "credential", "body": the answer}, and
"valid": false where the schema must refuse the body. Prints each line that disagrees; exits with 1 if there is one.
"""
import json
import pathlib
import sys
import warnings

warnings.simplefilter("ignore", DeprecationWarning)
import jsonschema  # noqa: E402

schemas = {}
for path in sorted(pathlib.Path(__file__).resolve().parent.glob("*.schema.json")):
    schema = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    schemas[path.name] = schema
store = {schema["$id"]: schema for schema in schemas.values()}


def validator(name):
    schema = schemas[name + ".schema.json"]
    resolver = jsonschema.RefResolver(schema["$id"], schema, store=store)
    return jsonschema.Draft202012Validator(schema, resolver=resolver)


wrong = 0
count = 0
with open(sys.argv[1], encoding="utf-8") as lines:
    for line in lines:
        entry = json.loads(line)
        count += 1
        errors = sorted(validator(entry["schema"]).iter_errors(entry["body"]), key=str)
        if bool(errors) == entry.get("valid", True):
            wrong += 1
            print(f'{entry["title"]} against {entry["schema"]}:')
            if not errors:
                print("  is valid, and must not be")
            for error in errors[:5]:
                print(f"  /{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}")
print(f"{count} answers judged, {wrong} wrong")
sys.exit(1 if wrong or not count else 0)
