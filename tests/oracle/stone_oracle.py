#!/usr/bin/env python3
"""Conformance oracle for the Stone interface definition language.

Runs the reference front end (PyPI package ``stone``) over a set of spec files
and prints one canonical JSON document, or one JSON error object.

    stone_oracle.py [--root DIR] [--raw-docs] [--whitelist JSON] [--stats]
                    PATH [PATH ...]

PATH is a .stone file or a directory (searched recursively, files taken in
byte order of their path relative to --root).  Exit status:

    0  the set is valid; the IR dump is on stdout
    1  the set is invalid (or the reference crashed); the error is on stdout
    2  bad usage

The format is documented in docs/ir-json.md.
"""
import argparse
import datetime
import json
import os
import re
import signal
import sys
import traceback

FORMAT = "stone-ir/1"

from stone.frontend.exception import InvalidSpec            # noqa: E402
from stone.frontend.ir_generator import IRGenerator         # noqa: E402
from stone.frontend.lexer import NullToken                  # noqa: E402
from stone.frontend.parser import ParserFactory             # noqa: E402
from stone.frontend import ast as stone_ast                 # noqa: E402
from stone import ir                                        # noqa: E402
from stone.ir import data_types as dts                      # noqa: E402


class SpecError(Exception):
    def __init__(self, kind, path, line, message, crash=None):
        super().__init__(message)
        self.kind, self.path, self.line = kind, path, line
        # object addresses would make the output differ from run to run
        self.message, self.crash = re.sub(r"0x[0-9a-f]{6,}", "0x0", message), crash

    def as_json(self):
        out = {"kind": self.kind, "path": self.path, "line": self.line,
               "message": self.message}
        if self.crash is not None:
            out["crash"] = self.crash
        return out


# --------------------------------------------------------------- front end --

_FACTORY = None


def _factory():
    """One LALR table build per process; the state is reset for each file."""
    global _FACTORY
    if _FACTORY is None:
        _FACTORY = ParserFactory(debug=False)
    return _FACTORY


def _first_error(parser):
    """The first lexer error if there is one, else the first parser error."""
    lex = parser.lexer.errors
    if lex:
        return "lex", lex[0][0], lex[0][1]
    if parser.errors:
        msg, line, _path = parser.errors[0]
        return "parse", msg, line
    return None


def _crash(exc):
    if isinstance(exc, RecursionError):         # where it ends is chance
        return {"exception": "RecursionError", "text": "", "where": ""}
    last = traceback.extract_tb(exc.__traceback__)[-1]
    return {"exception": type(exc).__name__,
            "text": re.sub(r"0x[0-9a-f]{6,}", "0x0", str(exc).split("\n")[0][:300]),
            "where": "%s:%s" % (os.path.basename(last.filename), last.name)}


def _parse_file(path, text):
    factory = _factory()
    factory.errors = []
    parser = factory.get_parser()
    parser.lexer.errors = []
    try:
        nodes = parser.parse(text, path)
    except Exception as exc:  # reference bug: keep the first recorded error
        first = _first_error(parser)
        if first:
            raise SpecError(first[0], path, first[2], first[1], _crash(exc))
        line = getattr(parser.lexer.lex, "lineno", None)
        raise SpecError("parse", path, line,
                        "reference crashed while parsing", _crash(exc))
    lexed = len(parser.lexer.errors)
    if parser.errors:
        msg, line, where = parser.errors[0]
        raise SpecError("lex" if lexed else "parse", where, line, msg)
    return nodes


def load(files, whitelist=None):
    """files: list of (path, text).  Returns stone.ir.Api or raises SpecError."""
    asts = []
    for path, text in files:
        nodes = _parse_file(path, text)
        if nodes:
            asts.append(nodes)
    sys.setrecursionlimit(3000)
    try:
        return IRGenerator(asts, "0.1b1",
                           route_whitelist_filter=whitelist).generate_IR()
    except InvalidSpec as exc:
        raise SpecError("semantic", exc.path, exc.lineno, exc.msg)
    except Exception as exc:
        raise SpecError("semantic", None, None,
                        "reference crashed while checking", _crash(exc))


# -------------------------------------------------------------------- dump --

_INTS = {"Int32": "int32", "Int64": "int64", "UInt32": "uint32",
         "UInt64": "uint64"}
_FLOATS = {"Float32": "float32", "Float64": "float64"}


