package xr

import (
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/simulators"
	domain "github.com/codesign-gym/codesign/soc/xr"
)

// design is the typed configuration of one evaluation.
type design struct {
	count        int
	accelerators [maxAccelerators]accelerator
	options      domain.Options
	scenario     *scenario
}

// shape is what the costs of an accelerator depend on.
type shape struct {
	template          dataflow.Template
	pes, noc, offchip int
}

// accelerator is one of a design.
type accelerator struct {
	shape
	l1, l2KiB int
}

func (a accelerator) l1Bytes() int64 { return int64(a.l1) }
func (a accelerator) l2Bytes() int64 { return int64(a.l2KiB) << 10 }

// Levels of the axes of an accelerator.
func peLevels() []int {
	return []int{64, 128, 192, 256, 320, 384, 448, 512, 576, 640, 704, 768, 832, 896, 960, 1024, 1280, 1536, 1792, 2048, 2560, 3072, 3584, 4096}
}
func nocLevels() []int     { return []int{16, 32, 64, 128, 256} }
func offchipLevels() []int { return []int{4, 8, 16, 32, 64, 128} }
func l1Levels() []int      { return []int{32, 64, 128, 256, 512, 1024} }
func l2Levels() []int      { return []int{16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192} }

// fields are the axes: the run-time, then the accelerators.
func (sc *scenario) fields() (list []simulators.Field[design]) {
	counts := make([]int, sc.maxAccelerators)
	for i := range counts {
		counts[i] = i + 1
	}
	if sc.maxAccelerators > 1 {
		list = append(list, simulators.Int("accelerators", "", "accelerators of the design", counts, func(d *design) *int { return &d.count }).In("runtime"))
	}
	if sc.usages[0].Profile == domain.Repaired {
		list = append(list,
			simulators.Choice("order", "which waiting frame starts first", []domain.Order{domain.EarliestDeadline, domain.ShortestPeriod, domain.AsListed},
				func(d *design) *domain.Order { return &d.options.Order }).In("runtime"),
			simulators.Choice("placement", "which accelerator a frame starts on; finish waits for a busy one that would be done first",
				[]domain.Placement{domain.LeastLatency, domain.EarliestFinish, domain.LeastEnergy, domain.LeastEDP},
				func(d *design) *domain.Placement { return &d.options.Placement }).In("runtime"),
			simulators.Choice("admission", "whether a frame that will be late may start", []domain.Admission{domain.AnyTime, domain.InTime},
				func(d *design) *domain.Admission { return &d.options.Admission }).In("runtime"))
	}
	for k := range sc.maxAccelerators {
		list = append(list, acceleratorFields(k, counts)...)
	}
	return list
}

// acceleratorAxes is how many axes an accelerator has.
const acceleratorAxes = 6

// acceleratorFields are the axes of accelerator k, active where the design has so many.
func acceleratorFields(k int, counts []int) []simulators.Field[design] {
	name := func(axis string) string { return fmt.Sprintf("acc%d_%s", k, axis) }
	list := []simulators.Field[design]{
		simulators.Choice(name("dataflow"), "kcp NVDLA, yxp ShiDianNao, yrp Eyeriss, os, ws, is systolic arrays", dataflow.Templates(),
			func(d *design) *dataflow.Template { return &d.accelerators[k].template }),
		simulators.Int(name("pes"), "PE", "processing elements", peLevels(), func(d *design) *int { return &d.accelerators[k].pes }).Log(),
		simulators.Int(name("noc_bandwidth"), "elements/cycle", "each of the two links of a level", nocLevels(),
			func(d *design) *int { return &d.accelerators[k].noc }).Log(),
		simulators.Int(name("offchip_bandwidth"), "elements/cycle", "share of the off-chip link", offchipLevels(),
			func(d *design) *int { return &d.accelerators[k].offchip }).Log(),
		simulators.Int(name("l1"), "bytes", "buffer of a PE, double-buffered", l1Levels(), func(d *design) *int { return &d.accelerators[k].l1 }).Log(),
		simulators.Int(name("l2"), "KiB", "shared buffer, double-buffered", l2Levels(), func(d *design) *int { return &d.accelerators[k].l2KiB }).Log(),
	}
	for i := range list {
		list[i] = list[i].In(fmt.Sprintf("acc%d", k))
		if k > 0 {
			var enough []string
			for _, count := range counts[k:] {
				enough = append(enough, fmt.Sprint(count))
			}
			list[i] = list[i].When("accelerators", enough...)
		}
	}
	return list
}

// costs are what the networks take on an accelerator; computed once for each shape.
func (sc *scenario) costs(s shape, memory *scratch) ([]domain.FrameCost, error) {
	if found, ok := sc.known.Load(s); ok {
		return found.([]domain.FrameCost), nil
	}
	a := sc.base
	a.Template, a.Hardware = s.template, s.hardware()
	list := make([]domain.FrameCost, len(sc.networks))
	for i, n := range sc.networks {
		c, err := a.FrameCost(n, &memory.layers)
		if err != nil {
			return nil, err
		}
		list[i] = c
	}
	found, _ := sc.known.LoadOrStore(s, list)
	return found.([]domain.FrameCost), nil
}

func (s shape) hardware() dataflow.Hardware {
	return dataflow.Hardware{PEs: s.pes, NoCBandwidth: s.noc, OffchipBandwidth: s.offchip}
}
