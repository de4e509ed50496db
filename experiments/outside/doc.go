// Package outside makes agents of programs: whoever answers ask and tell of docs/protocol.md searches designs under the same budget, journal and
// statistics as the agents of the catalogue.
//
//	Open    starts the program for one study, tells it the problem and the options of the experiment file, and gives an agents.Agent
//	Close   ends it
//
// # What the program is told
//
// The hello brings the axes, the numbers of objectives and constraints, the budget, a seed below 2^32 that follows from the file's seed and the
// repeat, and the options as `set`. Then come ask and tell as the study has them; trials are told one by one, in the order of asking. Advice of a
// simulator is not part of the protocol.
//
// # What may go wrong
//
// A program that ends, hangs (longer than the file's timeout_s over one answer), prints what is no message, proposes more designs than it was asked
// for, or one outside the space, ends the study with an error that says so, with the end of what it wrote to standard error. Nothing that was
// evaluated is lost: the journal holds it, and the run is resumed when the program is mended. Inactive axes of a proposal are set to their level 0.
//
// # Resume
//
// A resumed study asks the program again from the start, with the same seed, and tells it what the journal holds: a deterministic program proposes the
// same designs, and one that does not is found out by the comparison with the journal. A program that says of itself that it is not deterministic,
// such as one that asks a language model, is not asked again: it is told the trials of the journal as given designs (Agent.Remember), and then asked
// for the next one. Its studies are outside the reproducibility promise.
package outside
