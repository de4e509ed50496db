package soc

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// powerOf is the worst window of 10 ms of phases, each given by duration [ms] and power [mW].
func powerOf(p Profile, phases ...[2]float64) float64 {
	x := Scratch{system: &System{profile: p, library: PublishedLibrary()}}
	for _, ph := range phases {
		d := ph[0] / 1000
		x.phases = append(x.phases, phase{durationS: d, energyPJ: d * ph[1] * pjPerMWS})
		x.timeS += d
		x.result.EnergyPJ += d * ph[1] * pjPerMWS
	}
	return x.power()
}

func TestPowerIsThatOfTheWorstWindow(t *testing.T) {
	for _, c := range []struct {
		name                string
		phases              [][2]float64
		repaired, reference float64
	}{
		{"nothing takes time", [][2]float64{{0, 0}, {0, 0}}, 0, 0},
		{"shorter than a window", [][2]float64{{0, 0}, {2, 6}, {0, 0}, {4, 3}}, 4, 4},
		{"one long phase", [][2]float64{{0, 0}, {50, 7}}, 7, 7},
		// 8 ms of 10 mW and 2 ms of 1 mW. The reference closes its first window with the second phase that takes time, number 1, and so takes entries 0 and 1:
		// the burst, entry 2, is a window of its own.
		{"a burst between quiet phases", [][2]float64{{0, 0}, {6, 1}, {8, 10}, {14, 1}}, 8.2, 10},
		{"a burst at the end", [][2]float64{{3, 2}, {30, 1}, {5, 9}}, 5, 9},
		{"zero phases shift the reference's slices", [][2]float64{{0, 0}, {0, 0}, {11, 1}, {11, 5}, {11, 1}, {0, 0}}, 5, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.InDelta(t, c.repaired, powerOf(Repaired, c.phases...), 1e-9)
			require.InDelta(t, c.reference, powerOf(Reference, c.phases...), 1e-9)
		})
	}
}

// TestWorstWindowByScanning tries very many windows, the obvious way.
func TestWorstWindowByScanning(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		var phases [][2]float64
		total := 0.0
		for range 1 + random.IntN(12) {
			d := float64(random.IntN(9))
			total += d
			phases = append(phases, [2]float64{d, float64(random.IntN(10))})
		}
		energy := func(from, to float64) (sum float64) {
			at := 0.0
			for _, p := range phases {
				sum += p[1] * max(0, min(to, at+p[0])-max(from, at))
				at += p[0]
			}
			return sum
		}
		worst := 0.0
		switch {
		case total >= 10: // all durations are whole milliseconds, so that the worst window begins at one
			for from := 0.0; from+10 <= total; from++ {
				worst = max(worst, energy(from, from+10)/10)
			}
		case total > 0:
			worst = energy(0, total) / total
		}
		require.InDelta(t, worst, powerOf(Repaired, phases...), 1e-9, "%v", phases)
	}
}
