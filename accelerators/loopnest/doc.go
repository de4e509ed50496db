// Package loopnest costs a layer on an arbitrary memory hierarchy under a mapping: how often each level is read, filled and updated for each tensor,
// how many cycles that takes and what energy. Nothing is simulated: the cost follows from the loops in closed form, about 2 µs a mapping.
//
//	problem        dimensions d of size D_d, a multiply-accumulate (MAC) for every point of their box, tensors whose axes are sums c₁·d₁ + c₂·d₂ + …
//	architecture   levels of memory, outermost first, above an array of MAC units; a level has instances in a mesh and a fan-out to the next level
//	mapping        for each level: the tensors it keeps, loops in time inside it, loops in space that spread over the instances of the next level
//
// # Tiles
//
// The loops from the outermost level to the innermost one, in each level first those in time, then those in space, run through the box. An iteration of
// a loop moves its dimension by the product of the trips of the loops of that dimension inside it, its stride. At a level b, t_d is the product of the
// trips of all loops of d in b and further inside, at most D_d.
//
//	extent of an axis   E = 1 + Σ c·(t_d − 1)             tile of a tensor   ∏ E over its axes
//
// A tile is a box: gaps that a stride leaves between the elements in use are part of it. A level has room when tiles · buffers fit its capacity,
// tensors with a part of their own apart; the trips in space along X and Y must fit the fan-out. A mapping that does not fit is a result with the
// limit that is exceeded by the largest factor.
//
// # Trips that do not divide
//
// The trips of a dimension must reach its end: their product is at least D_d, and the last iteration of every loop starts inside, (trips − 1)·stride <
// D_d. If the product is larger the dimension is uneven. Iterations beyond D_d do not run: of the ⌈D_d/t_d⌉ tiles at a level the last one is cut to what
// is left, and instances whose iterations all lie beyond have nothing to do at that time. Iterations of different dimensions stay independent, so every
// count is a product over the dimensions of how many of the tiles 0 … ⌈D_d/t_d⌉ − 1 have given digits in the mixed radix of the trips.
//
// # Counts
//
// For a tensor, let a be the next level outside b that keeps it. List the temporal loops outside b; k is the innermost one along the tensor (of a
// dimension on its axes).
//
//	moved    words that enter an instance of b: the tile for every iteration of k and of all loops outside k, along the tensor or not; loops inside k leave
//	         the tile where it is. Without k: the tile once. If k is the very innermost loop, a tile shares O = E − c·stride words of k's axis with the
//	         one before it, where that is positive, and only the others move, except at the first iteration of k
//	         compute units keep nothing: a word enters at every step
//	served   words that an instance of a sends: moved of the instances of b below it, but instances that get the same tile count once in every fan-out
//	         between (multicast; for outputs reduction in space). The same tile have instances that differ along other dimensions only, and along an
//	         axis that adds two dimensions, both spread below one level, those with the same sum: m·n − (m − b/g)⁺(n − a/g)⁺ tiles for m and n trips of
//	         strides a and b with the greatest common divisor g. Overlapping tiles are not the same.
//
//	operands   reads = served       fills = moved
//	outputs    updates = served     reads = temporal reductions = served − partition     fills = moved − partition
//
// The partition is the number of outputs that an instance works on over the run: the first visit of each starts from nothing. The outermost level has no
// fills. Draining a tile upward is not charged as a read. A level that a tensor passes by is as if it were not there.
//
// Counts are given for the busiest instance, the first one in every loop in space, and in total. When all dimensions are even every instance is alike.
//
// # Time, energy, area
//
//	steps         ∏ trips in time, of the busiest MAC unit
//	cycles        max(steps, ⌈reads/read bandwidth⌉, ⌈(fills + updates)/write bandwidth⌉, ⌈all/bandwidth⌉ over the levels), words of the busiest instance
//	utilisation   MACs / (steps · units present)
//	clusters      min(instances in use, ⌈instances/cluster size⌉): instances of a cluster share a wide word
//	energy        clusters · (⌈reads/block⌉·E_read + ⌈fills/block⌉·E_write + ⌈updates/block⌉·E_update), by the mean count of an instance, rounded up
//	leakage       E_leak · cycles · instances in use, for each level
//	total         all levels, leakage, MACs · E_MAC
//	area          Σ instances · area
//
// Energies are those of one access to a whole block; they and the areas are the caller's, from package tech or tables of the user's own.
//
// # Layers
//
// FromLayer writes convolutions (strided, dilated, grouped, depthwise) and matrix products in the dimensions C, M, R, S, P, Q, N and G, so that one
// hierarchy and one set of constraints serves a whole network. A transposed convolution stops before its overlapping products are added.
//
// # Trust
//
// Published results of Timeloop are equal in every row, see package golden. A walk that executes random nests iteration by iteration, with the elements
// that every instance holds, gives the same counts in the tests, with even and uneven trips. Against an instance that keeps every element which its next
// tile needs, moved is the same for tensors without sums and even trips. It is more, never less, in two cases: overlap that the rule for k forfeits, and
// uneven trips where a loop comes back to the only tile that an instance has. Equal tiles that meet across several fan-outs, along three loops of one
// axis, or along uneven dimensions are sent apart: served is then above the walk, never below. See also DEVIATIONS.md.
//
// # Not modelled
//
// Sparse tensors and compression; energy of the network and of address generation; leakage of the MAC units; bank conflicts and the start and end of a
// run (cycles are the slowest resource's, as if buffers always overlapped); loops that end early; outputs along an axis that adds dimensions; one
// dimension on two axes of a tensor; several operations fused into one nest.
//
// # References
//
//   - A. Parashar et al., "Timeloop: a systematic approach to DNN accelerator evaluation", ISPASS 2019: problem, hierarchy, mapping and the rules of tiles.
//   - Y. N. Wu, J. S. Emer, V. Sze, "Accelergy", ICCAD 2019: energy as counts of actions.
//   - M. Horeni et al., "Ruby: improving hardware efficiency for tensor algebra accelerators through imperfect factorization", ISPASS 2022: remainders.
//   - Y.-H. Chen, J. Emer, V. Sze, "Eyeriss", ISCA 2016: the diagonal multicast of inputs.
package loopnest
