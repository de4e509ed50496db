// Package xr runs XRBench's usage scenarios: several neural networks of an augmented- or virtual-reality device, each at its frame rate and some feeding
// others, on a few accelerators that differ in what a frame costs them. It gives which frame ran where and when, which were dropped and why, and the scores
// of the benchmark. What a frame costs on an accelerator, a latency and an energy, is an input: measured, or from a cost model such as accelerators/dataflow.
//
// # Symbols
//
//	i            number of a frame, from 0                       f      frames a second of a stream (Stream.FPS)
//	a, d         arrival and deadline of a frame, ms             T      length of the run, ms: frames that arrive within it count
//	c            completion, ms                                  l, e   latency (ms) and energy (mJ) of a stream on an accelerator
//	F, D         frames of a stream that finished, dropped       k      steepness of the real-time score, 15 per ms
//
// # Frames
//
//	a = i·1000/f + j      j: jitter of the sensor, uniform in ±JitterMS/2, drawn by the caller; 0 for a follower
//	d = (i+1)·1000/f      the next frame's time; jitter does not move it
//
// A stream may follow another one of the same rate: frame i reads what frame i of the other made (gaze estimation after eye segmentation), or is
// triggered by it with a probability (speech recognition after a keyword). A frame that is not launched does not exist for any count. Draws come from
// the caller; the package has no randomness of its own.
//
// # Events, profile repaired (the default)
//
// At an arrival, a completion, or the deadline of a waiting frame, in this order: completions up to now count; frames that have arrived enter the queue of
// their stream; heads of queues are dropped whose deadline is reached, or whose input was dropped; then frames start while any can. A frame can start when it
// is the head of its queue, its input is there and the Placement names an idle accelerator for it:
//
//	Order       deadline       the earliest deadline first (default)        listing    as the scenario lists its streams
//	            rate           the shortest period first
//	Placement   latency        the idle accelerator with the least l (default)
//	            finish         the accelerator with the least max(now, free) + l, waiting for it if it is busy
//	            energy, edp    the idle accelerator with the least e, or l·e
//	Admission   any            a frame may start until its deadline (default)
//	            in-time        a frame starts only where it finishes by its deadline
//
// An accelerator runs one frame at a time, to its end. The run ends when every frame that arrived within T has finished or was dropped.
//
// # Scores, profile repaired
//
//	RT = 1/(1 + exp(k·(c − d)))           of a frame, real time
//	EN = max(0, 1 − e/E)                  of a frame, energy; E = 1500 mJ
//	AC = 1 where the target is met, else measured/target (or target/measured where less is better)
//	QoE = F/(F + D)                       of a stream: the part of the frames that was served
//	S = mean over F of RT·EN·AC           of a stream
//	score = mean over streams of S·QoE    a stream without frames is left out
//
// # Profile xrbench
//
// What the program of the MLSys 2023 paper does. Its scores are reproduced within 0.01 of 100 (package golden). Where it differs:
//
//	rates       the period is ⌊1000/f⌋ ms: 60 frames a second arrive 62.5 times. ⌊T/period⌋ frames
//	events      multiples of the shortest period, and completions; a frame enters at the first event at or after its time, one a stream and event
//	margin      a frame that completes within 0.01 ms after an event counts as complete at it
//	end         the run ends at the first event after all frames have entered: what runs or waits then counts nowhere, and the last frames never finish
//	drops       at the first event after the deadline; a frame that has not started at its deadline may still start there
//	input       frame i of a follower waits until the other has completed more than i frames, whichever: one drop delays all later ones
//	order       streams by the names of their models, in rounds; the idle accelerator with the least latency
//	S           sum over F of RT·EN over (F + D): with QoE, a drop costs twice; 0 without frames. EN may fall below 0, AC is left out
//	jitter      is drawn and then not used
//
// Which of these an accepted difference from that program concerns: DEVIATIONS.md.
//
// # What a frame costs
//
// Any source will do; Accelerator.FrameCost is ours: the layers of a network (package dnn has the unit models) one after another on an accelerator of package
// dataflow. Its latencies and energies are not those that XRBench's program computes. That one takes convolutions as dense and without stride, and has no
// DRAM: a frame of hand tracking on 4,096 processing elements, weight stationary, 256 elements a cycle on chip and 128 off-chip, takes 8.56 ms and 207 mJ
// there, 1.30 ms and 15.6 mJ here.
//
// # Assumptions
//
// The cost of a frame does not depend on its content, on what runs beside it (no contention for off-chip memory) or on what ran before (no weight
// reloading, no switching cost). Dispatch is free and instant. Sensors, the transfer of frames between streams, post-processing and the display cost nothing.
//
// # Not modelled
//
// Preemption; a frame split over accelerators or layers of one frame pipelined across them; batching; clock scaling; leakage and idle power; frames whose loss is
// worse than another's.
//
// # Sources
//
//   - H. Kwon et al., "XRBench: an extended reality (XR) machine learning benchmark suite for the metaverse", MLSys 2023 (arXiv 2211.08675): models, scores.
//   - github.com/XRBench/XRBench-MLSys2023: scenarios, behaviour of the program, and the runs of package golden.
package xr
