package accuracy_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/accuracy"
	"github.com/codesign-gym/codesign/simulators/simtest"
)

func open(t testing.TB, set map[string]any) simulators.Instance {
	t.Helper()
	in, _, err := accuracy.Factory().Open(set)
	require.NoError(t, err)
	return in
}

func write(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

func evaluate(t testing.TB, in simulators.Instance, s nas.Named, names ...[]string) []simulators.Result {
	t.Helper()
	var points []space.Point
	for _, fields := range names {
		p, err := s.Parse(fields...)
		require.NoError(t, err)
		points = append(points, p)
	}
	results, err := in.Simulator.Evaluate(context.Background(), points)
	require.NoError(t, err)
	return results
}

func cells(t testing.TB) nas.Named {
	t.Helper()
	s, err := nas.NewNASBench201(nas.CIFAR10())
	require.NoError(t, err)
	return s
}

func TestEveryOracleConforms(t *testing.T) {
	table := write(t, "table.csv", "arch,acc\n000300,91\n333333,94.5\n000000,10\n")
	for name, set := range map[string]map[string]any{
		"surrogate":          nil,
		"another data set":   {"data_set": "imagenet16-120"},
		"another space":      {"space": "ofa"},
		"noise":              {"space": "nbmacro", "noise": 0.3},
		"table, most absent": {"oracle": "table", "file": table, "column": "acc"},
		"predictor":          {"space": "ofa", "oracle": "predictor", "file": weights(t, 372_801)},
	} {
		t.Run(name, func(t *testing.T) { simtest.Test(t, open(t, set), simtest.Points(4), simtest.Whole(0)) })
	}
}

// weights is a file of so many weights, all small and positive.
func weights(t testing.TB, n int) string {
	t.Helper()
	values := make([]float32, n)
	for i := range values {
		values[i] = 1e-4
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	require.NoError(t, binary.Write(z, binary.LittleEndian, values))
	require.NoError(t, z.Close())
	return write(t, "weights.f32.gz", b.String())
}

func TestTableTellsWhatItHas(t *testing.T) {
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, err := z.Write([]byte("idx,arch,acc,note\n1,000300,91.25,x\n2,000400,,empty\n3,000000,10,dead\n"))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	in := open(t, map[string]any{"oracle": "table", "file": write(t, "t.csv.gz", zipped.String()), "column": "acc"})
	r := evaluate(t, in, cells(t), []string{"000300"}, []string{"000400"}, []string{"000000"})
	// one 3×3: 73,306 + 243,040 parameters; 7,782,400 + 35,389,440 + 640 MACs
	require.Equal(t, []float64{91.25, 0.26, 316_346, 43_172_480}, r[0].Values)
	require.Equal(t, "accuracy: the network is not among the 2 of the table", r[1].Infeasible)
	require.Equal(t, 10.0, r[2].Values[0])
	require.Contains(t, in.Simulator.Spec().Version, "1.0.0+file.", "the file is part of the version")
}

func TestNoiseIsFixedForEachNetwork(t *testing.T) {
	names := [][]string{{"000300"}, {"333333"}, {"000000"}, {"000200"}}
	clean := evaluate(t, open(t, nil), cells(t), names...)
	noisy := evaluate(t, open(t, map[string]any{"noise": 0.5}), cells(t), names...)
	again := evaluate(t, open(t, map[string]any{"noise": 0.5}), cells(t), names[1])
	other := evaluate(t, open(t, map[string]any{"noise": 0.5, "noise_seed": 1}), cells(t), names...)
	for i := range names {
		require.NotEqual(t, clean[i].Values[0], noisy[i].Values[0])
		require.NotEqual(t, noisy[i].Values[0], other[i].Values[0])
		require.InDelta(t, clean[i].Values[0], noisy[i].Values[0], 5*0.5)
		require.Equal(t, clean[i].Values[1:], noisy[i].Values[1:])
	}
	require.Equal(t, noisy[1].Values, again[0].Values)
	wild := evaluate(t, open(t, map[string]any{"noise": 50.0}), cells(t), names...)
	for _, r := range wild {
		require.True(t, r.Values[0] >= 0 && r.Values[0] <= 100)
	}
}

func TestDetailListsTheLayers(t *testing.T) {
	in := open(t, map[string]any{"space": "nbmacro"})
	artifacts, err := in.Detail(context.Background(), make(space.Point, 8))
	require.NoError(t, err)
	require.Equal(t, "layers.csv", artifacts[0].Name)
	lines := strings.Split(string(artifacts[0].Data), "\n")
	require.Equal(t, []string{"layer,operation,output,macs,parameters", "stem.conv,conv,32×32×32,884736,864"}, lines[:2])
}

func TestSettingsThatDoNotFit(t *testing.T) {
	table := func(text string) map[string]any {
		return map[string]any{"oracle": "table", "file": write(t, "t.csv", text), "column": "acc"}
	}
	for name, test := range map[string]struct {
		set  map[string]any
		want string
	}{
		"unknown data set":       {map[string]any{"data_set": "mnist"}, `nas: nb201 has no data set "mnist": known are cifar10, cifar100, imagenet16-120`},
		"table without a file":   {map[string]any{"oracle": "table"}, "setting file is needed"},
		"table without a column": {map[string]any{"oracle": "table", "file": "x"}, "setting column is needed"},
		"column of no table":     {map[string]any{"column": "acc"}, `setting column is only for oracle = "table", not "surrogate"`},
		"offset of no predictor": {map[string]any{"offset": 1.0}, `setting offset is only for oracle = "predictor"`},
		"script of no external":  {map[string]any{"command": "x"}, `setting command is only for oracle = "external"`},
		"file of a script":       {map[string]any{"oracle": "external", "file": "x"}, `setting file is not for oracle = "external"`},
		"no script":              {map[string]any{"oracle": "external"}, "setting command is needed"},
		"predictor of cells":     {map[string]any{"oracle": "predictor", "file": "x"}, `oracle = "predictor" is for space = "ofa", not "nb201"`},
		"no such file":           {map[string]any{"oracle": "table", "file": "/none", "column": "acc"}, "setting file: stat /none"},
		"missing column":         {table("arch,accuracy\n000300,1\n"), `the header lacks a column: unknown column "acc", did you mean "accuracy"? (known: arch, accuracy)`},
		"missing name":           {table("cell,acc\n000300,1\n"), `unknown column "arch"`},
		"leading zeros lost":     {table("arch,acc\n000300,1\n300,1\n"), `line 3: nas: nb201 cell "300" has 3 digits: want 6; leading zeros lost?`},
		"accuracy of 101":        {table("arch,acc\n000300,101\n"), `line 2: column acc: "101": want a number in [0, 100] %`},
		"accuracy of no number":  {table("arch,acc\n000300,NaN\n"), `line 2: column acc: "NaN"`},
		"a network twice":        {table("arch,acc\n000300,91\n000300,92\n"), "row 2: the network"},
		"a short row":            {table("arch,acc\n000300\n"), "record on line 2: wrong number of fields"},
		"no rows":                {table("arch,acc\n000300,\n"), "no row has an accuracy in column acc"},
		"empty file":             {table(""), "header: EOF"},
		"no gzip inside":         {table("\x1f\x8bhello"), "unexpected EOF"},
		"a weight too few":       {map[string]any{"space": "ofa", "oracle": "predictor", "file": weights(t, 372_800)}, "predictor of 372800 weights: want 372801"},
		"half a weight":          {map[string]any{"space": "ofa", "oracle": "predictor", "file": write(t, "w", "abc")}, "3 bytes: want a multiple of 4"},
		"no model":               {map[string]any{"file": write(t, "m", "hello")}, "not a model of this version"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := accuracy.Factory().Open(test.set)
			require.ErrorContains(t, err, test.want)
		})
	}
}

// TestModelOfAnotherSpace gives the embedded model of one space, written to a file, to another.
func TestModelOfAnotherSpace(t *testing.T) {
	content, err := os.ReadFile(filepath.Join("..", "..", "accelerators", "dnn", "accuracy", "models", "nbmacro-cifar10.model"))
	require.NoError(t, err)
	path := write(t, "macro.model", string(content))
	_, _, err = accuracy.Factory().Open(map[string]any{"file": path})
	require.ErrorContains(t, err, "a model of nbmacro on cifar10: want nb201 on cifar10")
	macros, err := nas.NewNASBenchMacro()
	require.NoError(t, err)
	name := []string{"12012012"}
	own := evaluate(t, open(t, map[string]any{"space": "nbmacro", "file": path}), macros, name)
	require.Equal(t, evaluate(t, open(t, map[string]any{"space": "nbmacro"}), macros, name), own)
}
