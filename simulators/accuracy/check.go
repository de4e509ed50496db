package accuracy

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/codesign-gym/codesign/accelerators/dnn/accuracy"
	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// referenceFolder is where the data folder has the published tables; none is embedded.
const referenceFolder = "nasbench"

// The files of that folder.
const (
	cellFile      = "nb201.csv.gz"
	hardwareFile  = "nb201_hw.csv.gz"
	macroFile     = "nbmacro.csv.gz"
	subnetFile    = "ofa_mbv3_measured.csv.gz"
	weightFile    = "ofa_mbv3_acc_predictor.f32.gz"
	predictedFile = "ofa_mbv3_goldens.csv.gz"
)

// Check compares search spaces and oracles with the published tables of the data folder.
func Check() simulators.Check {
	return simulators.Check{
		Area: "nas",
		Doc:  "networks of NAS-Bench-201, NAS-Bench-Macro and Once-for-All, their hardware rules, and the errors of the accuracy surrogates",
		Run: func(ctx context.Context, dataDir string) ([]simulators.Agreement, error) {
			if dataDir == "" {
				return []simulators.Agreement{{Reference: "published tables", Skipped: "not ours to embed: name their folder with --data or CODESIGN_DATA"}}, nil
			}
			r := &reference{folder: filepath.Join(dataDir, referenceFolder)}
			for _, check := range []func() error{r.networks, r.classes, r.hardware, r.predictor, func() error { return r.surrogates(ctx) }} {
				if err := check(); err != nil {
					return r.list, err
				}
				if err := ctx.Err(); err != nil {
					return r.list, err
				}
			}
			return r.list, nil
		},
	}
}

// reference collects the agreements with the tables of a folder.
type reference struct {
	folder string
	list   []simulators.Agreement
}

// read returns the content of a file; one that is not there is listed as skipped.
func (r *reference) read(name, file string) (content []byte, ok bool, err error) {
	path := filepath.Join(r.folder, file)
	content, err = os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		r.list = append(r.list, simulators.Agreement{Reference: name, Skipped: "no file " + path})
		return nil, false, nil
	}
	return content, err == nil, err
}

// networks compares parameters and MACs of every row with those of the decoded networks.
func (r *reference) networks() error {
	cells, err := nas.NewNASBench201(nas.CIFAR10())
	if err != nil {
		return err
	}
	macros, err := nas.NewNASBenchMacro()
	if err != nil {
		return err
	}
	subnets, err := nas.NewOFAMobileNet()
	if err != nil {
		return err
	}
	biases := int64(cells.Dataset().Classes) // the published MACs of NAS-Bench-201 count their additions
	return errors.Join(
		r.compare("nb201: parameters and MACs", cellFile, []string{"params", "macs_c10"}, 0, named(cells), totals(cells, biases)),
		r.compare("nbmacro: parameters and MACs", macroFile, []string{"params", "flops"}, 0, named(macros), totals(macros, 0)),
		r.compare("ofa: parameters and MACs", subnetFile, []string{"params", "macs"}, 0, named(subnets), totals(subnets, 0)))
}

// totals computes parameters, and MACs with some more.
func totals(s nas.SearchSpace, more int64) func(space.Point) ([]float64, error) {
	return func(p space.Point) ([]float64, error) {
		n, err := s.Decode(p)
		t := n.Totals()
		return []float64{float64(t.Parameters), float64(t.MACs + more)}, err
	}
}

// predictor compares the Once-for-All predictor with the outputs of its authors' program.
func (r *reference) predictor() error {
	const name = "ofa: predictor, within 1e-5"
	networks, err := nas.NewOFAMobileNet()
	if err != nil {
		return err
	}
	if _, ok, err := r.read(name, weightFile); !ok {
		return err
	}
	weights, _, err := readWeights("--data", filepath.Join(r.folder, weightFile))
	if err != nil {
		return err
	}
	oracle, err := accuracy.NewOFAPredictor(networks, weights, 0)
	if err != nil {
		return wrapFile(weightFile, err)
	}
	return r.compare(name, predictedFile, []string{"pred_top1"}, 1e-5, named(networks), func(p space.Point) ([]float64, error) {
		e, err := oracle.Accuracy(p)
		return []float64{e.Percent / 100}, err
	})
}
