// Package hill is hill climbing with restarts (S. Russell and P. Norvig, Artificial Intelligence, "first-choice hill climbing"), the
// baseline that a learned agent has to beat.
//
// # Algorithm
//
//	climb: start at a uniformly drawn unseen design (the first climb: at the best given design, if any)
//	       try the moves of the incumbent one by one; the first that is better becomes the incumbent
//	       when no move is left and none is in flight, start the next climb
//
// A move changes one axis: to the levels of space.Neighbors and, of an ordinal axis, also to those 2, 4, 8, … levels away, up to
// Options.Reach. Moves come in random order, those of the axes that were tried least first, so that a success on one axis does not repeat
// all the failures on the others. Designs that were seen before are skipped. "Better" is rank.Compare; a move that is equal in a single
// objective is taken as well, which crosses plateaus and cannot cycle, because nothing is proposed twice. Of several objectives a move is
// taken when it dominates; spread over the front comes from the restarts only.
//
// With trials in flight, moves from an incumbent that has been replaced still count when they are told. While the last moves of an incumbent
// are in flight, Ask proposes starts of the next climb: the best of them begins it, or becomes the incumbent at once where it is better.
//
// # Defaults
//
//	reach  0 = the whole axis
//
// # Measured
//
// Medians of 20 seeds on the functions of package agenttest (minimised), default options, which were chosen on these functions; to measure again:
// go test -v -run Medians ./agents/catalog
//
//	trials  branin  hartmann6  rosenbrock10  ackley20   nk20     trap30  knapsack30  tile_accel
//	100     0.4095  -3.291     63.5          1.35       -0.7724  5       -360.5      -7.322
//	200     0.4095  -3.292     13.36         0.3917     -0.7854  5       -384        -7.38
//	1000    0.4038  -3.292     6             4.441e-16  -0.8266  4       -397        -7.453
package hill
