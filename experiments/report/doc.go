// Package report turns a sweep, finished or not, into a terminal table (Table) and a static HTML page (HTML).
//
// Both are pure functions of a Sweep: the same input gives the same bytes, nothing is read but the argument. Whoever reads results from a
// dataset fills a Sweep; the package knows no file format.
//
// # What the numbers mean
//
// Only designs count that were evaluated and meet every constraint: the feasible ones. The score of a run with one objective is its best value, in
// its natural unit and direction (never negated). A run without a feasible design counts as worse than every score and is shown as "none"
// where a median falls on it. Runs that have not begun (no trials) are left out.
//
//	best         the best score of all seeds
//	median       over the seeds, with the 95 % percentile bootstrap interval (2000 resamples of the seeds, from a fixed stream)
//	spec         the median over the seeds of the trials spent until all constraints first held, and how many seeds got there
//	unique       different designs, failed: evaluations that broke, both added over the seeds
//	times        of the agent and of the simulator, added over the seeds
//
// # Several objectives
//
// The score of a run with several objectives is the hypervolume (package stats) of its front, its feasible designs that no other one of them
// dominates, in a frame that is the same for all runs of the scenario. With b_j the best and w_j the worst value of objective j in the fronts
// of all runs, a value v becomes
//
//	u_j = ((v - w_j) / (b_j - w_j) + 0.1) / 1.1,   u_j = 1 where b_j = w_j
//
// and the reference point is 0: a tenth of the range beyond the worst value, so that the worst designs count too. The score lies in (0, 1],
// more is better, and 1 is a design that is best in everything. It is exact for up to four objectives; for more it is of at most 100 designs, evenly
// spaced along the first objective: a lower bound. The frame depends on the runs that are compared: with another agent or seed in the
// sweep the numbers move, and those of two sweeps do not compare. The joint front is of the designs of all runs.
//
// # Figures
//
// Best-so-far, of the first objective: the median over the seeds as a line, the quartiles as a band, on a shared grid of at most 200 trial
// counts; a band that runs off the plot has a quartile without a feasible design. Trade-off: the non-dominated designs of every agent in the first two terms of
// Scenario.Tradeoff, at most 2000 points, and a stair through the joint front. An axis is logarithmic when its values are positive
// and span more than a factor of 20. Up to seven agents, those with the best medians, get a colour of the palette of Okabe and Ito (Color
// Universal Design, 2008), a dash pattern and a glyph; further ones are thin grey lines and are named in the table only.
//
// # Explained designs
//
// What explains a scenario's best designs (Scenario.BestDesigns) follows its tables: pictures in the page, all files by name. A picture is an SVG
// of at most 1 MiB, 8 MiB together; it is an image of its own, so that scripts in it do not run. The others are said to be left out.
//
// # The page
//
// The page is one file without scripts, fonts or addresses. Figures are drawn by gonum/plot in placeholder colours that are then replaced by
// CSS variables, so that they follow the light or dark scheme of the reader and print in the light one.
package report
