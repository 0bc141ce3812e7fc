"""Is this JSON report what wirecause.report/1 promises: every key there, and of
its type. Usage: report_schema.py REPORT..."""
import json
import re
import sys

TEXT, NUMBER, COUNT, FLAG = "text", "number", "count", "flag"
TIME = "time"


class Maybe:
    """This, or null."""

    def __init__(self, shape):
        self.shape = shape


class OneOf:
    def __init__(self, *words):
        self.words = words


SIGN = {"sign": TEXT, "weight": NUMBER, "counted": FLAG, "says": Maybe(TEXT),
        "why": Maybe(TEXT), "rows": COUNT,
        "evidence": [{"ref": TEXT, "says": Maybe(TEXT)}]}

CAUSE = {
    "id": TEXT, "title": TEXT, "score": NUMBER,
    "confidence": Maybe(OneOf("confirmed", "likely", "possible")),
    "outcome": OneOf("explains", "ruled-out", "possible", "not-testable"),
    "component": Maybe(TEXT),
    "scope": {"from_nodes": [TEXT], "to_nodes": [TEXT],
              "transports": [OneOf("tcp", "udp")],
              "clients": [OneOf("host", "pod", "external")]},
    "supports": [SIGN], "contradicts": [SIGN],
    "missing": [{"sign": TEXT, "needs": Maybe(TEXT), "collect": Maybe(TEXT)}],
    "fix": [TEXT], "undo": [TEXT], "verify": [TEXT], "references": [TEXT],
}

REPORT = {
    "schema": OneOf("wirecause.report/1"),
    "tool": {"name": OneOf("wirecause"), "version": TEXT,
             "rules": {"signs": COUNT, "causes": COUNT, "sha256": TEXT}},
    "verdict": {
        "status": OneOf("explained", "undecided", "undetermined", "healthy"),
        "causes": [TEXT],
        "confidence": Maybe(OneOf("confirmed", "likely", "possible")),
        "summary": TEXT, "same_node": Maybe(TEXT), "cross_node": Maybe(TEXT),
        "scope": {"from_nodes": [TEXT], "to_nodes": [TEXT],
                  "transports": [OneOf("tcp", "udp")],
                  "clients": [OneOf("host", "pod", "external")]},
        "window": {"start": Maybe(TIME), "end": Maybe(TIME),
                   "fixed_at": Maybe(TIME)}},
    "causes": [CAUSE],
    "reachability": [{
        "leg": TEXT, "client_node": Maybe(TEXT), "client": Maybe(TEXT),
        "server_node": Maybe(TEXT),
        "path": Maybe(OneOf("same-node", "cross-node", "external")),
        "via": Maybe(OneOf("service", "direct")),
        "transport": OneOf("tcp", "udp"), "phase": COUNT, "asked": COUNT,
        "answered": COUNT, "failed": COUNT, "late": COUNT, "retried": COUNT,
        "p50_ms": Maybe(NUMBER), "p99_ms": Maybe(NUMBER)}],
    "factors": [{"factor": TEXT, "failed": COUNT, "asked": COUNT,
                 "odds_ratio": Maybe(NUMBER), "p": Maybe(NUMBER),
                 "within": Maybe(TEXT), "explains": FLAG}],
    "checksums": [{"node": Maybe(TEXT), "interface": Maybe(TEXT),
                   "direction": Maybe(TEXT), "layer": TEXT, "ok": COUNT,
                   "partial": COUNT, "lco": COUNT, "bad": COUNT, "zero": COUNT,
                   "unverifiable": COUNT}],
    "retransmissions": [{"from_node": Maybe(TEXT), "to_node": Maybe(TEXT),
                         "path": Maybe(TEXT), "syn": COUNT, "data": COUNT,
                         "segments": COUNT}],
    "journeys": [{"what": TEXT, "fate": TEXT, "stops": [
        {"node": Maybe(TEXT), "interface": Maybe(TEXT),
         "direction": Maybe(TEXT), "ref": TEXT, "time": TIME,
         "checksum": Maybe(TEXT)}]}],
    "counters": [{"node": Maybe(TEXT), "name": TEXT, "from": COUNT,
                  "to": COUNT, "delta": COUNT, "ref": [TEXT]}],
    "timeline": [{"time": TIME, "what": TEXT, "ref": TEXT}],
    "evidence": [{"path": TEXT, "kind": Maybe(TEXT), "node": Maybe(TEXT),
                  "interface": Maybe(TEXT), "sha256": Maybe(TEXT),
                  "facts": COUNT,
                  "status": OneOf("read", "partly read", "not understood",
                                  "refused"),
                  "why": Maybe(TEXT)}],
    "gaps": [{"what": TEXT, "so": TEXT, "collect": TEXT}],
}

# Evidence without a date has a time of day only, and no zone.
CLOCK = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"
                   r"|\d\d:\d\d:\d\d(\.\d+)?")


def is_integer(value):
    return isinstance(value, int) and not isinstance(value, bool)


SIMPLE = {
    TEXT: lambda value: isinstance(value, str),
    NUMBER: lambda value: is_integer(value) or isinstance(value, float),
    COUNT: lambda value: is_integer(value) and value >= 0,
    FLAG: lambda value: isinstance(value, bool),
    TIME: lambda value: isinstance(value, str) and CLOCK.fullmatch(value),
}


def wrong(shape, value, at):
    """Yields what is wrong with a value, and where."""
    if isinstance(shape, Maybe):
        if value is not None:
            yield from wrong(shape.shape, value, at)
    elif isinstance(shape, OneOf):
        if value not in shape.words:
            yield "%s is %r, not one of %s" % (at, value, shape.words)
    elif isinstance(shape, dict):
        if not isinstance(value, dict):
            yield "%s is no object" % at
            return
        for key, inner in shape.items():
            if key not in value:
                yield "%s.%s is missing" % (at, key)
            else:
                yield from wrong(inner, value[key], "%s.%s" % (at, key))
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield "%s is no array" % at
            return
        for number, item in enumerate(value):
            yield from wrong(shape[0], item, "%s[%d]" % (at, number))
    elif not SIMPLE[shape](value):
        yield "%s is %r, not a %s" % (at, value, shape)


def beyond_types(report):
    """What the contract says in words."""
    causes = {cause["id"]: cause for cause in report["causes"]}
    paths = {row["path"] for row in report["evidence"]}
    verdict = report["verdict"]
    for name in verdict["causes"]:
        if name not in causes:
            yield "verdict names %s, which is no cause" % name
    if (verdict["status"] == "explained") != bool(
            [c for c in report["causes"] if c["outcome"] == "explains"]):
        yield "verdict %s beside the causes' outcomes" % verdict["status"]
    for row in report["reachability"]:
        if (row["asked"] != row["answered"] + row["failed"]
                or row["late"] > row["failed"]):
            yield "reachability does not add up: %s" % row
    for cause in report["causes"]:
        for sign in cause["supports"] + cause["contradicts"]:
            for piece in sign["evidence"]:
                path = re.sub(r"(#|:)\d+$", "", piece["ref"])
                if path not in paths:
                    yield "%s refers to %s, which was not in the bundle" % (
                        sign["sign"], piece["ref"])


def main():
    count = 0
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as file:
            report = json.load(file)
        found = list(wrong(REPORT, report, "report"))
        for what in (found or list(beyond_types(report)))[:10]:
            print("%s: %s" % (path, what))
            count += 1
    return 1 if count > 0 else 0


if __name__ == "__main__":
    sys.exit(main())
