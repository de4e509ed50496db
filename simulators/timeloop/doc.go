// Package timeloop reads the files of Timeloop users and runs them on the nest model: an architecture, a problem, a mapping or constraints for one.
// It also holds the costs of memories that files leave to a technology, and the areas of `codesign validate timeloop`.
//
// # Files
//
// Any number of files, each with any sections, as Timeloop's programs take them: YAML, or the same tables in TOML. Hyphens in keys count as underscores.
// A key without a value reads like one left out. What is not read is refused by its name, with file and line; what estimators of energy read and
// what changes no count (technology, ports, threads, logs) is passed over; components and variables are named in a note.
//
//	architecture     version 0.2, 0.3: subtree, local, NAME[0..N], word-bits, block-size, cluster-size, width, depth, entries, sizeKB, instances,
//	                 meshX, meshY, multiple_buffering; version 0.4: nodes with !Container, !Component, !Parallel, !Hierarchical, !Nothing, spatial,
//	                 constraints at a node; in TOML a table with a class is a component, one with nodes a hierarchy (parallel = true a parallel
//	                 node), and another a container
//	problem          shape with dimensions, coefficients, data_spaces and their projections; instance
//	mapping          directives: target, type temporal, spatial, datatype (dataspace, bypass), factors, permutation, split, keep, bypass
//	…constraints     the same with bounds (R<=3), partial permutations (AB_C), utilization; keep_only, bypass_only, factors_only,
//	                 no_iteration_over_dataspaces
//	mapper           algorithm, metrics, search size, timeout, victory condition
//	ERT, ART         Accelergy's energies of actions and areas, by component
//
// Conventions that are Timeloop's: permutations are innermost first; the first SPLIT loops of a spatial permutation lie along X; a mapping keeps every
// tensor that no directive lets pass; a factor of 0 is in constraints the whole dimension, in a mapping what the other factors leave of it; bandwidths
// are in words a cycle; an energy of the ERT is that of one access of a cluster's whole line. A container or component with a mesh makes a place named
// inter_NAME_spatial, where its loops fan out; spatial directives may call it NAME. In a parallel node each branch lets pass what it does not keep.
//
// Not read: expressions and variables, Jinja, compound components, networks, sparse optimisations, remainders of factors (the last iteration of a
// loop takes what is left), no_reuse and its relatives, skews, fused mappings, the oldest architectures (arithmetic, storage).
//
// Checked by hand against the published exercises: their processed inputs, which lie beside their outputs, with their mappings, ERT and ART, give 20 designs
// whose 710 tiles, reads, fills, updates and energies all equal Timeloop's printed ones, and so do the cycles. Files of that project are not part of this
// one; accelerators/loopnest/golden holds the figures of four designs.
//
// # Costs of memories
//
// Where neither an attribute (vector_access_energy, energy, area) nor a reference table has a figure, a table of package accelerators/tech gives it:
//
//	SRAM           e(S) pJ/bit and A(S) of the table, S the capacity; below the table's smallest S₀: e = max(e(S₀)·√(S/S₀), e_reg), A = A(S₀)·S/S₀
//	register file  e = e_reg·(0.36 + 0.043·D) pJ/bit for D lines; A = a_reg a bit
//	banks          each latches the address within it and its line: e_reg a latched bit an access, a_reg a latched bit and bank
//	smartbuffer    two address generators: an adder of the address' bits each, one of which works at an access
//	DRAM           the table's pJ/bit; no area
//	units          a multiplier of the operands' bits and an adder of the sums'
//
// e_reg, a_reg are energy and area of one register. An access moves a line; a write costs a read. The square-root law meets the energy of a register
// near 27 bytes with the default table. The line of the register file is a fit through the three files of the Eyeriss-like design (12, 16 and 192 lines of
// 16 bits at 65 nm, 0.2024, 0.2513 and 1.9766 pJ), in units of the register's energy at that node: 5 % off at most there (with their
// address generators), an assumption elsewhere.
//
// Not modelled: what banks do to the energy of an access, ports, leakage (the tables have none), wires.
//
// # References
//
//   - A. Parashar et al., "Timeloop: a systematic approach to DNN accelerator evaluation", ISPASS 2019; timeloop.csail.mit.edu (file formats);
//     github.com/NVlabs/timeloop, commit 4cf6d4c (behaviour of its readers).
//   - Y. N. Wu, J. S. Emer, V. Sze, "Accelergy", ICCAD 2019 (smartbuffers, reference tables).
package timeloop
