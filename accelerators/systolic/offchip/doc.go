// Package offchip serves the DRAM traffic of a systolic array with the project's own DRAM controller instead of a constant bandwidth.
//
// What moves is what package systolic counts (systolic.Traffic). How it moves:
//
//	ifmap, filter   read from a region each, in order, over and over until the counted elements have been read
//	ofmap           written once, in order
//	partial sums    a transfer written, then the same read back, in order, over a region as large as the outputs
//
// Regions follow one another, each on a burst of its own. The four streams take turns, transfer by transfer, each in proportion to its bursts: a DMA transfer
// is TransferBursts bursts of one stream. The controller is offered every request at once and takes them as its queues allow, so the time is what the channel
// needs, not what the array leaves it:
//
//	LatencyCycles = max(Cycles, ⌈time of the controller · clock⌉)
//
// in place of bytes over bandwidth. It is perfect double buffering on a real channel: rows are opened and closed, banks conflict, reads and writes turn the
// bus around, refresh takes its share. The order of bursts inside an operand is that of its addresses, as a DMA engine moves it, not the order of use.
//
// Not modelled: the layout of partial windows (a window of a convolution is read as if it lay in one piece), and latency hidden or not by the array's own timing.
package offchip
