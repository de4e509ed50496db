// Package tech holds technology tables: energy and area of arithmetic, registers, SRAM and DRAM, and the scaling of a table to another process node. Every
// figure carries its origin: the source, and why it is uncertain where it is not printed there. Tables are values, listed by Tables and found by Lookup:
// change a copy, or write your own and Check it.
//
//	horowitz-45nm       the default: Horowitz 2014, SRAM energy by the square root of the capacity
//	aladdin-40nm        Aladdin's arithmetic and registers, Horowitz' memories
//	eyeriss-65nm        the Eyeriss papers' normalised accesses in units of a 16-bit multiply-accumulate
//	horowitz-45nm-rows  Horowitz 2014 with his three memories as rows
//
// # Laws
//
//	adder, multiplier  a table row, or between two rows   log y = linear in log(bits)     range: first to last row
//	register           e = n·e₁, A = n·A₁                 n bits, values of one bit
//	SRAM access        e(S) = e₀·√(S/S₀) [pJ/bit]         S capacity [KiB], range of S in the table
//	SRAM area          A(S) = a·S [mm²]                   a [mm²/KiB], same range
//	SRAM rows          where a table has them, instead of both laws: a row, or between two   log y = linear in log(capacity)
//	DRAM access        e [pJ/bit]
//	node scaling       e' = e·E(node',V')/E(node,V)       E(node,V) = a·V² + b·V + c, V [V]: 0.6 to 1.3 V, at 180 nm 0.9 to 1.8 V
//	                   A' = A·F(node')/F(node)            F relative to 45 nm
//	                   7 to 180 nm; between two of the eleven rows log E(·,V) and log F are linear in log(node)
//
// Out of range is an error, never an extrapolation. DRAM is another chip: scaling leaves its energy alone. What a law or a scaling yields is marked as
// uncertain in its origin.
//
// # The square-root law of SRAM energy
//
// Horowitz gives 10, 20 and 100 pJ for a 64-bit read of 8, 32 and 1024 KiB. The law through the first point gives 10, 20 and
// 113: exact at 32 KiB and 13 % high at 1 MiB. It is stated for 8 to 1024 KiB only. A write is taken to cost what a read does.
//
// # SRAM area
//
// OpenRAM's published density in FreePDK45 is 0.826 Mb/mm², that is 8192/(0.826·2²⁰) = 0.00946 mm²/KiB at 45 nm. An independent
// check: a least-squares fit over the seven NVDLA configurations published for 16 nm has a slope of 0.00185 mm²/KiB, which the area
// factor 0.19 puts at 0.00974 mm²/KiB at 45 nm, 3 % away (tested).
//
// # What is not modelled
//
// Leakage and clock trees (no figure in the sources for a whole design), wires, control logic, temperature, process corners,
// the width of a memory port and the number of banks. Areas are cell areas of the data path: a real accelerator spends several times
// more on control, buffers between stages and routing (NVDLA: about 0.005 mm² a multiply-accumulate unit at 45 nm, here 0.0007).
// Package chips has factors for all this, fitted to published chips.
//
// # References
//
//   - M. Horowitz, "Computing's energy problem (and what we can do about it)", ISSCC 2014, 45 nm, 0.9 V.
//   - Y. S. Shao et al., "Aladdin", ISCA 2014; its 40 nm component tables as shipped with Accelergy's plug-in.
//   - Y. N. Wu, J. S. Emer, V. Sze, "Accelergy", ICCAD 2019 (adders ∝ bits, multipliers ∝ bits²).
//   - M. R. Guthaus et al., "OpenRAM: an open-source memory compiler", ICCAD 2016, table of densities; the same table in docs/source/results.md.
//   - NVDLA primer, nvdla.org: areas of seven configurations, 16 nm.
//   - A. Stillmaker, B. Baas, "Scaling equations for the accurate prediction of CMOS device performance from 180 nm to 7 nm",
//     Integration 58, 2017, pp. 74-81. The row of 180 nm: as reprinted in github.com/wromaszkan/nodeScale.
//   - Y.-H. Chen, J. Emer, V. Sze, "Eyeriss: a spatial architecture for energy-efficient dataflow for convolutional neural networks", ISCA 2016.
package tech
