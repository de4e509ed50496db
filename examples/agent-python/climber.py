"""A search in a few lines: changes one axis of the best design so far, and sometimes starts anew."""

import random

import codesign_agent as ca


class Climber:
    def __init__(self, problem):
        self.problem, self.rng = problem, random.Random(problem.seed)
        self.best = None

    def ask(self, n):
        return [self.propose() for _ in range(n)]

    def propose(self):
        if self.best is None or self.rng.random() < self.problem.options["restart"]:
            return self.problem.sample(self.rng)
        design = dict(self.best.design)
        axis = self.rng.choice([a for a in self.problem.axes if a.name in design])
        design[axis.name] = self.rng.choice(axis.values)
        return self.problem.complete(design, self.rng)  # the change may have made other axes active

    def tell(self, trials):
        for trial in trials:
            if self.best is None or merit(trial) > merit(self.best):
                self.best = trial


def merit(trial):
    """Greater is better: designs within all constraints by their objective, then the others by how far they are from it."""
    if trial.feasible:
        return (2, sum(trial.objectives))
    return (1 if trial.objectives else 0, -sum(max(v, 0) for v in trial.violations))


ca.serve_agent(Climber, options={"restart": 0.1})
