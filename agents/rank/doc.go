// Package rank puts trials in order: what "better" means to every agent of this module.
//
// Trials fall into four classes, each better than the next, however far off a trial is within its class:
//
//	feasible   evaluated, every constraint holds (Trial.Feasible)                    by objectives
//	violating  evaluated, a constraint does not hold                                 by Trial.Violation, the sum; less is better
//	distant    not evaluated, but the last violation, the simulator's, is above 0    by that alone; less is better
//	unknown    not evaluated, such as a crash                                        all equal
//
// The violations of the constraints do not count where nothing was measured: env/objective sets them to 1 each. Within the evaluated designs
// this is Deb's constrained dominance (K. Deb, Comput. Methods Appl. Mech. Eng. 186, 2000), which needs no penalty constant.
//
// Feasible designs of one objective compare by it. Of several objectives a design is better than another when it dominates it: at least
// as good in each, better in one. Order turns that partial order into a full one as NSGA-II does (K. Deb et al., IEEE Trans. Evol. Comput.
// 6, 2002): by non-dominated front, within a front by crowding distance, the lonelier design first:
//
//	crowding(i) = sum over objectives m of (f_m(next) - f_m(previous)) / (max f_m - min f_m),   infinite at the ends of the front
//
// Front keeps what none of the told designs betters, for searches that go on from it.
//
// Compare costs O(objectives + constraints), Order O(n log n) for one objective and O(n^2) for several. Equal trials keep their order.
package rank
