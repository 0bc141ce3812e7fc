"""Checks that a JSON report contains what is expected.

usage: contains.py EXPECTED.json REPORT.json

An object contains another that has some of its keys, each value contained. A
list of plain values must be the same list, in any order. Of a list of
objects, each must be contained in some object of the report's list. All else
must be equal. Prints each difference with its path; exit status 1 if any.
"""
import json
import sys


def is_plain(values):
    return not any(isinstance(value, (dict, list)) for value in values)


def differences(expected, actual, path):
    if isinstance(expected, dict):
        if not isinstance(actual, dict):
            return ["%s: no object: %r" % (path, actual)]
        found = []
        for key, value in sorted(expected.items()):
            inner = "%s.%s" % (path, key)
            if key in actual:
                found += differences(value, actual[key], inner)
            else:
                found.append("%s: missing" % inner)
        return found
    if isinstance(expected, list) and isinstance(actual, list):
        if is_plain(expected):
            same = sorted(map(str, expected)) == sorted(map(str, actual))
            return [] if same else ["%s: %r, expected %r" % (path, actual, expected)]
        return ["%s: nothing contains %s" % (path, json.dumps(wanted))
                for wanted in expected
                if all(differences(wanted, candidate, path)
                       for candidate in actual)]
    if expected != actual or isinstance(expected, bool) != isinstance(actual, bool):
        return ["%s: %r, expected %r" % (path, actual, expected)]
    return []


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1]) as expected, open(sys.argv[2]) as report:
        found = differences(json.load(expected), json.load(report), "report")
    for difference in found:
        print(difference)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
