#!/usr/bin/env python3
"""Writes src/ArgoBootstrap.Kustomize/Schema/kubernetes-1.21.txt: how the lists of Kubernetes' own types merge.

Usage: generate-kubernetes-schema.py KUSTOMIZE_CHECKOUT > kubernetes-1.21.txt

Reads the two OpenAPI documents that kustomize embeds (kyaml/openapi: kubernetesapi/*/swagger.pb, a protobuf, and
kustomizationapi/swagger.json) and keeps only what a strategic merge patch asks of them. Only Python's own library is used.

Output, one fact a line, fields separated by blanks; a name is one of the definitions, or "-" for something that has a
schema in which no list merges, or "?" for an object of which nothing is said:
  type NAME FIELD=NAME ...      a definition; "*" as FIELD stands for every key of a map
  list NAME ELEMENT             a list that is replaced
  list NAME ELEMENT merge KEY,. a list that merges by these keys; "=" for a list of scalars that merges as a set
  kind GROUP/VERSION KIND=NAME ...   the definitions of a group's kinds
  def PREFIX LAST=NAME ...      the definitions under their full names in the document, PREFIX.LAST
"""
import glob
import json
import sys

STRATEGY, KEY, KEYS, GVK = ("x-kubernetes-patch-strategy", "x-kubernetes-patch-merge-key",
                            "x-kubernetes-list-map-keys", "x-kubernetes-group-version-kind")


def fields(data):
    """Number and value of every field of a protobuf message."""
    at = 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(data):
        tag = varint()
        kind = tag & 7
        if kind == 0:
            yield tag >> 3, varint()
        elif kind in (1, 5):
            size = 8 if kind == 1 else 4
            yield tag >> 3, data[at:at + size]
            at += size
        else:
            size = varint()
            yield tag >> 3, data[at:at + size]
            at += size


def any_value(data):
    """An extension: the YAML text in field 2 of Any."""
    text = next((v.decode() for n, v in fields(data) if n == 2), "")
    lines = [line for line in text.split("\n") if line.strip()]
    if lines and lines[0].startswith("- "):
        if ":" in lines[0]:  # a list of flat maps
            result = []
            for line in lines:
                if line.startswith("- "):
                    result.append({})
                key, _, value = line[2:].strip().partition(":")
                result[-1][key] = value.strip().strip('"')
            return result
        return [line[2:].strip() for line in lines]
    return text.strip()


def named(data):
    parts = dict(fields(data))
    return parts[1].decode(), parts.get(2, b"")


def schema(data):
    """gnostic's OpenAPI v2 Schema message as the JSON it stands for."""
    result = {}
    for number, value in fields(data):
        if number == 1:
            result["$ref"] = value.decode()
        elif number == 21:
            inner = dict(fields(value))
            if isinstance(inner.get(1), bytes):
                result["additionalProperties"] = schema(inner[1])
        elif number == 22:
            result["type"] = [v.decode() for n, v in fields(value) if n == 1]
        elif number == 23:
            result["items"] = schema(next(v for n, v in fields(value) if n == 1))
        elif number == 25:
            result["properties"] = {k: schema(v) for k, v in (named(v) for n, v in fields(value) if n == 1)}
        elif number == 31:
            key, inner = named(value)
            result[key] = any_value(inner)
    return result


def definitions(checkout):
    (path,) = glob.glob(f"{checkout}/kyaml/openapi/kubernetesapi/*/swagger.pb")
    with open(path, "rb") as file:
        document = dict(fields(file.read()))
    result = {k: schema(v) for k, v in (named(v) for n, v in fields(document[9]) if n == 1)}
    with open(f"{checkout}/kyaml/openapi/kustomizationapi/swagger.json", encoding="utf-8") as file:
        result.update(json.load(file)["definitions"])
    return result


class Writer:
    def __init__(self, definitions):
        self.definitions, self.names, self.lines = definitions, {}, []
        self.known, self.used = {}, set()

    def merges(self, node):
        strategy = node.get(STRATEGY)
        if strategy is None or "merge" not in strategy.split(","):
            return None
        keys = node.get(KEYS) or ([node[KEY]] if KEY in node else [])
        return ",".join(keys) or "="

    def resolve(self, node):
        name = None
        while "$ref" in node:
            name = node["$ref"].removeprefix("#/definitions/")
            node = self.definitions[name]
        return name, node

    def visit(self, node, hint):
        """The name under which a schema is written."""
        name, node = self.resolve(node)
        if name and name in self.known:
            return self.known[name]
        if name:
            self.known[name] = "-"  # a definition that leads to itself: only JSONSchemaProps, in which no list merges
            hint = ".".join(name.split(".")[-2:])
        result = self.write(node, hint)
        if name:
            self.known[name] = result
        return result

    def write(self, node, hint):
        kind = node.get("type")
        kind = kind if isinstance(kind, str) else kind[0] if kind else ""
        if kind == "array":
            element = self.visit(node.get("items", {}), hint + "[]")
            merge = self.merges(node)
            if merge is None and element == "-":
                return "-"
            body = element + (f" merge {merge}" if merge else "")
            return self.emit("list", hint, body)
        members = {k: self.visit(v, f"{hint}/{k}") for k, v in sorted(node.get("properties", {}).items())}
        if "additionalProperties" in node and isinstance(node["additionalProperties"], dict):
            members["*"] = self.visit(node["additionalProperties"], hint + "/*")
        if not members:
            return "?" if kind in ("object", "") else "-"
        if all(v == "-" for v in members.values()):
            return "-"
        return self.emit("type", hint, " ".join(f"{k}={v}" for k, v in members.items()))

    def emit(self, kind, hint, body):
        known = self.names.get((kind, body))
        if known:
            return known
        name, n = hint, 2
        while name in self.used:
            name, n = f"{hint}~{n}", n + 1
        self.used.add(name)
        self.names[(kind, body)] = name
        self.lines.append(f"{kind} {name} {body}")
        return name


def main():
    found = definitions(sys.argv[1])
    writer, kinds = Writer(found), {}
    for name in sorted(found):
        types = found[name].get(GVK)
        if not isinstance(types, list):
            continue
        target = writer.visit({"$ref": "#/definitions/" + name}, name)
        for gvk in types:
            group = gvk.get("group", "")
            version = f"{group}/{gvk['version']}" if group else gvk["version"]
            kinds.setdefault(version, {})[gvk["kind"]] = target
    packages = {}
    for name in sorted(found):
        target = writer.visit({"$ref": "#/definitions/" + name}, name)
        if target not in "-?":
            prefix, _, last = name.rpartition(".")
            packages.setdefault(prefix, []).append(f"{last}={target}")
    for prefix in sorted(packages):
        writer.lines.append(f"def {prefix} " + " ".join(packages[prefix]))
    print("# Generated by tools/generate-kubernetes-schema.py, which says what the lines mean.")
    print("\n".join(writer.lines))
    for version in sorted(kinds):
        print(f"kind {version} " + " ".join(f"{k}={v}" for k, v in sorted(kinds[version].items())))


main()
