#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Judges documents by a schema of resources/schemas, with python3-jsonschema.

    judge.py SCHEMA FOLDER

Prints for each file of the folder, by its path in it, why the schema refuses it, or null: {"good/whole.json": null, …}
"""
import json
import pathlib
import re
import sys
import warnings

warnings.simplefilter("ignore", DeprecationWarning)
import jsonschema  # noqa: E402


def pattern(validator, patrn, instance, schema):
    """As the standard has it: in ECMA-262, `$` is the end of the text, and not a line break before it."""
    if validator.is_type(instance, "string") and not re.search(re.sub(r"(?<!\\)\$$", r"\\Z", patrn), instance):
        yield jsonschema.ValidationError(f"{instance!r} does not match {patrn!r}")


def refuse_constant(word):
    raise ValueError(f"{word} is no JSON")


def judge(validator, data):
    try:
        document = json.loads(data.decode("utf-8-sig"), parse_constant=refuse_constant)
    except (ValueError, RecursionError) as problem:
        return f"no JSON: {problem}"
    error = jsonschema.exceptions.best_match(validator.iter_errors(document))
    return None if error is None else f"{error.json_path}: {error.message}"


def main():
    schema_file, folder = map(pathlib.Path, sys.argv[1:])
    schema = json.loads(schema_file.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    judging = jsonschema.validators.extend(jsonschema.Draft202012Validator, {"pattern": pattern})
    validator = judging(schema, format_checker=jsonschema.FormatChecker(["date"]))
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    print(json.dumps({str(path.relative_to(folder)): judge(validator, path.read_bytes()) for path in files}))


if __name__ == "__main__":
    main()