class Dumper:
    def __init__(self, api, raw_docs=False):
        self.api = api
        self.raw_docs = raw_docs
        self.open_aliases = []

    # ---- helpers
    def check_alias_cycles(self):
        """The reference's own unwrap() would not come back from these."""
        for ns in self.api.namespaces.values():
            for a in ns.aliases:
                seen, cur = [], a
                while dts.is_alias(cur) or dts.is_nullable_type(cur):
                    if cur in seen:
                        raise ValueError("alias cycle through a nullable: %s" % a.name)
                    seen.append(cur)
                    cur = cur.data_type

    @staticmethod
    def qname(obj):
        return "%s.%s" % (obj.namespace.name, obj.name)

    def doc(self, out, raw):
        out["doc"] = dts.doc_unwrap(raw)
        if self.raw_docs:
            out["raw_doc"] = raw

    @staticmethod
    def literal(v):
        if v is NullToken or v is None:
            return None
        if isinstance(v, bytes):
            return v.decode("utf-8", "replace")
        if isinstance(v, (bool, int, float, str)):
            return v
        return {"unrepresentable": type(v).__name__}

    def value(self, v):
        """A default or an attribute value."""
        if isinstance(v, (dts.TagRef, stone_ast.AstTagRef)):
            if isinstance(v, stone_ast.AstTagRef):
                return {"tag": v.tag, "union": None}
            dt, _, _ = dts.unwrap(v.union_data_type)
            return {"tag": v.tag_name, "union": self.qname(dt)}
        return {"literal": self.literal(v)}

    # ---- types
    def type(self, dt):
        name = type(dt).__name__
        if name in _INTS or name in _FLOATS:
            out = {"kind": (_INTS.get(name) or _FLOATS[name])}
            for key in ("min_value", "max_value"):
                if getattr(dt, key) is not None:
                    out[key] = getattr(dt, key)
            return out
        if name == "String":
            out = {"kind": "string"}
            for key in ("min_length", "max_length", "pattern"):
                if getattr(dt, key) is not None:
                    out[key] = self.literal(getattr(dt, key))
            return out
        if name == "Timestamp":
            return {"kind": "timestamp", "format": dt.format}
        if name in ("Boolean", "Bytes", "Void"):
            return {"kind": name.lower()}
        if name == "List":
            out = {"kind": "list", "item": self.type(dt.data_type)}
            for key in ("min_items", "max_items"):
                if getattr(dt, key) is not None:
                    out[key] = self.literal(getattr(dt, key))
            return out
        if name == "Map":
            return {"kind": "map", "key": self.type(dt.key_data_type),
                    "value": self.type(dt.value_data_type)}
        if name == "Nullable":
            return {"kind": "nullable", "type": self.type(dt.data_type)}
        if name == "Alias":
            out = {"kind": "alias", "name": self.qname(dt)}
            if dt in self.open_aliases:
                out["to"] = {"kind": "cycle"}
            else:
                self.open_aliases.append(dt)
                out["to"] = self.type(dt.data_type)
                self.open_aliases.pop()
            return out
        if name in ("Struct", "Union"):
            return {"kind": name.lower(), "name": self.qname(dt)}
        return {"kind": "unrepresentable", "python": name}

    # ---- annotations
    def redactor(self, r):
        if r is None:
            return None
        return {"kind": "blot" if isinstance(r, dts.RedactedBlot) else "hash",
                "regex": self.literal(r.regex), "annotation": self.qname(r)}

    def custom(self, c):
        args = {}
        for p in c.annotation_type.params:
            args[p.name] = self.literal(c.kwargs.get(p.name))
        return {"annotation": self.qname(c),
                "type": self.qname(c.annotation_type), "args": args}

    def field_annotations(self, f):
        return {"deprecated": bool(f.deprecated), "preview": bool(f.preview),
                "omitted": self.literal(f.omitted_caller),
                "redactor": self.redactor(f.redactor),
                "custom": [self.custom(c) for c in f.custom_annotations]}

    # ---- members
    def struct_field(self, f):
        out = {"name": f.name, "type": self.type(f.data_type)}
        self.doc(out, f.raw_doc)
        _, nullable, _ = dts.unwrap(f.data_type)
        out["required"] = not nullable and not f.has_default
        if f.has_default:
            out["default"] = self.value(f.default)
        out["annotations"] = self.field_annotations(f)
        return out

    def tag(self, f):
        out = {"name": f.name, "type": self.type(f.data_type)}
        self.doc(out, f.raw_doc)
        out["annotations"] = self.field_annotations(f)
        return out

    def examples(self, dt):
        out = []
        for label, raw in dt._raw_examples.items():
            ex = dt._compute_example(label)
            out.append({"label": label,
                        "text": dts.doc_unwrap(raw.text) if raw.text else None,
                        "value": self.example_value(ex.value)})
        return out

    def example_value(self, v):
        if isinstance(v, dict):
            return {self.literal(k) if isinstance(k, str) else str(k):
                    self.example_value(x) for k, x in v.items()}
        if isinstance(v, list):
            return [self.example_value(x) for x in v]
        return self.literal(v)

    # ---- definitions
    def struct(self, s):
        out = {"name": s.name}
        self.doc(out, s.raw_doc)
        out["extends"] = self.qname(s.parent_type) if s.parent_type else None
        out["fields"] = [self.struct_field(f) for f in s.fields]
        if s.has_enumerated_subtypes():
            out["subtypes"] = {
                "closed": not s.is_catch_all(),
                "tags": [{"tag": f.name, "type": self.qname(f.data_type)}
                         for f in s.get_enumerated_subtypes()]}
        else:
            out["subtypes"] = None
        out["examples"] = self.examples(s)
        return out

    def union(self, u):
        out = {"name": u.name}
        self.doc(out, u.raw_doc)
        out["extends"] = self.qname(u.parent_type) if u.parent_type else None
        out["closed"] = u.closed
        catch, cur = None, u
        while cur is not None:
            if cur.catch_all_field is not None:
                catch = {"tag": cur.catch_all_field.name,
                         "declared_in": self.qname(cur)}
                break
            cur = cur.parent_type
        out["catch_all"] = catch
        out["tags"] = [self.tag(f) for f in u.fields if not f.catch_all]
        out["examples"] = self.examples(u)
        return out

    def alias(self, a):
        out = {"name": a.name, "type": self.type(a.data_type)}
        self.doc(out, a.raw_doc)
        out["annotations"] = {
            "redactor": self.redactor(a.redactor),
            "custom": [self.custom(c) for c in a.custom_annotations]}
        return out

    def annotation_type(self, t):
        out = {"name": t.name}
        self.doc(out, t.raw_doc)
        params = []
        for p in t.params:
            po = {"name": p.name, "type": self.type(p.data_type)}
            self.doc(po, p.raw_doc)
            po["required"] = not p.has_default and not dts.is_nullable_type(p.data_type)
            if p.has_default:
                po["default"] = self.value(p.default)
            params.append(po)
        out["params"] = params
        return out

    def annotation(self, a):
        out = {"name": a.name}
        if isinstance(a, dts.Deprecated):
            out["kind"] = "deprecated"
        elif isinstance(a, dts.Preview):
            out["kind"] = "preview"
        elif isinstance(a, dts.Omitted):
            out["kind"] = "omitted"
            out["omitted_caller"] = self.literal(a.omitted_caller)
        elif isinstance(a, dts.RedactedBlot):
            out["kind"] = "redacted_blot"
            out["regex"] = self.literal(a.regex)
        elif isinstance(a, dts.RedactedHash):
            out["kind"] = "redacted_hash"
            out["regex"] = self.literal(a.regex)
        else:
            out["kind"] = "custom"
            out["type"] = self.qname(a.annotation_type)
            out["args"] = self.custom(a)["args"]
        return out

    def attr(self, v):
        if isinstance(v, datetime.datetime):
            return {"literal": v.isoformat()}
        if v is None:
            return {"literal": None}
        return self.value(v)

    def route(self, r):
        out = {"name": r.name, "version": r.version}
        self.doc(out, r.raw_doc)
        out["arg"] = self.type(r.arg_data_type)
        out["result"] = self.type(r.result_data_type)
        out["error"] = self.type(r.error_data_type)
        if r.deprecated is None:
            out["deprecated"] = None
        elif r.deprecated.by is None:
            out["deprecated"] = {"by": None}
        else:
            out["deprecated"] = {"by": {"name": r.deprecated.by.name,
                                        "version": r.deprecated.by.version}}
        written = {a.name: a.value for a in r._ast_node.attrs}
        attrs = {}
        for key, val in r.attrs.items():
            if isinstance(val, datetime.datetime) and key in written:
                val = written[key]      # keep the text of a timestamp
            attrs[key] = self.attr(val)
        out["attrs"] = attrs
        return out

    def namespace(self, ns):
        out = {"name": ns.name, "doc": ns.doc}
        out["imports"] = sorted(
            n.name for n, why in ns._imported_namespaces.items()
            if why.data_type or why.alias)
        out["annotation_types"] = [self.annotation_type(t) for t in
                                   sorted(ns.annotation_types, key=lambda x: x.name)]
        out["annotations"] = [self.annotation(a) for a in
                              sorted(ns.annotations, key=lambda x: x.name)]
        out["aliases"] = [self.alias(a) for a in
                          sorted(ns.aliases, key=lambda x: x.name)]
        types = sorted(ns.data_types, key=lambda x: x.name)
        out["structs"] = [self.struct(t) for t in types if dts.is_struct_type(t)]
        out["unions"] = [self.union(t) for t in types if dts.is_union_type(t)]
        out["routes"] = [self.route(r) for r in
                         sorted(ns.routes, key=lambda x: (x.name, x.version))]
        return out

    def api_json(self):
        self.check_alias_cycles()
        schema = self.api.route_schema
        return {
            "format": FORMAT,
            "route_schema": [self.struct_field(f) for f in schema.all_fields],
            "namespaces": [self.namespace(self.api.namespaces[n])
                           for n in sorted(self.api.namespaces)]}


