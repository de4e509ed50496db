// Package grid is exhaustive search: every canonical design once, in the order of space.Points (the last axis fastest), then finished. With a
// budget of at least Space.Size trials the best design found is the best there is; with less it covers a corner of the space only.
//
// There are no options, and the random numbers are not used. Given designs are proposed again in their turn.
package grid
