"""An agent for codesign in one file: copy it beside your program. Python 3.8 or later, no dependencies.

    import codesign_agent as ca

    class Random:
        def __init__(self, problem):           # what is searched: problem.axes, .objectives, .constraints, .budget, .seed, .options
            self.problem, self.rng = problem, random.Random(problem.seed)

        def ask(self, n):                      # at most n designs, dicts of axis name -> value; fewer is an answer, none ends the search
            return [self.problem.sample(self.rng)]

        def tell(self, trials):                # what became of them, in the order of asking: trial.design, .objectives, .violations, ...
            pass

    ca.serve_agent(Random)

An experiment file names the program as an agent: kind = { command = ["python3", "random_agent.py"] }. What the program prints goes to standard error,
so that it cannot disturb the protocol (docs/protocol.md, version 1); print nothing before serve_agent. An exception of the agent ends its study; nothing
that was evaluated is lost, and `codesign run --resume` goes on.
"""

import itertools
import json
import os
import sys
import traceback

__all__ = ["Axis", "Problem", "Trial", "serve_agent"]

PROTOCOL = 1


class Axis:
    """One axis: name, kind ("ordinal", "nominal" or "permutation"), values in the order of its levels, unit, doc, group, log (its effect is in its logarithm).

    The value of a permutation is the tuple of its labels in their order. An axis is active in a design when every axis of `when`, a dict of
    earlier axis -> values, has one of these values; inactive ones are absent from the design.
    """

    def __init__(self, message):
        self.name, self.kind = message["name"], message["kind"]
        self.unit, self.doc, self.group, self.log = message.get("unit", ""), message.get("doc", ""), message.get("group", ""), message.get("log", False)
        if self.kind == "ordinal":
            self.values = message["values"]
        elif self.kind == "nominal":
            self.values = message["labels"]
        else:
            self.values = list(itertools.permutations(message["labels"]))
        self.when = {}

    def condition(self, earlier, message):
        """Reads what the axis depends on."""
        for c in message.get("when", []):
            axis = earlier[c["axis"]]
            self.when[axis.name] = [v for v in axis.values if _text(v) in c["in"]]


class Problem:
    """What is searched: axes, objectives (how many, all maximised), constraints (how many), budget (trials; 0 = not known), seed, options (a dict)."""

    def __init__(self, message, options):
        self.axes = [Axis(a) for a in message["axes"]]
        self.objectives, self.constraints = message.get("objectives", 1), message.get("constraints", 0)
        self.budget, self.seed, self.options = message.get("budget", 0), message.get("seed", 0), options
        names = {a.name: a for a in self.axes}
        for axis, said in zip(self.axes, message["axes"]):
            axis.condition(names, said)

    def active(self, axis, design):
        """Whether an axis plays a part beside the values of the axes before it."""
        return all(name in design and design[name] in values for name, values in axis.when.items())

    def sample(self, rng):
        """A random design: rng is a random.Random."""
        return self.complete({}, rng)

    def complete(self, design, rng):
        """The design without inactive axes, and with random values of the active ones that it lacks."""
        whole = {}
        for axis in self.axes:
            if self.active(axis, whole):
                whole[axis.name] = design[axis.name] if axis.name in design else rng.choice(axis.values)
        return whole

    def design(self, levels):
        """The design of a row of levels."""
        design = {}
        for axis, level in zip(self.axes, levels):
            if self.active(axis, design):
                design[axis.name] = axis.values[level]
        return design

    def levels(self, design):
        """The levels of a design."""
        point, kept = [], {}
        for axis in self.axes:
            if not self.active(axis, kept):
                point.append(0)
                continue
            if axis.name not in design:
                raise ValueError(f"the design {design} has no {axis.name}")
            value = tuple(design[axis.name]) if axis.kind == "permutation" else design[axis.name]
            if value not in axis.values:
                raise ValueError(f"{axis.name} is {value!r}, which is none of its values {axis.values}")
            kept[axis.name] = value
            point.append(axis.values.index(value))
        unknown = [name for name in design if name not in {a.name for a in self.axes}]
        if unknown:
            raise ValueError(f"the design has {', '.join(unknown)}: the axes are {', '.join(a.name for a in self.axes)}")
        return point


