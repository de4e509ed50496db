package golden

import (
	"fmt"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/accelerators/chips"
	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/systolic"
)

// Row is a published figure and what the model says.
type Row struct {
	Name, Unit       string
	Published, Model float64
	LeftOut          float64 // the model with its constants fitted without this row; 0 where nothing is fitted
}

// Error is the signed relative error of the model.
func (r Row) Error() float64 { return r.Model/r.Published - 1 }

// LeftOutError is Error of LeftOut.
func (r Row) LeftOutError() float64 { return r.LeftOut/r.Published - 1 }

// Group is one kind of figure of one source.
type Group struct {
	Reference string
	Tolerance float64 // relative error within which a row keeps the promise
	Needed    int     // rows that must
	Rows      []Row
}

// Keeps tells whether the model is within a relative error; that of a fitted row must be without the row, too.
func (r Row) Keeps(tolerance float64) bool {
	return math.Abs(r.Error()) <= tolerance && (r.LeftOut == 0 || math.Abs(r.LeftOutError()) <= tolerance)
}

// Within counts the rows that keep the tolerance.
func (g Group) Within() int {
	n := 0
	for _, r := range g.Rows {
		if r.Keeps(g.Tolerance) {
			n++
		}
	}
	return n
}

// Errors are the absolute relative errors of rows, ascending.
func Errors(rows []Row, of func(Row) float64) []float64 {
	errs := make([]float64, len(rows))
	for i, r := range rows {
		errs[i] = math.Abs(of(r))
	}
	slices.Sort(errs)
	return errs
}

// Median is the middle one of ascending numbers, the larger of the two middle ones.
func Median(ascending []float64) float64 { return ascending[len(ascending)/2] }

// Check compares the models with every published figure.
func Check() ([]Group, error) {
	areas, err := checkAreas()
	if err != nil {
		return nil, err
	}
	rates, err := checkRates()
	if err != nil {
		return nil, err
	}
	powers, err := checkPowers()
	if err != nil {
		return nil, err
	}
	predictor, err := checkPredictor()
	if err != nil {
		return nil, err
	}
	return slices.Concat([]Group{areas, rates, powers}, checkEyeriss(), []Group{predictor, checkTPU()}), nil
}

func checkAreas() (Group, error) {
	samples, err := areaSamples()
	if err != nil {
		return Group{}, err
	}
	k := chips.Fitted()
	rows, err := leftOut(samples, []float64{k.DatapathAreaFactor, k.BaseMM2})
	return Group{Reference: "NVDLA, area", Tolerance: 0.18, Needed: len(rows), Rows: rows}, err
}

func checkPowers() (Group, error) {
	k := chips.Fitted()
	samples, err := powerSamples(k)
	if err != nil {
		return Group{}, err
	}
	rows, err := leftOut(samples, []float64{k.DatapathEnergyFactor, k.BasePJ, k.IdlePJ})
	return Group{Reference: "NVDLA and Eyeriss, power", Tolerance: 0.2, Needed: len(rows) - 1, Rows: rows}, err // but the largest NVDLA's average
}

func checkRates() (Group, error) {
	g := Group{Reference: "NVDLA, ResNet-50", Tolerance: 0.03}
	passes, err := chips.Passes(dnn.ResNet50V1())
	if err != nil {
		return g, err
	}
	for _, r := range ladder() {
		n := r.model()
		cycles := n.Run(passes).Cycles
		g.Rows = append(g.Rows, Row{Name: fmt.Sprintf("%d MACs", r.macs), Unit: "frames/s", Published: r.framesPerS, Model: n.ClockMHz * 1e6 / float64(cycles)})
	}
	g.Needed = len(g.Rows)
	return g, nil
}

func checkEyeriss() []Group {
	times := Group{Reference: "Eyeriss, AlexNet, time", Tolerance: 0.12}
	traffic := Group{Reference: "Eyeriss, AlexNet, traffic", Tolerance: 0.14}
	a := chips.Eyeriss()
	ms := func(cycles int64) float64 { return float64(cycles) / (a.ClockMHz * 1e3) }
	mb := func(bytes int64) float64 { return float64(bytes) * 1e-6 }
	var total int64
	for _, l := range alexNet() {
		r := a.Run(l.shape, l.tiling)
		total += r.Cycles
		times.Rows = append(times.Rows,
			Row{Name: l.name + ", processing", Unit: "ms", Published: l.processingMS, Model: ms(r.ProcessingCycles)},
			Row{Name: l.name + ", total", Unit: "ms", Published: l.totalMS, Model: ms(r.Cycles)})
		traffic.Rows = append(traffic.Rows,
			Row{Name: l.name + ", global buffer", Unit: "MB", Published: l.bufferMB, Model: mb(2 * r.BufferWords)},
			Row{Name: l.name + ", DRAM", Unit: "MB", Published: l.dramMB, Model: mb(r.DRAMBytes)})
	}
	times.Rows = append(times.Rows, Row{Name: "five layers", Unit: "frames/s", Published: eyerissFramesPerS, Model: eyerissBatch * 1e3 / ms(total)})
	times.Needed = len(times.Rows)
	traffic.Needed = len(traffic.Rows) - 1 // conv3's buffer: see the package documentation
	return []Group{times, traffic}
}

// checkPredictor runs the mean layer of three stages on the predictor's Eyeriss.
func checkPredictor() (Group, error) {
	g := Group{Reference: "HW-NAS-Bench, Eyeriss", Tolerance: 0.001, Needed: 2} // the 1×1 layers: see the package documentation
	a := chips.Eyeriss()
	a.ClockMHz, a.SumBusWords, a.LinkBandwidthGBps = predictorMHz, predictorBusWords, math.Inf(1)
	for _, p := range hwNASBench() {
		var cycles int64
		const stages, channels = 3, 16
		for stage := range stages {
			pad := p.kernel / 2
			size := p.image>>stage + 2*pad
			_, run, err := a.Fastest(chips.ConvShape{
				Height: size, Width: size, Pad: pad, Channels: channels << stage, Filters: channels << stage, Kernel: p.kernel, Stride: 1, Groups: 1, Samples: 1,
			}, true)
			if err != nil {
				return g, err
			}
			cycles += run.ComputeCycles
		}
		g.Rows = append(g.Rows, Row{
			Name: fmt.Sprintf("%d×%d layer, %d×%d image", p.kernel, p.kernel, p.image, p.image), Unit: "us",
			Published: p.microseconds, Model: float64(cycles) / stages / a.ClockMHz,
		})
	}
	return g, nil
}

func checkTPU() Group {
	g := Group{Reference: "TPU v1, operations", Tolerance: 0.2, Needed: 5} // not CNN1: see the package documentation
	tpu := chips.TPUv1()
	for _, n := range tpuNetworks() {
		side := int64(n.matrix)
		if side == 0 {
			side = int64(tpu.Rows)
		}
		p := systolic.Problem{M: int64(n.rows), N: side, K: side, Count: 1, Repeats: 1}
		g.Rows = append(g.Rows, Row{
			Name: fmt.Sprintf("%s (of %.0f)", n.name, tpu.PeakTOPS()), Unit: "TOPS", Published: n.teraopsPerS, Model: tpu.UtilFrac(p) * tpu.PeakTOPS(),
		})
	}
	return g
}
