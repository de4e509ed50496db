"""A simulator for codesign in one file: copy it beside your program. Python 3.8 or later, no dependencies.

    import codesign_sim as cs

    def evaluate(design):                      # a dict: axis name -> value; an inactive axis is absent
        if design["pes"] * design["kib"] > 4096:
            raise cs.Infeasible("too large", violation=design["pes"] * design["kib"] / 4096 - 1)
        return {"latency_cycles": 1e6 / design["pes"]}

    cs.serve(
        name="npu", version="1.0.0", doc="A made-up accelerator.",
        axes=[cs.ordinal("pes", [8, 16, 32]), cs.nominal("dataflow", ["os", "ws"])],
        metrics=[cs.metric("latency", "cycles", "of the whole network")],
        evaluate=evaluate,
    )

What evaluate prints goes to standard error, so that it cannot disturb the protocol (docs/protocol.md, version 1); print nothing before serve.
An exception of evaluate fails that design alone, with the exception as the reason.
"""

import inspect
import json
import math
import mimetypes
import os
import sys
import traceback

__all__ = ["Infeasible", "metric", "nominal", "ordinal", "permutation", "serve", "setting"]

PROTOCOL = 1


class Infeasible(Exception):
    """Raised by evaluate for a design that cannot exist; violation >= 0 says how far it is from feasible (0: unknown)."""

    def __init__(self, reason, violation=0.0):
        super().__init__(reason)
        self.violation = float(violation)


def ordinal(name, values, unit="", doc="", group="", log=False, when=None):
    """An axis of ascending numbers. when: a dict of earlier axis -> values, or a value, with which this one is active."""
    return _axis("ordinal", name, unit=unit, doc=doc, group=group, values=list(values), log=log, when=when)


def nominal(name, labels, doc="", group="", when=None):
    """An axis of unordered labels."""
    return _axis("nominal", name, doc=doc, group=group, labels=list(labels), when=when)


def permutation(name, labels, doc="", group="", when=None):
    """An axis of the orders of 2 to 8 labels; its value in a design is the list of labels in their order."""
    return _axis("permutation", name, doc=doc, group=group, labels=list(labels), when=when)


def metric(name, unit="", doc=""):
    """A number that evaluate returns under its key: <name>_<unit>, the unit in lower case with "/" as "_per_"."""
    return _present(name=name, unit=unit, doc=doc)


def setting(name, default, unit="", doc="", allowed=None, low=None, high=None):
    """An option of the scenario, not of the design: serve hands the values to evaluate when that takes a second argument."""
    kinds = {bool: "bool", int: "int", float: "float", str: "string"}
    if type(default) not in kinds:
        raise TypeError(f"setting {name!r}: the default {default!r} is no bool, int, float or str")
    return dict(_present(name=name, unit=unit, doc=doc, allowed=allowed, min=low, max=high), type=kinds[type(default)], default=default)


def serve(name, version, axes, metrics, evaluate, doc="", settings=(), deterministic=True, batch=False, repair=None, detail=None):
    """Answers requests on standard input and output until the input ends.

    evaluate takes a design, or a list of designs with batch=True (it then returns a list of dicts, of which one may also be an Infeasible or
    any other exception). With a second parameter it is also given the settings, a dict. deterministic=False says that equal designs may give
    unequal results.

    repair takes a design and returns the valid one that is to be evaluated in its place; detail takes a design and returns what explains it, a
    dict of file name to text. Both may be left out, and take the settings as evaluate does.
    """
    spec = dict(_present(name=name, version=version, doc=doc), axes=list(axes), metrics=list(metrics))
    _Server(spec, list(settings), evaluate, deterministic, batch, repair, detail).run()


def _present(**fields):
    return {key: value for key, value in fields.items() if value != "" and value is not None and value is not False}  # 0 is a value: a lower limit


def _axis(kind, name, when=None, **fields):
    conditions = []
    for axis, levels in (when or {}).items():
        levels = levels if isinstance(levels, (list, tuple, set)) else [levels]
        conditions.append({"axis": axis, "in": [_text(level) for level in levels]})
    return dict(_present(name=name, when=conditions or None, **fields), kind=kind)


def _text(level):
    """A level's name: a number without a needless ".0", the labels of an order joined."""
    if isinstance(level, (list, tuple)):
        return ">".join(level)
    if isinstance(level, float) and level == int(level):
        return str(int(level))
    return str(level)


def _key(m):
    unit = m.get("unit", "").lower().replace("/", "_per_")
    return m["name"] + ("_" + unit if unit else "")


def _order(labels, rank):
    """The rank-th order of the labels in lexicographic order."""
    rest, order = list(labels), []
    for left in range(len(rest) - 1, -1, -1):
        at, rank = divmod(rank, math.factorial(left))
        order.append(rest.pop(at))
    return order


