// Package golden holds runs measured on XRBench's program and checks that soc/xr, in that profile, gives the same scores.
//
// A run states the latency and energy of each model on each accelerator that it ran on, and what came out: the score of the scenario (within 0.01 of 100),
// the parts of each model (0.001), the frames that finished (equal), and the first of them with accelerator, number, start, end and deadline (0.01 ms; latencies are
// stored to 0.0001 ms). Runs with a launch probability below 1 are random in that program and are left out. Where the runs come from: data/README.md.
package golden
