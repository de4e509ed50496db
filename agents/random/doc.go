// Package random is uniform random search, the baseline of every comparison (J. Bergstra and Y. Bengio, J. Mach. Learn. Res. 13, 2012), and
// a random policy for any environment.
//
// The design agent draws each axis in order, each active one uniformly over its levels (space.Sample). A repeat is drawn again; in a space of
// at most 65,536 designs it never repeats one as long as any is left, and afterwards repeats go on. It never finishes.
//
// The policy draws the same way over the levels that the mask allows (env.SampleAction).
//
// There are no options.
package random
