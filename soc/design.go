package soc

import "slices"

// Link joins two blocks of a design, by index: a processor or a memory and a bus, or two buses. It has no direction.
type Link struct{ A, B int }

// Design is an SoC and where a graph's tasks and data are on it. Order matters where the model breaks ties: the order of the links gives that of neighbours.
type Design struct {
	Blocks     []Block
	Links      []Link
	TaskPE     []int // per task of the graph: index of the block it runs on
	FlowMemory []int // per flow of the graph: index of the memory that holds its data, written by the producer and read by the consumer
	// FromFirst starts walks at the first block and not at the processor of the source task, as the reference does for action vectors. It only breaks ties.
	FromFirst bool
}

// Clone is a deep copy.
func (d *Design) Clone() *Design {
	return &Design{slices.Clone(d.Blocks), slices.Clone(d.Links), slices.Clone(d.TaskPE), slices.Clone(d.FlowMemory), d.FromFirst}
}
