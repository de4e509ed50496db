package networkspace

import (
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// totals are sums over the layers of a network.
type totals struct {
	cycles, macs, offchipBytes int64
	energyMACs                 float64
	l1Need, l2Need             int64 // the largest
}

// errOverflow is a network whose counts do not fit.
var errOverflow = errors.New("the network's counts exceed 2^62")

// add takes all copies of a layer into account.
func (t *totals) add(c cost, copies int64) error {
	for _, sum := range []struct {
		total *int64
		more  int64
	}{{&t.cycles, c.cycles}, {&t.macs, c.stats.MACs}, {&t.offchipBytes, c.offchipBytes}} {
		if float64(*sum.total)+float64(copies)*float64(sum.more) > 1<<62 {
			return errOverflow
		}
		*sum.total += copies * sum.more
	}
	t.energyMACs += float64(copies) * c.energyMACs
	t.l1Need, t.l2Need = max(t.l1Need, c.l1), max(t.l2Need, c.l2)
	return nil
}

// network decodes a point. In a file's space shapes may not fit: that is a property of the design.
func (s *simulator) network(p space.Point) (n dnn.Network, list []work, refused simulators.Result, ok bool) {
	n, err := s.networks.Decode(p[:s.axes])
	if err == nil {
		list, err = listed(n)
	}
	switch {
	case err != nil && s.networks.fromFile:
		return n, nil, simulators.Infeasible(err.Error(), 0), false
	case err != nil:
		return n, nil, simulators.Failed(err.Error()), false
	case len(list) == 0:
		return n, nil, simulators.Infeasible("the network has no layer that multiplies", 0), false
	}
	return n, list, simulators.Result{}, true
}

// evaluate is one design.
func (s *simulator) evaluate(p space.Point, scratch *dataflow.Scratch) simulators.Result {
	n, list, refused, ok := s.network(p)
	if !ok {
		return refused
	}
	chip := p[s.axes:]
	setup := s.setup(chip)
	var sum totals
	for _, w := range merged(list) {
		c, err := costOf(w, setup, s.composable, scratch)
		if err == nil && c.stats.Infeasible != dataflow.Works {
			return simulators.Infeasible(fmt.Sprintf("layer %q: %s", w.layer.Name, c.stats.Infeasible), 0)
		}
		if err == nil {
			err = sum.add(c, w.copies)
		}
		if err != nil {
			return simulators.Failed(err.Error())
		}
	}
	l1, l2 := s.buffers(chip)
	if sum.l1Need > l1 || sum.l2Need > l2 {
		excess := max(float64(sum.l1Need)/float64(l1), float64(sum.l2Need)/float64(l2)) - 1
		return simulators.Infeasible(fmt.Sprintf("needs %d bytes of L1 and %d bytes of L2: there are %d and %d", sum.l1Need, sum.l2Need, l1, l2), excess)
	}
	latencyNS, energyPJ := float64(sum.cycles)*s.clockNS, sum.energyMACs*dataflow.MACEnergyPJ
	return simulators.OK(
		float64(sum.cycles), latencyNS, energyPJ, sum.energyMACs, s.area.Area(setup.Hardware, l1, l2).TotalUM2()*1e-6, energyPJ/latencyNS,
		energyPJ*1e-12*latencyNS*1e-9, float64(sum.macs)/(float64(sum.cycles)*float64(setup.Hardware.PEs)),
		float64(sum.l1Need), float64(sum.l2Need), float64(sum.offchipBytes),
		float64(sum.macs), float64(n.Totals().Parameters), float64(n.WeightBytes(wordBits)), nas.DropOf(n).TotalPercent(),
	)
}

// buffers are the bytes of L1 and L2 of a point of the hardware.
func (s *simulator) buffers(chip space.Point) (l1, l2 int64) {
	return int64(s.hardware.Param(s.l1).Values[chip[s.l1]]), int64(s.hardware.Param(s.l2).Values[chip[s.l2]]) << 10
}
