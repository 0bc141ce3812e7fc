"""Many cosmetic changes at once: one run instead of ten."""
import addresses
import archives
import captures
import layout
import names


def disguise(bundle):
    """Nothing keeps its name, its address, its folder or its form."""
    for change in (names.nodes, names.pods, names.interfaces,
                   addresses.renumber, captures.convert,
                   layout.other_folders, archives.COSMETIC["tar-xz"]):
        bundle = change(bundle)
    return bundle


COSMETIC = {"disguise": disguise}
LOSSY = {}
