"""Prints which cause is found and which is ruled out in which golden case.

usage: matrix.py WIRECAUSE CASES_FOLDER RULES_FOLDER

Each column is a case of CASES_FOLDER that has a folder or archive as its
bundle, each row a cause: F found, x ruled out, ? possible, - not testable.
Exit status 1 if a cause is found in no case - a cause that no case shows is
one that nobody has seen work - or is ruled out in no case whose verdict is
not "healthy": ruling out on a sound cluster is no art.
"""
import glob
import json
import os
import subprocess
import sys

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
    report = json.loads(report.stdout)
    return (report["verdict"]["status"],
            {cause["id"]: cause["outcome"] for cause in report["causes"]})


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
        marks = [MARKS.get(found[name][1].get(cause), " ") for name in names]
        print("%-26s" % cause + "".join("  " + mark for mark in marks))
        shown += "F" in marks
        if "F" not in marks:
            wrong.append("%s is found in no case" % cause)
        if not any(mark == "x" and found[name][0] != "healthy"
                   for mark, name in zip(marks, names)):
            wrong.append("%s is ruled out in no unhealthy case" % cause)
    print("%d of %d causes are found in a case" % (shown, len(causes)))
    for line in wrong:
        print(line)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
