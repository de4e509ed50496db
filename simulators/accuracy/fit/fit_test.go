package fit_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dnn/accuracy"
	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/simulators/accuracy/fit"
)

// made is an accuracy that the weights of the live cell decide, with a noise of 0.2 points: what a fit can find.
func made(t testing.TB, cells int) (nas.Named, []accuracy.Row) {
	t.Helper()
	s, err := nas.NewNASBench201(nas.CIFAR10())
	require.NoError(t, err)
	rng := seed.New(1, "made")
	var rows []accuracy.Row
	seen := map[string]bool{}
	for len(rows) < cells {
		p := s.Space().Sample(rng)
		if key := s.Space().Key(p); !seen[key] {
			seen[key] = true
			percent := 10.0
			if !s.Dead(p) {
				percent = 60 + 8*float64(min(count(s.Live(p), nas.Conv3x3), 3)) + 3*float64(min(count(s.Live(p), nas.Conv1x1), 2)) + 0.2*rng.NormFloat64()
			}
			rows = append(rows, accuracy.Row{Point: p, Percent: percent})
		}
	}
	return s, rows
}

func count(c nas.Cell, op nas.Operation) (n int) {
	for _, o := range c {
		if o == op {
			n++
		}
	}
	return n
}

// quick is a small fit.
func quick() fit.Options { return fit.Options{Nets: 1, Hidden: 8, Epochs: 60} }

func TestFitFindsWhatIsThere(t *testing.T) {
	s, rows := made(t, 1000)
	m, err := fit.Surrogate(s, rows, quick())
	require.NoError(t, err)
	require.Greater(t, m.Errors.Kendall, 0.8)
	require.Less(t, m.Errors.RMSEPercent, 1.5)
	oracle, err := accuracy.NewSurrogate(s, m)
	require.NoError(t, err)
	for _, r := range rows {
		e, err := oracle.Accuracy(r.Point)
		require.NoError(t, err)
		require.True(t, r.Percent != 10 || e == accuracy.Estimate{Percent: 10}, "dead cells are exact")
		require.True(t, m.Saw(s, r.Point) || s.Text(s.Canonical(r.Point))[0] == "000000")
	}
}

func TestFitDependsOnRowsAndSeedAlone(t *testing.T) {
	s, rows := made(t, 300)
	file := func(rows []accuracy.Row, o fit.Options) []byte {
		m, err := fit.Surrogate(s, rows, o)
		require.NoError(t, err)
		var b bytes.Buffer
		require.NoError(t, m.Write(&b))
		return b.Bytes()
	}
	o := fit.Options{Nets: 2, Hidden: 4, Epochs: 5, RankingLoss: 0.1}
	first := file(rows, o)
	backwards := slices.Clone(rows)
	slices.Reverse(backwards)
	require.Equal(t, first, file(backwards, o), "whatever the order of the rows")
	o.Seed = 1
	require.NotEqual(t, first, file(rows, o))
}

// TestPretrainingHelpsFewLabels: from 60 labels, weights and depths that cost nothing make up for measurements.
func TestPretrainingHelpsFewLabels(t *testing.T) {
	s, rows := made(t, 1500)
	classes := accuracy.Classes(s, rows)
	few, rest := classes[1:61], classes[61:]
	errors := func(pretrain int) accuracy.Errors {
		o := fit.Options{Nets: 1, Hidden: 16, Epochs: 100, Pretrain: pretrain}
		m, err := fit.Model(s, few, o)
		require.NoError(t, err)
		e, err := fit.Measure(s, m, rest)
		require.NoError(t, err)
		return e
	}
	without, with := errors(0), errors(5)
	require.Greater(t, with.Kendall, without.Kendall)
}

func TestOtherSpacesAreFitted(t *testing.T) {
	for _, name := range []string{"nbmacro", "ofa"} {
		s, _, err := nas.Open(name, "")
		require.NoError(t, err)
		rng := seed.New(2, name)
		var rows []accuracy.Row
		for range 150 {
			p := s.Space().Sample(rng)
			level := 0
			for _, l := range p {
				level += l
			}
			rows = append(rows, accuracy.Row{Point: p, Percent: 70 + 0.5*float64(level)})
		}
		o := quick()
		o.Pretrain = 1
		m, err := fit.Model(s, accuracy.Classes(s, rows), o)
		require.NoError(t, err)
		e, err := fit.Measure(s, m, accuracy.Classes(s, rows))
		require.NoError(t, err)
		require.Greater(t, e.Kendall, 0.5, name)
	}
}

func TestFitRefuses(t *testing.T) {
	s, rows := made(t, 300)
	_, err := fit.Surrogate(s, rows[:8], quick())
	require.ErrorContains(t, err, "classes of networks that can learn: want at least 10")
	for _, test := range []struct {
		options fit.Options
		want    string
	}{
		{fit.Options{Nets: 17}, "fit: nets = 17 out of range [1, 16]"},
		{fit.Options{Hidden: -1}, "fit: hidden = -1 out of range [1, 64]"},
		{fit.Options{Epochs: 1 << 20}, "fit: epochs = 1048576 out of range [1, 100000]"},
		{fit.Options{Pretrain: -1}, "fit: pretrain = -1 out of range [0, 100000]"},
		{fit.Options{RankingLoss: -1}, "fit: ranking loss = -1 out of range [0, 1000]"},
	} {
		_, err := fit.Surrogate(s, rows, test.options)
		require.EqualError(t, err, test.want)
	}
}

func ExampleSurrogate() {
	s, _, err := nas.Open("nbmacro", "")
	if err != nil {
		fmt.Println(err)
		return
	}
	var rows []accuracy.Row
	for p := range s.Space().Points() { // measured networks, as far as an example can have them
		if p[7] == 0 && p[6] == 0 {
			rows = append(rows, accuracy.Row{Point: p, Percent: 80 + float64(p[0]+p[1]+p[2])})
		}
	}
	m, err := fit.Surrogate(s, rows, fit.Options{Nets: 1, Hidden: 4, Epochs: 50})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(m.Rows, "networks,", m.Classes, "classes; ordered well:", m.Errors.Kendall > 0.8)
	// Output: 729 networks, 567 classes; ordered well: true
}

func TestFewLabels(t *testing.T) {
	s, rows := made(t, 1000)
	classes := accuracy.Classes(s, rows)
	few, err := fit.FewLabels(s, classes, 20, 3, quick())
	require.NoError(t, err)
	more, err := fit.FewLabels(s, classes, 200, 3, quick())
	require.NoError(t, err)
	require.Greater(t, more.Kendall, few.Kendall)
	_, heldOut := accuracy.Split(classes)
	require.LessOrEqual(t, few.Rows, len(heldOut), "each class once")
	for _, labels := range []int{9, len(classes)} {
		_, err = fit.FewLabels(s, classes, labels, 1, quick())
		require.ErrorContains(t, err, fmt.Sprintf("%d labels out of range [10, ", labels))
	}
}
