package zerocost

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	measured "github.com/codesign-gym/codesign/accelerators/dnn/accuracy"
	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/accuracy"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

// The files of the data folder: accuracies of NAS-Bench-201, and images of CIFAR-10.
const (
	tableFile  = "nasbench/nb201.csv.gz"
	imagesFile = "cifar10/cifar10_jpeg_subset.tar.gz"
)

// checkedCells is how many live cells a check scores, one of each class of equal cells, spread evenly over the table.
const checkedCells = 250

// bars are the least Kendall taus promised: within 0.05 of what the authors' programs reach, 0.58 (synflow) and 0.62 (NASWOT), and with paths above that of
// the number of parameters, 0.58, which costs nothing either. Measured: 0.539, 0.577, 0.627; over so few cells tau is uncertain by 0.03 or so.
func bars() map[string]float64 {
	return map[string]float64{"synflow": 0.53, "naswot": 0.57, "paths": 0.58}
}

// Check measures what the scores are worth: how they order cells of NAS-Bench-201 whose accuracies are known.
func Check() simulators.Check {
	return simulators.Check{
		Area: "zero-cost",
		Doc:  "Kendall's tau of the scores of untrained networks with accuracies of NAS-Bench-201",
		Run: func(ctx context.Context, dataDir string) ([]simulators.Agreement, error) {
			const reference = "measured accuracies and images"
			if dataDir == "" {
				return []simulators.Agreement{{Reference: reference, Skipped: "not ours to embed: name their folder with --data or CODESIGN_DATA"}}, nil
			}
			for _, file := range []string{tableFile, imagesFile} {
				path := filepath.Join(dataDir, file)
				if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
					return []simulators.Agreement{{Reference: reference, Skipped: "no file " + path}}, nil
				}
			}
			return compare(ctx, dataDir)
		},
	}
}

func compare(ctx context.Context, dataDir string) ([]simulators.Agreement, error) {
	in, _, err := Factory().Open(map[string]any{"images": filepath.Join(dataDir, imagesFile)})
	if err != nil {
		return nil, err
	}
	cells, err := nas.NewNASBench201(nas.CIFAR10())
	if err != nil {
		return nil, err
	}
	rows, _, err := accuracy.ReadTable("--data", filepath.Join(dataDir, tableFile), cells, "acc_c10")
	if err != nil {
		return nil, err
	}
	points, percents := sample(cells, rows)
	results, err := wrap.Parallel(wrap.NewPool(runtime.NumCPU()))(in.Simulator).Evaluate(ctx, points)
	if err != nil {
		return nil, err
	}
	var list []simulators.Agreement
	for metric, key := range in.Simulator.Spec().Keys() {
		least, ok := bars()[key]
		if !ok {
			continue
		}
		scores := make([]float64, len(points))
		for i, r := range results {
			if r.Values == nil {
				return nil, fmt.Errorf("cell %s: %s", cells.Text(points[i])[0], r.Failed)
			}
			scores[i] = r.Values[metric]
		}
		tau := measured.Compare(scores, percents).Kendall
		a := simulators.Agreement{
			Reference: fmt.Sprintf("nb201 on cifar10: %s of %d cells", key, len(points)), Rows: len(points), Needed: len(points),
			Bar: fmt.Sprintf("Kendall tau %.3f >= %.2f", tau, least),
		}
		if tau >= least {
			a.Within = len(points)
		} else {
			a.FirstDifference = "the order as a whole"
		}
		list = append(list, a)
	}
	return list, nil
}

// sample is cells that can learn and their accuracies.
func sample(cells nas.Named, rows []measured.Row) (points []space.Point, percents []float64) {
	var live []measured.Row
	for _, c := range measured.Classes(cells, rows) {
		if _, dead := cells.Chance(c.Point); !dead {
			live = append(live, c.Rows[0])
		}
	}
	for i := range min(checkedCells, len(live)) {
		row := live[i*len(live)/min(checkedCells, len(live))]
		points, percents = append(points, row.Point), append(percents, row.Percent)
	}
	return points, percents
}
