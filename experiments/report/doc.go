// Package report turns a sweep, finished or not, into a terminal table (Table) and a static HTML page (HTML).
//
// Both are pure functions of a Sweep: the same input gives the same bytes, nothing is read but the argument. Whoever reads results from a
// dataset fills a Sweep; the package knows no file format.
//
// # What the numbers mean
//
// The score of a scenario is its first objective in its natural unit and direction (never negated), of designs that were evaluated and meet
// every constraint. A run's score is the best one of its whole run; a run without any counts as worse than every score and is shown as "none"
// where a median falls on it. Runs that have not begun (no trials) are left out.
//
//	best         the best score of all seeds
//	median       over the seeds, with the 95 % percentile bootstrap interval (2000 resamples of the seeds, from a fixed stream)
//	spec         the median over the seeds of the trials spent until all constraints first held, and how many seeds got there
//	unique       different designs, failed: evaluations that broke, both added over the seeds
//	times        of the agent and of the simulator, added over the seeds
//
// # Figures
//
// Best-so-far: the median over the seeds as a line, the quartiles as a band, on a shared grid of at most 200 trial counts; a band that
// runs off the plot has a quartile without a feasible design. Trade-off: the non-dominated designs of every agent in the first two terms of
// Scenario.Tradeoff, at most 2000 points, and a stair through the joint front. An axis is logarithmic when its values are positive
// and span more than a factor of 20. Up to seven agents, those with the best medians, get a colour of the palette of Okabe and Ito (Color
// Universal Design, 2008), a dash pattern and a glyph; further ones are thin grey lines and are named in the table only.
//
// The page is one file without scripts, fonts or addresses. Figures are drawn by gonum/plot in placeholder colours that are then replaced by
// CSS variables, so that they follow the light or dark scheme of the reader and print in the light one.
package report
