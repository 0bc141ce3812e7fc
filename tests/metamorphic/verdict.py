"""What two reports of the same incident may differ in.

A cosmetic change must leave the verdict and the sums of who reached whom.
Where evidence is missing the verdict stays or grows less sure: never another
cause, never surer than with all of the evidence.
"""
import collections

RANK = {None: 0, "possible": 1, "likely": 2, "confirmed": 3}
SAME, WEAKER, WRONG = "same", "weaker", "WRONG"


def _old_names(names, renamed):
    back = {new: old for old, new in renamed.items()}
    return sorted(back.get(name, name) for name in names or [])


def summary(report, renamed):
    verdict = report["verdict"]
    scope = verdict.get("scope") or {}
    return {
        "status": verdict["status"],
        "causes": sorted(verdict.get("causes") or []),
        "confidence": verdict.get("confidence"),
        "from": _old_names(scope.get("from_nodes"), renamed),
        "to": _old_names(scope.get("to_nodes"), renamed),
        "transports": sorted(scope.get("transports") or []),
        "fixed": bool((verdict.get("window") or {}).get("fixed_at")),
    }


def sums(report):
    found = collections.Counter()
    for row in report["reachability"]:
        key = "/".join(str(row[name]) for name in
                       ("leg", "client", "path", "via", "transport"))
        found[key + " asked"] += row["asked"] or 0
        found[key + " answered"] += row["answered"] or 0
    return found


def _differences(old, new):
    return ["%s: %s -> %s" % (key, old.get(key), new.get(key))
            for key in sorted(set(old) | set(new))
            if old.get(key) != new.get(key)]


def _moved(old, new, slack_percent):
    """Sums that differ by more than the slack, at least two questions."""
    return [key for key in set(old) | set(new) if abs(old[key] - new[key]) >
            max(2, old[key] * slack_percent // 100)]


def _short(result):
    return "%s %s %s" % (result["status"], "+".join(result["causes"]) or "-",
                         result["confidence"] or "-")


def judge_cosmetic(old, new, changed):
    found = _differences(summary(old, {}), summary(new, changed.renamed)) + \
        _differences(sums(old), sums(new))
    return (WRONG, "; ".join(found)) if found else (SAME, "")


def judge_seam(old, new, changed):
    """Cosmetic, but a question may be cut in two where a file ends."""
    before, after = sums(old), sums(new)
    found = _differences(summary(old, {}), summary(new, changed.renamed)) + \
        ["%s: %d -> %d" % (key, before[key], after[key])
         for key in sorted(_moved(before, after, 1))]
    return (WRONG, "; ".join(found)) if found else (SAME, "")


def _is_out_of_sight(old, changed):
    """Whether the fault is between other nodes than the one that is left."""
    return changed.only_node is not None and bool(old["from"] + old["to"]) \
        and changed.only_node not in old["from"] + old["to"]


def _says_what_is_missing(report):
    gaps = report.get("gaps") or []
    return bool(gaps) and all(gap.get("collect") for gap in gaps)


def _is_less_sure(old, new):
    """Another status than before is: a cause that was found is not now."""
    return old["status"] != new["status"] or \
        RANK[new["confidence"]] < RANK[old["confidence"]]


def _is_allowed(old, new, report, changed):
    """Not surer, no other cause, and what makes it less sure is said."""
    if RANK[new["confidence"]] > RANK[old["confidence"]]:
        return False
    if _is_less_sure(old, new) and not _says_what_is_missing(report):
        return False
    if old["status"] == "healthy":
        return new["status"] in ("healthy", "undetermined")
    if new["status"] == "healthy":
        return _is_out_of_sight(old, changed)
    if new["status"] == "explained":
        return new["causes"] == old["causes"]
    if new["status"] == "undecided":
        return set(old["causes"]) <= set(new["causes"])
    return True


def judge_lossy(old, new, changed):
    before, after = summary(old, {}), summary(new, changed.renamed)
    text = _short(before) + " -> " + _short(after)
    if not _is_allowed(before, after, new, changed):
        return WRONG, text
    same = ("status", "causes", "confidence")
    if all(before[key] == after[key] for key in same):
        return SAME, ""
    return WEAKER, text
