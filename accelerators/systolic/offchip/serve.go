package offchip

import (
	"fmt"
	"math"

	"github.com/codesign-gym/codesign/accelerators/systolic"
	"github.com/codesign-gym/codesign/dram"
)

// TransferBursts is the bursts of a DMA transfer when none are given: a page of 4 KiB in bursts of 64 bytes.
const TransferBursts = 64

// MaxRequests bounds the bursts of one layer: a controller takes about a microsecond for each.
const MaxRequests = 1 << 28

// Channel is the memory behind an array.
type Channel struct {
	DRAM           dram.Config
	TransferBursts int // bursts of a DMA transfer; 0 means TransferBursts
}

// Served is one copy of a layer with its DRAM traffic served by the controller.
type Served struct {
	systolic.Stats // LatencyCycles with the controller's time
	DRAM           dram.Stats
}

// Serve moves the traffic of one copy of a problem. Configuration and problem must have passed their Check; what is wrong with the channel, or traffic that
// does not fit it, is an error.
func Serve(c systolic.Config, p systolic.Problem, t systolic.Traffic, ch Channel) (Served, error) {
	s := Served{Stats: systolic.Simulate(c, p, t)}
	if p.Fused || t.Elements() == 0 {
		return s, nil
	}
	from, err := ch.source(c, p, t)
	if err != nil {
		return Served{}, err
	}
	if s.DRAM, err = dram.Simulate(ch.DRAM, dram.Traffic{Source: from}); err != nil {
		return Served{}, fmt.Errorf("offchip: %w", err)
	}
	s.LatencyCycles = max(s.Cycles, int64(math.Ceil(s.DRAM.TimeNS*c.ClockMHz/1e3)))
	return s, nil
}

// source lays the operands out and makes the stream of requests.
func (ch Channel) source(c systolic.Config, p systolic.Problem, t systolic.Traffic) (*source, error) {
	if err := ch.DRAM.Check(); err != nil {
		return nil, fmt.Errorf("offchip: %w", err)
	}
	if ch.TransferBursts < 0 {
		return nil, fmt.Errorf("offchip: TransferBursts %d is below 0", ch.TransferBursts)
	}
	geometry := ch.DRAM.Map.Geometry()
	burstBytes := int64(geometry.Device.BurstBytes())
	s := &source{burstBytes: uint64(burstBytes), transferBursts: int64(ch.TransferBursts)}
	if s.transferBursts == 0 {
		s.transferBursts = TransferBursts
	}
	bursts := func(elements, bits int64) int64 { return (elements*bits + 8*burstBytes - 1) / (8 * burstBytes) }
	word, copies := int64(c.WordBits), max(1, p.Count)
	if word == 0 {
		word = systolic.MinWordBits
	}
	var next, total int64
	for _, operand := range []struct {
		held, moved, bits int64
		write, turns      bool
	}{
		{copies * p.IfmapElements, t.IfmapElements, word, false, false},
		{copies * p.FilterElements, t.FilterElements, word, false, false},
		{copies * p.OfmapElements, t.OfmapElements, word, true, false},
		{copies * p.OfmapElements, t.PartialElements, systolic.AccumulatorBits, true, true},
	} {
		if operand.moved == 0 {
			continue
		}
		region, moved := bursts(operand.held, operand.bits), bursts(operand.moved, operand.bits)
		if operand.turns {
			region, moved = min(region, (moved+1)/2), (moved+1)/2*2
		}
		turns := int64(0)
		if operand.turns {
			turns = s.transferBursts
		}
		s.streams = append(s.streams, stream{start: next, bursts: region, write: operand.write, turns: turns, total: moved})
		next += region
		total += moved
	}
	if capacity := geometry.CapacityBytes(); next > capacity/burstBytes {
		return nil, fmt.Errorf("offchip: the operands take %d bytes, the memory has %d", next*burstBytes, capacity)
	}
	if total > MaxRequests {
		return nil, fmt.Errorf("offchip: %d bursts out of range [1, %d]: the layer moves too much to serve burst by burst", total, MaxRequests)
	}
	return s, nil
}
