#!/usr/bin/env python3
"""Analyzes bundles changed in ways that must not change what is found.

usage: run.py BUNDLES BINARY [--bundle NAME]... [--transform NAME]...
              [--cosmetic] [--list]
BUNDLES holds folders or .tar.gz archives, each one bundle. Prints a line for
each that is not the same, then a table; the exit status is 1 if any is WRONG.
"""
import argparse
import json
import os
import subprocess
import sys
import tarfile
import tempfile

import addresses
import archives
import bundle as bundles
import captures
import clocks
import layout
import missing
import names
import ports
import together
import verdict

MODULES = (layout, names, addresses, ports, captures, archives, together,
           clocks, missing)
COSMETIC = {name: apply for module in MODULES
            for name, apply in module.COSMETIC.items()}
LOSSY = {name: apply for module in MODULES
         for name, apply in module.LOSSY.items()}
JUDGES = {"split": verdict.judge_seam}
MARKS = {verdict.SAME: ".", verdict.WEAKER: "w", verdict.WRONG: "X"}


def find_bundles(folder, wanted):
    """name -> path, of bundles that may be chosen by name"""
    found = {}
    for entry in sorted(os.listdir(folder)):
        path = os.path.join(folder, entry)
        name = entry[:-len(".tar.gz")] if entry.endswith(".tar.gz") else entry
        if (os.path.isdir(path) or name != entry) and \
                (not wanted or name in wanted):
            found[name] = path
    return found


def load(path):
    if os.path.isdir(path):
        return bundles.load(path)
    with tempfile.TemporaryDirectory() as folder, tarfile.open(path) as tar:
        tar.extractall(folder, filter="data")
        inside = os.listdir(folder)
        return bundles.load(os.path.join(folder, inside[0])
                            if len(inside) == 1 else folder)


def analyze(binary, bundle):
    with tempfile.TemporaryDirectory() as folder:
        path = bundles.save(bundle, os.path.join(folder, "bundle"))
        run = subprocess.run(
            [binary, "analyze", "--quiet", "--format", "json", path],
            capture_output=True, timeout=900)
    if run.returncode != 0:
        raise RuntimeError(run.stderr.decode(errors="replace")[-300:])
    return json.loads(run.stdout)


def try_transform(binary, original, old_report, name):
    judge = JUDGES.get(name, verdict.judge_cosmetic if name in COSMETIC
                       else verdict.judge_lossy)
    changed = (COSMETIC.get(name) or LOSSY[name])(original)
    try:
        report = analyze(binary, changed)
    except (RuntimeError, ValueError, subprocess.TimeoutExpired) as error:
        return verdict.WRONG, "no report: %s" % error
    return judge(old_report, report, changed)


def run_bundle(binary, name, path, transforms):
    """transform -> outcome"""
    original = load(path)
    old_report = analyze(binary, original)
    outcomes = {}
    for transform in transforms:
        outcome, why = try_transform(binary, original, old_report, transform)
        outcomes[transform] = outcome
        if outcome != verdict.SAME:
            print("%s, %s: %s: %s" % (name, transform, outcome, why),
                  flush=True)
    return outcomes


def print_table(results, transforms):
    columns = list(results)
    width = max(map(len, transforms))
    for i, name in enumerate(columns):
        print("%*s  %s%s" % (width, "", "| " * i, name))
    for transform in transforms:
        print("%-*s  %s" % (width, transform, " ".join(
            MARKS[results[name][transform]] for name in columns)))
    counts = {kind: sum(outcome == kind for row in results.values()
                        for outcome in row.values()) for kind in MARKS}
    print(", ".join("%d %s" % (counts[kind], kind) for kind in MARKS))
    return counts


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bundles")
    parser.add_argument("binary")
    parser.add_argument("--bundle", action="append", default=[])
    parser.add_argument("--transform", action="append", default=[])
    parser.add_argument("--cosmetic", action="store_true")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    transforms = options.transform or \
        list(COSMETIC) + ([] if options.cosmetic else list(LOSSY))
    if options.list:
        print("\n".join(transforms))
        return 0
    found = find_bundles(options.bundles, options.bundle)
    if not found:
        print("no bundle in %s" % options.bundles, file=sys.stderr)
        return 2
    results = {name: run_bundle(options.binary, name, path, transforms)
               for name, path in found.items()}
    return 1 if print_table(results, transforms)[verdict.WRONG] else 0


if __name__ == "__main__":
    sys.exit(main())
