"""Prints which cause is found and which is ruled out in which golden case.

usage: matrix.py WIRECAUSE CASES_FOLDER RULES_FOLDER

Each column is a case of CASES_FOLDER that has a folder or archive as its
bundle, each row a cause: F found, x ruled out, ? possible, - not testable.
Exit status 1 if a cause is never ruled out in a case where another verdict
holds, or if fewer causes are found than FOUND_AT_LEAST: a cause that no case
shows is a cause that nobody has seen work.
"""
import glob
import json
import os
import subprocess
import sys

FOUND_AT_LEAST = 27
MARKS = {"explains": "F", "ruled-out": "x", "possible": "?",
         "not-testable": "-"}


def bundle_of(folder, source):
    if os.path.isdir(folder + "/bundle"):
        return folder + "/bundle"
    if os.path.isfile(folder + "/bundle.tar.gz"):
        return folder + "/bundle.tar.gz"
    with open(folder + "/bundle") as name:
        return os.path.join(source, name.read().strip())


def outcomes(wirecause, bundle):
    report = subprocess.run([wirecause, "analyze", "-q", "--format", "json",
                             bundle], capture_output=True, check=True)
    return {cause["id"]: cause["outcome"]
            for cause in json.loads(report.stdout)["causes"]}


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    wirecause, cases, rules = sys.argv[1:]
    names = sorted(os.path.basename(os.path.dirname(path))
                   for path in glob.glob(cases + "/*/expected.json"))
    causes = sorted(os.path.basename(path)[:-len(".yaml")]
                    for path in glob.glob(rules + "/causes/*.yaml"))
    found = {name: outcomes(wirecause,
                            bundle_of(os.path.join(cases, name),
                                      os.path.join(cases, "..", "..")))
             for name in names}

    for number, name in enumerate(names):
        print("%3d %s" % (number + 1, name))
    print(" " * 26 + "".join("%3d" % (i + 1) for i in range(len(names))))
    wrong = []
    shown = 0
    for cause in causes:
        marks = [MARKS.get(found[name].get(cause), " ") for name in names]
        print("%-26s" % cause + "".join("  " + mark for mark in marks))
        shown += "F" in marks
        if "x" not in marks:
            wrong.append("%s is ruled out in no case" % cause)
    print("%d of %d causes are found in a case" % (shown, len(causes)))
    if shown < FOUND_AT_LEAST:
        wrong.append("fewer than %d causes are found" % FOUND_AT_LEAST)
    for line in wrong:
        print(line)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
