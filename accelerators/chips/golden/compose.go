package golden

import (
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/chips"
	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/tech"
)

// table is the technology of all chips.
func table() tech.Table { return tech.Eyeriss65() }

// areaSamples are NVDLA's areas as sums over DatapathAreaFactor and BaseMM2.
func areaSamples() ([]sample, error) {
	var list []sample
	for _, at := range []struct {
		nodeNM  int
		supplyV float64
		of      func(rung) float64
	}{
		{28, nvdla28V, func(r rung) float64 { return r.area28 }},
		{16, nvdla16V, func(r rung) float64 { return r.area16 }},
	} {
		for _, r := range ladder() {
			unit, err := chips.NewCosts(r.model().Chip(at.nodeNM, at.supplyV), table(), chips.Constants{DatapathAreaFactor: 1, BaseMM2: 1})
			if err != nil {
				return nil, err
			}
			list = append(list, sample{
				name: fmt.Sprintf("%d MACs, %d nm", r.macs, at.nodeNM), unit: "mm2", published: at.of(r),
				fixed: unit.Area.MemoryMM2, coefficients: []float64{unit.Area.PEMM2, unit.Area.BaseMM2},
			})
		}
	}
	return list, nil
}

// powerSamples are the powers of NVDLA and Eyeriss as sums over DatapathEnergyFactor, BasePJ and IdlePJ, with the areas of constants.
func powerSamples(constants chips.Constants) ([]sample, error) {
	unit := constants
	unit.DatapathEnergyFactor, unit.BasePJ, unit.IdlePJ = 1, 1, 1
	passes, err := chips.Passes(dnn.ResNet50V1())
	if err != nil {
		return nil, err
	}
	var list []sample
	add := func(name string, chip chips.Chip, a chips.Activity, publishedMW float64) error {
		costs, err := chips.NewCosts(chip, table(), unit)
		if err != nil {
			return err
		}
		e, nanoseconds := costs.Energy(a), float64(a.Cycles)*1e3/chip.ClockMHz
		list = append(list, sample{
			name: name, unit: "mW", published: publishedMW, fixed: (e.MemoryPJ + e.NetworkPJ) / nanoseconds,
			coefficients: []float64{e.MACPJ / nanoseconds, e.BasePJ / nanoseconds, e.IdlePJ / nanoseconds},
		})
		return nil
	}
	for _, r := range ladder() {
		n := r.model()
		chip := n.Chip(16, nvdla16V)
		if err := add(fmt.Sprintf("nvdla %d MACs, peak", r.macs), chip, n.PeakActivity(), r.peakMW); err != nil {
			return nil, err
		}
		if err := add(fmt.Sprintf("nvdla %d MACs, average", r.macs), chip, n.Run(passes).Activity(meanZeroFrac), r.meanMW); err != nil {
			return nil, err
		}
	}
	for _, l := range alexNet() {
		run := chips.Eyeriss().Run(l.shape, l.tiling)
		if err := add("eyeriss alexnet "+l.name, chips.EyerissChip(), run.Activity(l.shape), l.powerMW); err != nil {
			return nil, err
		}
	}
	return list, nil
}
