// Package objective turns the metrics of a result into scores: what is maximised, and which constraints hold.
//
// # Terms
//
// A term is a metric key ("latency_ns") or an expression over metric keys ("energy_pj * latency_ns") in the language of
// github.com/expr-lang/expr: + - * / **, comparisons, conditions (a ? b : c), and the functions abs, ceil, floor, round, min, max, sqrt,
// cbrt, exp, log, log2, log10 and pow; let gives a part a name ("let e = energy_pj; e * e"). ** binds tighter than a minus before it: -2 ** 2
// is -4. Everything is a float64, literals too; nothing else is visible, so a term is a pure function of the metrics. A term that reads no
// metric, holds text or has a ';' that follows no let is refused; one that is not finite for a result is an error that names it.
//
// # Scores
//
// With x_i the value of term i, s_i = -1 for a minimised and +1 for a maximised one, the objectives that agents maximise are
//
//	spec, pareto   o_i = s_i x_i, the minimised terms first, each list in its order
//	weighted       o   = Σ w_i s_i x_i             (w_i > 0; without weights each is 1/n, the mean)
//	penalty        o   = Σ w_i s_i x_i             (the same; Reward subtracts the penalty)
//	ratio          o   = Π min(cap, T_i/|x_i-T_i|) (T_i > 0 the targets, sorted by term; cap is 1000 unless set)
//
// The constraints, at most before at least and each sorted by term, have the violations
//
//	at most B    v = (x-B)/scale        at least B    v = (B-x)/scale        scale = |B|, 1 for B = 0
//
// so that v <= 0 holds, 0.1 misses the bound by a tenth of it, and -0.5 leaves half of it free. Violations stay beside the objectives in
// every kind; being better than a bound changes no objective and no reward. (penalty only: scale = |worst-B| where worst is given.)
// Violations are limited to ±1e300, which keeps their sums finite.
//
// A result without values (infeasible or failed) has no objectives; its constraints are unknown, which counts as violated by 1 each (missed
// by the whole bound: worse than most misses that were measured), and the last violation is Result.Violation.
//
// # Rewards
//
// Reward is one number for learners, finite for every score and strictly increasing (up to rounding) in every objective. For a score
// without objectives, let U be its last violation, or infinite (U/(1+U) = 1) when that is 0, which means unknown; for any score let V be
// the sum of its positive violations. With
//
//	squash(o) = ½ (1 + L/(1+|L|)),  L = asinh(o)
//
// which lies in (0, 1) and is logarithmic in |o|, so that it tells 1,000 cycles from 1,010 as well as 1e9 from 1.01e9:
//
//	                        feasible            V > 0                     without objectives
//	spec, pareto, weighted  mean of squash(o_i) -V/(1+V), in [-1, 0]      -1 - U/(1+U), in [-2, -1]
//	ratio                   o                   the same                  the same
//	penalty                 o                   R = o - rho V             F - 1 - U/(1+U)
//
// In the first two rows every infeasible score is below every feasible one; a term divided by its usual size (`latency_ns / 1e5`) spreads
// squash best. In the row of penalty a design that misses a spec can beat one that holds it: that is the published rule. Its floor is
// F = -10 rho: a reward R below F is told as F - (F-R)/(1+(F-R)) instead, so that it stays above F - 1 and above what was not evaluated.
//
// # Kinds for comparison with published work
//
// ratio is the reward of ArchGym (Krishnan et al., ISCA 2023; arch_gym/envs/DRAMEnv.py): target/|x-target|, the product over the targets. It
// is two-sided, hence punishes being better than the target, and is singular at the target, where the cap (1000, as in ArchGym's RL
// environment) holds. It is the only kind with either property; use spec for new work.
//
// penalty is the reward of NASAIC (Yang et al., DAC 2020): weighted accuracy minus rho (10 unless set) times the relative violations of the
// specs, each divided by how far the worst design is beyond its bound. Its terms are meant to be of size 100 at most, such as accuracies;
// scale others in the expression.
package objective
