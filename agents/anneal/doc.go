// Package anneal is simulated annealing (S. Kirkpatrick, C. D. Gelatt and M. P. Vecchi, Science 220, 1983), plain and guided by what a model says
// about its own bottlenecks.
//
//	sa      a move is a random change of one axis of the current design (vary.One)
//	guided  a move is advice of the model (simulators.Advice); up to Depth moves follow one another before the result is accepted or not
//
// # Chains
//
// A chain begins at the current design x and makes moves x = c_0, c_1, c_2, …, whatever each of them gives. It ends with the first design that is
// better than x, after Depth moves, or at a design that was not evaluated. Its best design c (package rank) is then accepted with probability
//
//	P = 1                    c is not worse than x
//	P = exp(-δ / T)          else, δ the worsening, in means of the changes that moves have made so far
//	T = T0 (T1/T0)^(t/B)     after t of B trials; B = 1000 when the budget is unknown
//
//	δ = Σ_i max(0, f_i(x) - f_i(c)) / s_i / m    both feasible, of m objectives f_i
//	δ = (v(c) - v(x)) / s_v                      else, both evaluated: v the sum of the violations, 0 of a feasible design
//	δ = (d(c) - d(x)) / s_d                      neither evaluated, their distances from feasible d known
//	δ = ∞                                        else
//
// s_i, s_v, s_d are running means of the absolute change of f_i, v, d from c_k to c_k+1, of the last 32 changes or so; so T has no unit, and T0 = 1 accepts
// a worsening of the mean size in 37 of 100 cases. With several trials in flight as many chains run side by side.
//
// # Advice
//
// The search begins at the designs that the model advises without a design (nil), or at a random one; given trials come before both. Advice about one thing
// (Advice.About: the latency of a task, the area) has the place of its first piece. A move draws the thing, the first with probability 3/4, else the
// second with 3/4, and so on, then a piece of advice about it uniformly; designs that were proposed before do not come into question. A thing whose moves have
// failed to improve a design five times in a row is put aside until the current design changes for the better. When nothing is left, and for a simulator
// that gives no advice, a move is a random change of one axis.
//
// This is the search of FARSI (B. Boroujerdian et al., ACM TECS 22, 2023: metric, task, block, transformation) with three differences. The model, not
// the agent, orders the bottlenecks. Acceptance is Metropolis': the published program compares a constant with exp(δ/T), and so accepts everything.
// A chain ends with the first improvement instead of running to its depth.
package anneal