class Trial:
    """What became of a design.

    objectives   a list, all maximised (a minimised metric has its sign changed); None when the design could not be evaluated
    violations   a list, one a constraint, <= 0 holds, and last the design's own distance from feasible, 0 = unknown
    infeasible   why there are no objectives; empty when there are
    feasible     whether it was evaluated and every constraint holds
    given        whether it was not asked for: today's product, or a trial of earlier results
    """

    def __init__(self, design, objectives, violations, infeasible, given):
        self.design, self.objectives, self.violations, self.infeasible, self.given = design, objectives, violations, infeasible, given

    @property
    def feasible(self):
        return self.objectives is not None and all(v <= 0 for v in self.violations)


def serve_agent(make, kind="", options=None, deterministic=True):
    """Answers requests on standard input and output until the input ends.

    make takes a Problem and returns an object with ask(n) and tell(trials). kind is what tables and datasets call the agent; by default the program's
    file name. options is a dict of the options that an experiment file may give, with their defaults; a file that gives another one is refused.
    deterministic=False says that the same seed and the same trials may give other designs, as of a language model: its studies are then outside the
    reproducibility promise, and a resumed study does not ask for the old designs again but tells them as given.
    """
    _Server(make, kind or os.path.splitext(os.path.basename(sys.argv[0]))[0], dict(options or {}), deterministic).run()


def _text(value):
    """A level's name: a number without a needless ".0", the labels of an order joined."""
    if isinstance(value, tuple):
        return ">".join(value)
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)


class _Server:
    def __init__(self, make, kind, options, deterministic):
        self.make, self.kind, self.options, self.deterministic = make, kind, options, deterministic
        self.agent = self.problem = None

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
            if kind == "ask" and self.agent:
                designs = list(self.agent.ask(request["n"]))
                return {"type": "ask", "points": [self.problem.levels(d) for d in designs]}
            if kind == "tell" and self.agent:
                self.agent.tell(self._trials(request))
                return {"type": "tell"}
            if kind == "close":
                return {"type": "close"}
            return {"type": "error", "error": f"{kind!r} is not served"}
        except Exception as err:  # the request is wrong, or this program is: both are answered
            traceback.print_exc()
            return {"type": "error", "kind": "broken", "error": f"{type(err).__name__}: {err}"}

    def _hello(self, request):
        if request["protocol"] != PROTOCOL:
            raise ValueError(f"the client speaks version {request['protocol']} of the protocol, this program version {PROTOCOL}")
        if "problem" not in request:
            raise ValueError("the hello brings no problem: this program is an agent")
        for name, value in request.get("set", {}).items():
            if name not in self.options:
                raise ValueError(f"unknown option {name!r} (known: {', '.join(self.options) or 'none'})")
            self.options[name] = value if self.options[name] is None else type(self.options[name])(value)
        self.problem = Problem(request["problem"], self.options)
        self.agent = self.make(self.problem)
        return {
            "type": "hello", "protocol": PROTOCOL, "program": os.path.basename(sys.argv[0]), "serves": ["ask", "tell"],
            "deterministic": self.deterministic, "agent": {"kind": self.kind, "options": self.options},
        }

    def _trials(self, request):
        why = {reason["at"]: reason.get("infeasible") or reason.get("failed") for reason in request.get("reasons", [])}
        violations = request.get("violations") or [None] * len(request["points"])
        return [
            Trial(self.problem.design(levels), objectives, row if row is not None else [1] * self.problem.constraints + [0], why.get(at, ""), request.get("given", False))
            for at, (levels, objectives, row) in enumerate(zip(request["points"], request["objectives"], violations))
        ]
