package eyeriss

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/loopnest"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/networks"
	"github.com/codesign-gym/codesign/simulators/timeloop"
)

// The tensors of a layer, by the names that problem files use.
const (
	weights = "Weights"
	inputs  = "Inputs"
	outputs = "Outputs"
)

// maxLayers bounds the problem files of a folder.
const maxLayers = 4096

// layer is a computation with the number of times that it runs.
type layer struct {
	name    string
	problem loopnest.Problem
	copies  int64
	macs    int64 // of one copy
}

// workload lists the different layers of the settings; origin tells apart files that the settings only name, for the version.
func workload(s simulators.Settings) (list []layer, origin string, err error) {
	if err := networks.Check(s); err != nil {
		return nil, "", err
	}
	folder := s.String("problems")
	if folder == "" {
		n, origin, err := networks.Load(s)
		if err != nil {
			return nil, "", err
		}
		list, err = fromNetwork(n, s.String("groups") == groupsDense, s.String("layers") == layersConvolutions)
		return list, origin, err
	}
	for _, other := range []struct{ name, otherwise string }{{"network", networks.Default}, {"onnx", ""}, {"groups", groupsReal}, {"layers", layersAll}} {
		if v := s.String(other.name); v != other.otherwise {
			return nil, "", fmt.Errorf("settings %s = %q and problems = %q exclude each other: leave one of them out", other.name, v, folder)
		}
	}
	return fromFolder(folder)
}

// fromNetwork lists the layers with multiply-accumulates of a network.
func fromNetwork(n dnn.Network, dense, convolutions bool) ([]layer, error) {
	var list []layer
	for _, l := range n.Layers {
		if l.Op != dnn.Conv && l.Op != dnn.TransposedConv && (l.Op != dnn.GEMM || convolutions) {
			continue
		}
		if dense && l.Op != dnn.GEMM {
			l.Groups = 1
		}
		copies := l.Copies()
		l.Inputs = nil
		p, err := loopnest.FromLayer(l, 1)
		if err != nil {
			return nil, err
		}
		list = append(list, layer{name: l.Name, problem: heightsLast(p), copies: copies})
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("network %q has no layer to run", n.Name)
	}
	return merged(list), nil
}

// heightsLast renames the dimensions of a layer as the problem files of Timeloop's Eyeriss do: R and P are of the width, S and Q of the height. A
// matrix product then has its rows along Q.
func heightsLast(p loopnest.Problem) loopnest.Problem {
	p.Dimensions = slices.Clone(p.Dimensions)
	for d, name := range map[int]string{loopnest.R: "S", loopnest.S: "R", loopnest.P: "Q", loopnest.Q: "P"} {
		p.Dimensions[d].Name = name
	}
	return p
}

// fromFolder lists the layers of a folder of problem files, one a file, in the order of their names.
func fromFolder(folder string) ([]layer, string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, "", fmt.Errorf("setting problems: %w", err)
	}
	var paths []string
	for _, e := range entries {
		switch strings.ToLower(filepath.Ext(e.Name())) {
		case ".yaml", ".yml", ".toml":
			paths = append(paths, filepath.Join(folder, e.Name()))
		}
	}
	if len(paths) == 0 || len(paths) > maxLayers {
		return nil, "", fmt.Errorf("setting problems: %s holds %d problem files (.yaml, .yml, .toml): want 1 to %d", folder, len(paths), maxLayers)
	}
	files, err := timeloop.Load(paths)
	if err != nil {
		return nil, "", fmt.Errorf("setting problems: %w", err)
	}
	var list []layer
	var errs []error
	sum := sha256.New()
	for _, f := range files {
		sum.Write(f.Text) // a hash never fails
		p, err := timeloop.ReadProblem(f)
		if err == nil {
			err = checkTensors(p)
		}
		if err == nil {
			err = p.Check()
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("setting problems: %s: %w", f.Name, err))
			continue
		}
		base := filepath.Base(f.Name)
		list = append(list, layer{name: strings.TrimSuffix(base, filepath.Ext(base)), problem: p, copies: 1})
	}
	if err := errors.Join(errs...); err != nil {
		return nil, "", err
	}
	return merged(list), "+problems." + hex.EncodeToString(sum.Sum(nil)[:6]), nil
}

// checkTensors reports a problem without the three tensors that the memories hold.
func checkTensors(p loopnest.Problem) error {
	for _, name := range []string{weights, inputs, outputs} {
		if !slices.ContainsFunc(p.Tensors, func(t loopnest.Tensor) bool { return t.Name == name }) {
			return fmt.Errorf("no data space %q: the memories hold Weights, Inputs and Outputs", name)
		}
	}
	if len(p.Tensors) != 3 {
		return fmt.Errorf("%d data spaces: want Weights, Inputs and Outputs alone", len(p.Tensors))
	}
	return nil
}

// heaviest are the layers with the most multiply-accumulates that together have a part of all, in their order, and the factor from theirs to all.
func heaviest(list []layer, part float64) (some []layer, scale float64) {
	order := make([]int, len(list))
	all := 0.0
	for i, l := range list {
		order[i] = i
		all += l.total()
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(list[b].total(), list[a].total()) })
	sum, taken := 0.0, 0
	for taken < len(order) && sum < part*all {
		sum += list[order[taken]].total()
		taken++
	}
	order = order[:taken]
	slices.Sort(order)
	for _, i := range order {
		some = append(some, list[i])
	}
	return some, all / sum
}

// total is the multiply-accumulates of all copies.
func (l layer) total() float64 { return float64(l.copies) * float64(l.macs) }

// merged joins layers of one shape: they have the same best mapping.
func merged(list []layer) (distinct []layer) {
	at := map[string]int{}
	for _, l := range list {
		shape := l.problem
		shape.Name = ""
		key := fmt.Sprint(shape)
		if i, known := at[key]; known {
			distinct[i].copies += l.copies
			continue
		}
		at[key] = len(distinct)
		l.macs = 1
		for _, d := range l.problem.Dimensions {
			l.macs *= d.Size
		}
		distinct = append(distinct, l)
	}
	return distinct
}
