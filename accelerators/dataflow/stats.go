package dataflow

import "fmt"

// Verdict says why a design does not work. The zero value is Works.
type Verdict uint8

// The verdicts.
const (
	Works             Verdict = iota
	ClustersExceedPEs         // one unit of the outermost level needs more PEs than there are
	ComputesNothing           // no step of the mapping holds a whole kernel window
	NotOnce                   // tiles overlap or leave gaps, or a level spreads two dimensions along a diagonal
	L1Exceeded                // the mapping needs more of a PE's buffer than there is
	L2Exceeded                // the mapping needs more of the shared buffer than there is
)

// String says it in words.
func (v Verdict) String() string {
	switch v {
	case Works:
		return "works"
	case ClustersExceedPEs:
		return "the clusters need more PEs than there are"
	case ComputesNothing:
		return "the mapping computes nothing: no tile holds a whole kernel window"
	case NotOnce:
		return "the mapping does not compute each product once: tiles overlap or leave gaps, or a level spreads two dimensions along a diagonal"
	case L1Exceeded:
		return "the mapping needs more L1 than a PE has"
	case L2Exceeded:
		return "the mapping needs more L2 than there is"
	}
	return fmt.Sprintf("Verdict(%d)", uint8(v))
}

// Accesses are the elements of one operand read and written: in the buffers of all PEs together (L1) and in the shared buffer (L2).
type Accesses struct{ L1Reads, L1Writes, L2Reads, L2Writes int64 }

// Range is a quantity over the time steps of the outermost level.
type Range struct{ Min, Max, Sum int64 }

// Stats is what a layer costs. When Infeasible is ClustersExceedPEs, ComputesNothing or NotOnce the counts mean nothing; when a buffer is exceeded they are
// those of a buffer that is large enough.
type Stats struct {
	Infeasible    Verdict
	RuntimeCycles int64
	MACs          int64
	Operands      [3]Accesses // by Tensor
	L1Bytes       int64       // need of a PE, double-buffered; one element is one byte
	L2Bytes       int64       // need of the shared buffer, double-buffered

	// Bandwidths that would hide all transfers, elements a cycle.
	NoCNeed, OffchipNeed int64

	Steps                    int64 // time steps of the outermost level
	Ingress, Egress, Compute Range // cycles a step: link in, link out, the level below

	noCNeedSum  int64
	activeUnits float64
	firstL2     [2]int64 // elements in the first step: in, out
}

// Mean returns the mean over the given number of steps.
func (r Range) Mean(steps int64) float64 { return ratio(float64(r.Sum), float64(steps)) }

// MeanNoCNeed is the mean over the steps of the bandwidth that would hide the transfers of the step, elements a cycle.
func (s Stats) MeanNoCNeed() float64 { return ratio(float64(s.noCNeedSum), float64(s.Steps)) }

// ActivePEs is the mean number of PEs in use.
func (s Stats) ActivePEs() float64 { return s.activeUnits }

// MACsPerCycle is the throughput.
func (s Stats) MACsPerCycle() float64 { return ratio(float64(s.MACs), float64(s.RuntimeCycles)) }

// UtilizationFrac is the throughput as a part of what the hardware can do.
func (s Stats) UtilizationFrac(h Hardware) float64 {
	return ratio(s.MACsPerCycle(), float64(h.PEs)*float64(max(h.SIMDLanes, 1)))
}

// Reuse is how often an element is read from L1 for each time that it is written there.
func (s Stats) Reuse(t Tensor) float64 {
	return ratio(float64(s.Operands[t].L1Reads), float64(s.Operands[t].L1Writes))
}

// L1Accesses and L2Accesses are the reads and writes of all operands.
func (s Stats) L1Accesses() int64 {
	var sum int64
	for _, a := range s.Operands {
		sum += a.L1Reads + a.L1Writes
	}
	return sum
}

// L2Accesses are the reads and writes of all operands in the shared buffer.
func (s Stats) L2Accesses() int64 {
	var sum int64
	for _, a := range s.Operands {
		sum += a.L2Reads + a.L2Writes
	}
	return sum
}

// ratio is a/b, 0 for a b of 0.
func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

func (r *Range) add(x, times int64, isFirst bool) {
	if isFirst {
		r.Min = x
	}
	r.Min, r.Max = min(r.Min, x), max(r.Max, x)
	r.Sum += times * x
}

// buffers compares the needs with the buffers that there are.
func (st *Stats) buffers(h Hardware) {
	switch {
	case h.L1Bytes > 0 && st.L1Bytes > h.L1Bytes:
		st.Infeasible = L1Exceeded
	case h.L2Bytes > 0 && st.L2Bytes > h.L2Bytes:
		st.Infeasible = L2Exceeded
	}
}
