"""Runs SCALE-Sim, v2 or v3, on a topology of matrix products; the reports are in OUT.

    python3 scalesim_driver.py CONFIG TOPOLOGY LAYOUT OUT
"""

import importlib.metadata
import inspect
import sys


def main(config, topology, layout, out):
    from scalesim.scale_sim import scalesim

    given = {"save_disk_space": True, "verbose": False, "config": config, "topology": topology, "input_type_gemm": True}
    if "layout" in inspect.signature(scalesim).parameters:  # v3
        given["layout"] = layout
    scalesim(**given).run_scale(top_path=out)


def numbers(version):
    return tuple(int(part) for part in version.split(".")[:3] if part.isdigit())


def ready():
    try:
        import numpy
        from scalesim.scale_sim import scalesim  # noqa: F401
    except ImportError as missing:
        sys.exit("%s; want the Python package scalesim" % missing)
    try:
        release = numbers(importlib.metadata.version("scalesim"))
    except importlib.metadata.PackageNotFoundError:  # a checkout
        release = (3, 0, 0)
    if release <= (3, 0, 0) and numbers(numpy.__version__) >= (2, 4):
        sys.exit("numpy %s: SCALE-Sim up to 3.0.0 needs one below 2.4" % numpy.__version__)
    print("scalesim: ready")


if __name__ == "__main__":
    if sys.argv[1:] == ["--try"]:
        ready()
    else:
        main(*sys.argv[1:])
