"""Optuna's samplers as an agent of codesign: pip install optuna. The option `sampler` is tpe, gp, cmaes, nsga2 or random."""

import codesign_agent as ca
import optuna


class Optuna:
    def __init__(self, problem):
        self.problem = problem
        sampler = {
            "tpe": lambda **o: optuna.samplers.TPESampler(multivariate=True, group=True, constraints_func=violations, **o),
            "gp": lambda **o: optuna.samplers.GPSampler(constraints_func=violations if problem.objectives == 1 else None, **o),
            "cmaes": optuna.samplers.CmaEsSampler,
            "nsga2": lambda **o: optuna.samplers.NSGAIISampler(constraints_func=violations, **o),
            "random": optuna.samplers.RandomSampler,
        }[problem.options["sampler"]](seed=problem.seed)
        self.study = optuna.create_study(directions=["maximize"] * problem.objectives, sampler=sampler)
        self.asked = []

    def ask(self, n):
        designs = []
        for _ in range(n):
            trial, design = self.study.ask(), {}
            for axis in self.problem.axes:
                if self.problem.active(axis, design):
                    design[axis.name] = suggest(trial, axis)
            self.asked.append(trial)
            designs.append(design)
        return designs

    def tell(self, trials):
        for told in trials:
            if told.given:
                self.study.add_trial(given(self.problem, told))
                continue
            trial = self.asked.pop(0)
            trial.set_user_attr("violations", told.violations)
            if told.objectives is None:
                self.study.tell(trial, state=optuna.trial.TrialState.FAIL)
            else:
                self.study.tell(trial, told.objectives)


def suggest(trial, axis):
    """The axis's value of a trial: an ordinal one by its level, so that the sampler knows that levels are ordered."""
    if axis.kind == "ordinal":
        return axis.values[trial.suggest_int(axis.name, 0, len(axis.values) - 1)]
    return axis.values[trial.suggest_categorical(axis.name, list(range(len(axis.values))))]


def given(problem, told):
    """A design that was not asked for, as a finished trial."""
    axes = [a for a in problem.axes if a.name in told.design]
    ranges = {
        a.name: optuna.distributions.IntDistribution(0, len(a.values) - 1)
        if a.kind == "ordinal"
        else optuna.distributions.CategoricalDistribution(list(range(len(a.values))))
        for a in axes
    }
    state = optuna.trial.TrialState.COMPLETE if told.objectives else optuna.trial.TrialState.FAIL
    return optuna.trial.create_trial(
        params={a.name: a.values.index(told.design[a.name]) for a in axes}, distributions=ranges, values=told.objectives, state=state,
        user_attrs={"violations": told.violations}, system_attrs={"constraints": told.violations},
    )


def violations(trial):
    return trial.user_attrs["violations"]


optuna.logging.set_verbosity(optuna.logging.WARNING)
ca.serve_agent(Optuna, kind="optuna", options={"sampler": "tpe"})