def stats(doc):
    out = {"namespaces": len(doc["namespaces"]), "structs": 0, "unions": 0,
           "aliases": 0, "routes": 0, "fields": 0, "tags": 0, "examples": 0,
           "annotations": 0, "annotation_types": 0, "enumerated_roots": 0,
           "route_attrs": len(doc["route_schema"])}
    for ns in doc["namespaces"]:
        for key in ("structs", "unions", "aliases", "routes", "annotations",
                    "annotation_types"):
            out[key] += len(ns[key])
        for s in ns["structs"]:
            out["fields"] += len(s["fields"])
            out["examples"] += len(s["examples"])
            out["enumerated_roots"] += s["subtypes"] is not None
        for u in ns["unions"]:
            out["tags"] += len(u["tags"])
            out["examples"] += len(u["examples"])
    return out


def to_text(doc):
    return json.dumps(doc, sort_keys=True, indent=2, ensure_ascii=False) + "\n"


# --------------------------------------------------------------------- cli --

def collect(paths, root=None):
    found = []
    for p in paths:
        if os.path.isdir(p):
            base = root or p
            for d, dirs, names in os.walk(p):
                dirs.sort()
                found += [(os.path.relpath(os.path.join(d, n), base), os.path.join(d, n))
                          for n in names if n.endswith(".stone")]
        else:
            found.append((os.path.relpath(p, root) if root else p, p))
    if any(os.path.isdir(p) for p in paths):
        found.sort(key=lambda t: t[0].replace(os.sep, "/").encode())
    files = []
    for shown, path in found:
        with open(path, encoding="utf-8") as f:     # universal newlines
            files.append((shown.replace(os.sep, "/"), f.read()))
    return files


