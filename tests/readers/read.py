#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads what Latchkey writes for others, with readers that others wrote.

    read.py json|csv|ics|prom FILE

Prints what was read as JSON (nothing of metrics, which promtool judges); ends with 1 and says why where the reader refuses.
A missing reader is a failure too: packaging/test.sh installs them below build/readers, or $LATCHKEY_READERS says where.
"""
import csv
import io
import json
import os
import pathlib
import shutil
import subprocess
import sys
import unicodedata
import warnings

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
READERS = os.environ.get("LATCHKEY_READERS") or str(ROOT / "build" / "readers")
SCHEMA = ROOT / "resources" / "schemas" / "expiry-report-1.schema.json"


def undescribed(schema, part, value, path="$"):
    """Members that the schema does not know: it would let them pass, as later versions may have more."""
    if "$ref" in part:
        yield from undescribed(schema, schema["$defs"][part["$ref"].rsplit("/", 1)[1]], value, path)
    if isinstance(value, dict) and "properties" in part and "additionalProperties" not in part:
        for name, member in value.items():
            if name in part["properties"]:
                yield from undescribed(schema, part["properties"][name], member, f"{path}.{name}")
            else:
                yield f"{path}.{name}"
    if isinstance(value, list) and "items" in part:
        for number, member in enumerate(value):
            yield from undescribed(schema, part["items"], member, f"{path}[{number}]")


def read_json(data):
    warnings.simplefilter("ignore", DeprecationWarning)
    import jsonschema
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    document = json.loads(data.decode("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(document)
    unknown = list(undescribed(schema, schema, document))
    if unknown:
        raise ValueError(f"the schema does not describe {unknown}")
    return document


def read_csv(data):
    if not data.endswith(b"\r\n"):
        raise ValueError("the rows do not end with CRLF")
    text = io.StringIO(data.decode("utf-8"), newline="")
    rows = list(csv.DictReader(text, strict=True, restkey="too many", restval=None))
    for row in rows:
        if "too many" in row or None in row.values():
            raise ValueError(f"a row has more or fewer cells than there are titles: {row}")
        formulas = [cell for cell in row.values() if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
        if formulas:
            raise ValueError(f"a spreadsheet would calculate {formulas}")
    return rows


def read_ics(data, file):
    for line in data.split(b"\r\n"):
        # RFC 5545: lines end with CRLF, are no longer than 75 octets, and a fold never cuts a character.
        if len(line) > 75:
            raise ValueError(f"a line of {len(line)} octets: {line!r}")
        text = line.decode("utf-8")
        if any(unicodedata.category(c) == "Cc" and c != "\t" for c in text):
            raise ValueError(f"control characters: {line!r}")
    if not os.path.isdir(os.path.join(READERS, "node_modules", "ical.js")):
        raise ValueError(f"ical.js is not in {READERS}: packaging/test.sh installs it")
    told = subprocess.run(["node", str(HERE / "calendar.mjs"), READERS, file], capture_output=True, text=True, timeout=60)
    if told.returncode != 0:
        raise ValueError(told.stderr)
    return json.loads(told.stdout)


def read_prom(data):
    promtool = shutil.which("promtool") or os.path.join(READERS, "usr", "bin", "promtool")
    told = subprocess.run([promtool, "check", "metrics"], input=data, capture_output=True, timeout=60)
    said = (told.stdout + told.stderr).decode("utf-8", "replace").strip()
    if told.returncode != 0 or said:
        raise ValueError(f"promtool ended with {told.returncode}: {said}")


def main():
    form, file = sys.argv[1:]
    data = pathlib.Path(file).read_bytes()
    try:
        seen = {"json": lambda: read_json(data), "csv": lambda: read_csv(data), "ics": lambda: read_ics(data, file),
                "prom": lambda: read_prom(data)}[form]()
    except Exception as problem:
        print(f"{form} was refused: {type(problem).__name__}: {problem}", file=sys.stderr)
        sys.exit(1)
    if seen is not None:
        print(json.dumps(seen))


if __name__ == "__main__":
    main()