class _Server:
    def __init__(self, spec, settings, evaluate, deterministic, batch, repair, detail):
        self.spec, self.declared, self.deterministic, self.batch = spec, settings, deterministic, batch
        self.keys = [_key(m) for m in spec["metrics"]]
        self.settings = {s["name"]: s["default"] for s in settings}
        self.evaluate, self.repair, self.detail = self._bound(evaluate), self._bound(repair), self._bound(detail)
        self.tables = [self._levels(axis) for axis in spec["axes"]]
        places = {axis["name"]: i for i, axis in enumerate(spec["axes"])}
        self.when = [
            [(places[c["axis"]], set(c["in"])) for c in axis.get("when", [])] for axis in spec["axes"]
        ]

    def _bound(self, function):
        """The function of a design alone."""
        if function is None or len(inspect.signature(function).parameters) < 2:
            return function
        return lambda design: function(design, self.settings)

    @staticmethod
    def _levels(axis):
        if axis["kind"] == "ordinal":
            return axis["values"]
        if axis["kind"] == "nominal":
            return axis["labels"]
        return [_order(axis["labels"], r) for r in range(math.factorial(len(axis["labels"])))]

    def run(self):
        # The protocol keeps the real standard output; prints, also those of C libraries, go to standard error.
        out = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
        os.dup2(2, 1)
        for line in sys.stdin.buffer:
            request = json.loads(line)
            reply = self._answer(request)
            reply["id"] = request["id"]
            out.write(json.dumps(reply, allow_nan=False) + "\n")
            out.flush()
            if reply["type"] == "close":
                return

    def _answer(self, request):
        kind = request["type"]
        try:
            if kind == "hello":
                return self._hello(request)
            if kind == "evaluate":
                return self._results([self._design(levels) for levels in request["points"]])
            if kind == "repair" and self.repair:
                return self._repaired(request["points"])
            if kind == "detail" and self.detail:
                return self._explained(request["point"])
            if kind == "close":
                return {"type": "close"}
            return {"type": "error", "error": f"{kind!r} is not served"}
        except Exception as err:  # the request is wrong, or this program is: both are answered
            traceback.print_exc()
            return {"type": "error", "error": _said(err)}

    def _hello(self, request):
        if request["protocol"] != PROTOCOL:
            raise ValueError(f"the client speaks version {request['protocol']} of the protocol, this program version {PROTOCOL}")
        for name, value in request.get("set", {}).items():
            if name not in self.settings:
                raise ValueError(f"unknown setting {name!r} (known: {', '.join(self.settings) or 'none'})")
            self.settings[name] = type(self.settings[name])(value)
        serves = ["evaluate"] + ["repair"] * bool(self.repair) + ["detail"] * bool(self.detail)
        return {
            "type": "hello", "protocol": PROTOCOL, "program": os.path.basename(sys.argv[0]), "serves": serves,
            "deterministic": self.deterministic, "spec": self.spec, "settings": self.declared, "set": self.settings,
        }

    def _design(self, levels):
        """The design's values by name, inactive axes left out."""
        design, names = {}, []
        for axis, table, when, level in zip(self.spec["axes"], self.tables, self.when, levels):
            active = all(names[place] in values for place, values in when)
            names.append(_text(table[level]) if active else None)
            if active:
                design[axis["name"]] = table[level]
        return design

    def _point(self, design):
        """The levels of a design: the inverse of _design."""
        point, names = [], []
        for axis, table, when in zip(self.spec["axes"], self.tables, self.when):
            active = all(names[place] in values for place, values in when)
            point.append(table.index(design[axis["name"]]) if active else 0)
            names.append(_text(table[point[-1]]) if active else None)
        return point

    def _repaired(self, points):
        repaired = [self._point(self.repair(self._design(levels))) for levels in points]
        return {"type": "repair", "points": repaired, "changed": [i for i, p in enumerate(points) if p != repaired[i]]}

    def _explained(self, levels):
        files = self.detail(self._design(levels))
        return {
            "type": "detail",
            "artifacts": [
                {"name": name, "media_type": mimetypes.guess_type(name)[0] or "text/plain", "text": text} for name, text in files.items()
            ],
        }

    def _results(self, designs):
        if self.batch:
            results = list(self.evaluate(designs)) if designs else []
            if len(results) != len(designs):
                raise ValueError(f"evaluate returned {len(results)} results for {len(designs)} designs")
        else:
            results = [self._one(design) for design in designs]
        values, reasons = [], []
        for at, result in enumerate(results):
            row, reason = self._row(result)
            values.append(row)
            if reason is not None:
                reasons.append(dict(reason, at=at))
        reply = {"type": "evaluate", "values": values}
        if reasons:
            reply["reasons"] = reasons
        return reply

    def _one(self, design):
        try:
            return self.evaluate(design)
        except Infeasible as err:
            return err
        except Exception as err:
            traceback.print_exc()
            return err

    def _row(self, result):
        """A row of values, or None and the reason."""
        if isinstance(result, Infeasible):
            return None, {"infeasible": str(result) or "infeasible", "violation": result.violation}
        if isinstance(result, Exception):
            return None, {"failed": _said(result)}
        missing = [key for key in self.keys if key not in result]
        surplus = [key for key in result if key not in self.keys]
        if missing or surplus:
            return None, {"failed": f"evaluate returned the metrics {sorted(result)}, where {sorted(self.keys)} are declared"}
        row = [float(result[key]) for key in self.keys]
        for key, value in zip(self.keys, row):
            if not math.isfinite(value):
                return None, {"failed": f"{key} is {value}"}
        return row, None


def _said(err):
    return f"{type(err).__name__}: {err}"
