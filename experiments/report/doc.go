// Package report turns a sweep, finished or not, into a terminal table (Table) and an HTML page (HTML).
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
// # Settings
//
// Agents of one family, the cells of an agent's grid, are one contender: figures and the comparison over scenarios are of all its runs together, as if each were a setting picked
// at random with a seed. The lottery (stats.Lottery) shows each setting by its median over the seeds: best, quartiles, worst, and the chances that a run of a setting picked at random
// reaches the spec, where there are constraints, and the optimum or, where that is unknown, a score within 1 % of the best of all. Very many settings are not all listed: a page has the
// best 60 of a scenario, a terminal of more than 24 the lottery and the best 10.
//
// # The verdict
//
// Scores of different scenarios are put on one scale and cut off at its ends: 0 is the median run of the random agent (where the sweep has none, or it has no feasible design, the worst run), 1 the
// stated optimum, or the best run where none is stated. A run without a feasible design has 0, one at the optimum has 1, also where the median random run is there too. Contenders with runs in every scenario are ranked by the interquartile mean of all
// runs, with the 95 % interval of a bootstrap stratified by scenario. Each is tested against the best one, two-sided: in one scenario by the ranks of all runs (Mann and Whitney), in
// several by the signed ranks of pairs of the same scenario and repeat (Wilcoxon), medians over the settings where there are several; p is adjusted by Holm's rule for the number of
// contenders. That the best one was picked by the same runs makes p somewhat too small. "Better than a random design" is the median over the scenarios of the relative improvement
// of the median score over the average objective of the random agent's designs, whether they meet the constraints or not.
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
// The figures are data first (package chart; Figures lists them), drawn in the page and written as SVG and CSV by the command.
//
//	progress     best so far, of the first objective: the median as a line, the quartiles as a band, on a shared grid of at most 200 trial counts; a
//	             band that runs off the plot has a quartile without a feasible design
//	intervals    the median score with its interval
//	targets      share of pairs of a run and a target reached after so many trials; 51 targets between the ends of the scale
//	tradeoff     the non-dominated designs of every agent in the first two terms of Scenario.Tradeoff, at most 2000 points, and a stair through the joint front
//	attainment   of two objectives what half of an agent's runs attain, as a line, and what a quarter and three quarters do, as the ends of a band (stats.Attainment)
//	lottery      the distribution of the settings
//	importance   how much of the variance over the settings each hyper-parameter explains, of agents with at least 6 settings
//	designs      the best designs across the axes in which they differ (parallel coordinates): five of each agent, where a reader can pick some 300
//	overall-…    interquartile means, the lottery of settings, performance profile and targets over all scenarios
//
// Up to seven contenders, those with the best medians, get a colour; further ones are thin grey lines and are named in the table only.
//
// # Explained designs
//
// What explains a scenario's best designs (Scenario.BestDesigns) follows its tables: pictures in the page, all files by name. A picture is an SVG
// of at most 1 MiB, 8 MiB together; it is an image of its own, so that scripts in it do not run. The others are said to be left out.
//
// # The page
//
// The page is one file without fonts or addresses, and its policy lets it load nothing. Its figures follow the light or dark scheme of the reader and print in
// the light one. Every figure is there as still SVG. Given Scripts, the page carries them inline, allowed by their hash, with the figures as JSON (chart.JSON),
// and they put live ones in the place of the still ones that come into sight: values and designs under the pointer or by the arrow keys, zoom, agents to be hidden,
// ranges of axes to pick designs by, tables to be sorted, filtered and saved. Without scripts, or with them switched off in the browser, nothing is lost but that.
// What a live figure knows beyond a still one are the facts of its marks: of a trade-off the designs, of a lottery the settings. Of fronts 2000 designs a scenario
// are told of at most (Scenario.Fronts), of axes and settings all.
package report
