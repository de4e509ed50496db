"""A made-up accelerator: a matrix product on an array of processing elements with a buffer."""

import math

import codesign_sim as cs


def evaluate(design, settings):
    rows, cols, kib = design["rows"], design["cols"], design["buffer"]
    if rows * cols > settings["max_pes"]:
        raise cs.Infeasible("more processing elements than fit", violation=rows * cols / settings["max_pes"] - 1)
    m, n, k = 512, 512, 512
    tiles = math.ceil(m / rows) * math.ceil(n / cols)
    cycles = tiles * (k + rows + cols - 2)
    fetched = 2 * k * (m + n) * max(1, 64 // kib)  # bytes; a small buffer fetches again
    if design["dataflow"] == "ws" and design["double"] == "yes":
        cycles = max(cycles * 0.8, fetched / 16)
    return {"latency_cycles": cycles, "energy_uj": (0.2 * m * n * k + 20 * fetched) * 1e-6}


cs.serve(
    name="npu", version="1.0.0", doc="A made-up accelerator for a product of 512 x 512 matrices.",
    axes=[
        cs.ordinal("rows", [8, 16, 32, 64], unit="PE", doc="rows of the array", group="array", log=True),
        cs.ordinal("cols", [8, 16, 32, 64], unit="PE", doc="columns of the array", group="array", log=True),
        cs.ordinal("buffer", [16, 32, 64], unit="KiB", group="memory"),
        cs.nominal("dataflow", ["os", "ws"], doc="what stays in the array"),
        cs.nominal("double", ["no", "yes"], doc="fetch while computing", group="memory", when={"dataflow": "ws"}),
    ],
    metrics=[
        cs.metric("latency", "cycles", "of the whole product"),
        cs.metric("energy", "uJ", "multiplications and fetches"),
    ],
    settings=[cs.setting("max_pes", 1024, doc="the largest array that fits", low=64, high=4096)],
    evaluate=evaluate,
)
