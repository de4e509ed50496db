// Package golden compares the model of package soc, in its reference profile, with designs and action vectors that were measured on the reference, FARSI
// (facebookresearch/Project_FARSI at ce59c96, MIT licence; the vectors are those of ArchGym's "limited" environment on top of it).
//
//	data/designs.json.gz   56 designs: one processor, several, an accelerator a task, two buses, chains and stars, random ones
//	data/actions.json.gz   91 vectors on three workloads: 67 valid ones with their observation, 24 that the reference refuses
//
// What is compared of a design, once with the table of memories and once with the flat model: latencies and serial latency, the ready, end and active time and
// the energy of every task, duration and energy of every phase, the limiting block of every task in every phase, peak bytes, energy, power, area in total, by kind
// and by block, the distances in all three weightings, development cost, priority of tasks and the links that pruning leaves. Of a valid vector: latency,
// power, area, distance, priority, links and the blocks in use; of an invalid one the rule that it breaks.
//
// Numbers are equal within a relative 1e-9; distances, which are differences, within 1e-15 absolute beside that. A limiter is equal if the block that
// the reference recorded bounds the task to within 1e-12 of its rate: which of two equal bounds is recorded is arbitrary.
//
// ReadDesigns and ReadActions read further records of the same form.
package golden
