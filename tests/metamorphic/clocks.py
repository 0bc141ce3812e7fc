"""One node's clock is wrong by a minute and a half."""
import datetime
import re

import bundle as bundles
import capture_file

SHIFT_SECONDS = 90
SHIFT = datetime.timedelta(seconds=SHIFT_SECONDS)
STAMPS = (
    (re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"), "%Y-%m-%dT%H:%M:%S"),
    (re.compile(r"\b\d{4}/\d\d/\d\d \d\d:\d\d:\d\d"), "%Y/%m/%d %H:%M:%S"),
    (re.compile(r"\b[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d "
                r"\d{4}"), "%a %b %d %H:%M:%S %Y"),
    (re.compile(r"\b[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d "
                r"UTC \d{4}"), "%a %b %d %H:%M:%S UTC %Y"),
)


def _shift_capture(data):
    capture = capture_file.read(data)
    for packet in capture.packets:
        packet.time_ns += SHIFT_SECONDS * capture_file.NS
    return capture_file.write(capture)


def _shift_text(data):
    text = data.decode("latin-1")
    for pattern, form in STAMPS:
        text = pattern.sub(
            lambda match: (datetime.datetime.strptime(match.group(0), form)
                           + SHIFT).strftime(form), text)
    return text.encode("latin-1")


def shift(bundle, node):
    owners = bundles.Owners(bundle)

    def change(path, data):
        if path.startswith("kubectl/") or owners.node_of(path) != node:
            return data
        return _shift_capture(data) if bundles.is_capture(data) \
            else _shift_text(data)

    return bundle.with_files({path: change(path, data)
                              for path, data in bundle.files.items()})


def _shift_of(number):
    return lambda bundle: shift(bundle, bundles.nodes(bundle)[number])


COSMETIC = {}
LOSSY = {"clock-%d" % (i + 1): _shift_of(i) for i in range(3)}
