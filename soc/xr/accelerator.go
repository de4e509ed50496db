package xr

import (
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// Accelerator is one accelerator of a platform as our own cost model sees it.
type Accelerator struct {
	Template dataflow.Template
	Hardware dataflow.Hardware // its buffers are not compared: see FrameCost.Excess
	ClockMHz float64

	DRAMEnergyPJPerBit float64 // of what crosses the off-chip link
}

// Network is a model as a list of layers with multiply-accumulates, those of one shape joined.
type Network struct {
	Model  string
	Layers []NetworkLayer
}

// NetworkLayer is a layer that runs so many times a frame.
type NetworkLayer struct {
	Layer  dataflow.Layer
	Copies int64
}

// NewNetwork lists the layers of a network.
func NewNetwork(model string, n dnn.Network) (Network, error) {
	list := Network{Model: model}
	at := map[dataflow.Layer]int{}
	for _, l := range n.Layers {
		layer, copies, ok, err := dataflow.FromDNN(l)
		if err != nil {
			return Network{}, fmt.Errorf("xr: model %q: %w", model, err)
		}
		if !ok {
			continue
		}
		shape := layer
		shape.Name = ""
		if i, known := at[shape]; known {
			list.Layers[i].Copies += copies
			continue
		}
		at[shape] = len(list.Layers)
		list.Layers = append(list.Layers, NetworkLayer{layer, copies})
	}
	if len(list.Layers) == 0 {
		return Network{}, fmt.Errorf("xr: model %q has no layer with multiply-accumulates", model)
	}
	return list, nil
}

// FrameCost is what one frame of a network takes on an accelerator whose buffers are large enough.
type FrameCost struct {
	Cost
	Cycles       int64
	MACs         int64
	OffchipBytes int64  // inputs, weights and outputs of all layers, once each
	L1Bytes      int64  // largest need of a layer, of a PE's buffer
	L2Bytes      int64  // of the shared buffer
	Refused      string // why the accelerator cannot run the network, whatever its buffers; Cost is then zero
}

// Excess is how much larger the needs are than buffers of the given sizes, relative to them; 0 where the network fits.
func (c FrameCost) Excess(l1Bytes, l2Bytes int64) float64 {
	return max(0, float64(c.L1Bytes)/float64(l1Bytes)-1, float64(c.L2Bytes)/float64(l2Bytes)-1)
}

// errOverflow is a network whose counts do not fit.
var errOverflow = errors.New("xr: the counts of a network exceed 2^62")

// FrameCost runs the layers of a network one after another.
//
//	latency   ∑ cycles / clock
//	energy    ∑ (buffers and arithmetic, see package dataflow) + 8 · off-chip bytes · DRAM energy a bit
//
// Off-chip, each layer reads its inputs and weights and writes its outputs once, as the runtime of dataflow assumes.
func (a Accelerator) FrameCost(n Network, s *dataflow.Scratch) (c FrameCost, err error) {
	h := a.Hardware
	h.L1Bytes, h.L2Bytes = 0, 0
	var energyPJ float64
	for _, l := range n.Layers {
		stats, err := a.Template.Evaluate(h, l.Layer, dataflow.Physical, s)
		if err != nil {
			return FrameCost{}, err
		}
		if stats.Infeasible != dataflow.Works {
			return FrameCost{Refused: fmt.Sprintf("layer %q: %s", l.Layer.Name, stats.Infeasible)}, nil
		}
		var bytes int64
		for operand := dataflow.Input; operand <= dataflow.Output; operand++ {
			bytes += l.Layer.Elements(operand)
		}
		for _, sum := range []struct {
			total *int64
			more  int64
		}{{&c.Cycles, stats.RuntimeCycles}, {&c.MACs, l.Layer.MACs()}, {&c.OffchipBytes, bytes}} {
			if float64(*sum.total)+float64(l.Copies)*float64(sum.more) > 1<<62 {
				return FrameCost{}, errOverflow
			}
			*sum.total += l.Copies * sum.more
		}
		energyPJ += float64(l.Copies) * stats.EnergyPJ()
		c.L1Bytes, c.L2Bytes = max(c.L1Bytes, stats.L1Bytes), max(c.L2Bytes, stats.L2Bytes)
	}
	energyPJ += 8 * float64(c.OffchipBytes) * a.DRAMEnergyPJPerBit
	c.Cost = Cost{LatencyMS: float64(c.Cycles) / (1e3 * a.ClockMHz), EnergyMJ: energyPJ * 1e-9}
	return c, nil
}
