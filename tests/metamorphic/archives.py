"""The bundle as one file, or as one archive for each node."""
import io
import tarfile
import zipfile

import bundle as bundles


def _tar(files, mode):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:" + mode) as tar:
        for path, data in sorted(files.items()):
            member = tarfile.TarInfo(path)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return out.getvalue()


def _zip(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for path, data in sorted(files.items()):
            target.writestr(zipfile.ZipInfo(path), data,
                            zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _one_file(ending, pack):
    return lambda bundle: bundle.with_files(
        {"bundle." + ending: pack(
            {"incident-4711/" + path: data
             for path, data in bundle.files.items()})})


def nested(bundle):
    """An archive of each node's files, beside what is no node's."""
    owners = bundles.Owners(bundle)
    files, groups = {}, {}
    for path, data in bundle.files.items():
        node = owners.node_of(path)
        if node is None:
            files[path] = data
        else:
            groups.setdefault(node, {})[path] = data
    for node, group in groups.items():
        files["hosts/%s.tar.gz" % node] = _tar(group, "gz")
    return bundle.with_files(files)


COSMETIC = {
    "tar-gz": _one_file("tar.gz", lambda files: _tar(files, "gz")),
    "tar-xz": _one_file("tar.xz", lambda files: _tar(files, "xz")),
    "zip": _one_file("zip", _zip),
    "nested": nested,
}
LOSSY = {}