def _limited(func, *args, seconds=120):
    """Runs func; endless loops in the reference end as a crash report."""
    def expired(_sig, _frame):
        raise SpecError("semantic", None, None, "reference crashed while checking",
                        {"exception": "Timeout", "text": "no answer in %d s" % seconds,
                         "where": "stone_oracle.py:_limited"})
    try:
        old = signal.signal(signal.SIGALRM, expired)
    except (ValueError, AttributeError):        # not the main thread, not Unix
        return func(*args)
    signal.alarm(seconds)
    try:
        return func(*args)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, old)


def run(files, raw_docs=False, whitelist=None):
    """(exit code, JSON-able object)"""
    try:
        api = _limited(load, files, whitelist)
    except SpecError as exc:
        return 1, exc.as_json()
    try:
        return 0, Dumper(api, raw_docs).api_json()
    except Exception as exc:  # accepted by the reference, but not usable
        return 1, SpecError("dump", None, None,
                            "accepted, but the IR cannot be walked",
                            _crash(exc)).as_json()


def main(argv=None):
    ap = argparse.ArgumentParser(description=__doc__,
                                 formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("paths", nargs="+")
    ap.add_argument("--root")
    ap.add_argument("--raw-docs", action="store_true")
    ap.add_argument("--whitelist", metavar="JSON",
                    help="route whitelist file, applied before dumping")
    ap.add_argument("--stats", action="store_true", help="print counts instead")
    args = ap.parse_args(argv)
    whitelist = None
    if args.whitelist:
        with open(args.whitelist, encoding="utf-8") as f:
            whitelist = json.load(f)
    code, doc = run(collect(args.paths, args.root), args.raw_docs, whitelist)
    if args.stats and code == 0:
        doc = stats(doc)
    sys.stdout.write(to_text(doc))
    return code


if __name__ == "__main__":
    sys.exit(main())
