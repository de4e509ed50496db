// Package coexplore makes simulators in which networks and hardware are searched together.
//
// # nasaic
//
// Two networks on a chip of one or two sub-accelerators (L. Yang et al., "Co-exploration of neural architectures and heterogeneous ASIC accelerator designs
// targeting multiple tasks", DAC 2020).
//
//	workload  networks                                  latency      energy        area
//	w1        ResNet9 on CIFAR-10, U-Net on nuclei      8e5 cycles   2e9 MACs      4e9 um2
//	w2        ResNet9 on CIFAR-10, ResNet9 on STL-10    1e6          3.5e9         4e9
//	w3        two ResNet9 on CIFAR-10                   4e5          1e9           4e9
//
// Axes: those of each network, in the groups network1 and network2, and of each sub-accelerator, in the groups sub1 and sub2: its PEs (0 = it is not built),
// template (kcp NVDLA, yxp ShiDianNao, yrp Eyeriss) and NoC bandwidth. The variants single and homogeneous have one set of these, for one sub-accelerator
// or two equal ones. A chip beyond 4,096 PEs or 64 elements a cycle is infeasible, by its excess; Repair takes the excess away.
//
// The layers are assigned and scheduled by the ratio heuristic for the least energy within the workload's latency (package hetero); the detail of a design
// has the gap to the exact optimum and a Gantt chart. The paper states energies in "nJ"; its numbers are multiples of the energy of a multiply-accumulate,
// MAESTRO's unit, and so are the specs here.
//
// With staged = true the accuracy of a design is asked for only when its hardware meets the specs. Other designs are infeasible, by the sum of their relative
// overshoots: a costly oracle is not asked in vain.
//
// Accuracies are accuracy.Anchored: a curve through two published points, with its error as a metric. Claims about them are claims about a search.
//
// # nb201, ofa
//
// Networks of a search space of package nas on the accelerator of asic/template: its metrics beside the accuracy and stated error of simulator accuracy. The
// settings are those of both. The accuracy may be staged behind latency, energy and area.
//
// # nb201/devices
//
// The same cells with the latency and energy that HW-NAS-Bench publishes of two devices, Eyeriss and an FPGA, by the linear rules of package nas. The device
// is a setting: the space is the same on both.
//
// # fullstack
//
// A network, the systolic array that runs it and the DRAM controller behind it: every burst of the array's traffic goes through the controller of the design.
//
//	layer    cycles and traffic of package systolic; time, rows, energy of package dram for that traffic, streams in turns (package offchip)
//	latency  sum over layers of max(cycles, controller's time)
//	energy   the array's parts, and the DRAM device while it serves; it is idle, at no cost, while the array computes longer
//	area     the array's
//
// A layer's traffic is served burst by burst: an evaluation takes milliseconds.
package coexplore
