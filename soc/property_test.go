package soc_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/soc"
)

// published is the system of published workloads with the default library.
func published(tb testing.TB, l soc.Library, p soc.Profile, names ...string) *soc.System {
	tb.Helper()
	var list []soc.Workload
	for _, name := range names {
		w, err := soc.Lookup(name)
		require.NoError(tb, err)
		list = append(list, w)
	}
	return system(tb, l, p, list...)
}

// randomDesign is a tree or a ring of buses with processors, accelerators and memories on them.
func randomDesign(t *rapid.T, s *soc.System) *soc.Design {
	d := &soc.Design{}
	l, g := s.Library(), s.Graph()
	add := func(b soc.Block, prefix string, on int) int {
		i := len(d.Blocks)
		b.ID = fmt.Sprintf("%s%d", prefix, i)
		b.Level = rapid.IntRange(0, len(l.Levels)-1).Draw(t, "level")
		if b.Kind != soc.GPP {
			b.ClockFactor = rapid.SampledFrom(l.ClockFactors).Draw(t, "clock")
		}
		if b.Kind.IsMemory() || b.Kind == soc.Bus {
			b.WidthBytes = rapid.SampledFrom(l.WidthsBytes).Draw(t, "width")
		}
		d.Blocks = append(d.Blocks, b)
		if on >= 0 {
			d.Links = append(d.Links, soc.Link{A: i, B: on})
		}
		return i
	}
	pick := func(n int, what string) int { return rapid.IntRange(0, n-1).Draw(t, what) }
	buses := 1 + pick(4, "buses")
	for i := range buses {
		on := -1
		if i > 0 {
			on = pick(i, "bus of bus")
		}
		add(soc.Block{Kind: soc.Bus}, "B", on)
	}
	if buses > 2 && rapid.Bool().Draw(t, "ring") {
		d.Links = append(d.Links, soc.Link{A: 0, B: buses - 1})
	}
	var processors, memories []int
	for range 1 + pick(3, "processors") {
		processors = append(processors, add(soc.Block{Kind: soc.GPP}, "P", pick(buses, "bus of processor")))
	}
	for range 1 + pick(3, "memories") {
		memories = append(memories, add(soc.Block{Kind: rapid.SampledFrom([]soc.Kind{soc.DRAM, soc.SRAM}).Draw(t, "kind")}, "M", pick(buses, "bus of memory")))
	}
	for i, task := range g.Tasks {
		pe := processors[pick(len(processors), "processor")]
		if unrolls := l.Unrolls(task); len(unrolls) > 0 && rapid.Bool().Draw(t, "accelerate") {
			pe = add(soc.Block{Kind: soc.IP, Task: i, Unroll: rapid.SampledFrom(unrolls).Draw(t, "unroll")}, "A", pick(buses, "bus of accelerator"))
		}
		d.TaskPE = append(d.TaskPE, pe)
	}
	for range g.Flows {
		d.FlowMemory = append(d.FlowMemory, memories[pick(len(memories), "memory")])
	}
	return d
}

func TestNothingIsLostAndNothingIsSharedTwice(t *testing.T) {
	for _, profile := range []soc.Profile{soc.Repaired, soc.Reference} {
		s := published(t, soc.DefaultLibrary(), profile, "audio_decoder", "hpvm_cava")
		var x soc.Scratch
		rapid.Check(t, func(t *rapid.T) {
			d := randomDesign(t, s)
			r, timeline, err := x.Explain(s, d)
			require.NoError(t, err)
			sum, blocks, phases, span := r.LeakagePJ, 0.0, 0.0, 0.0
			for _, task := range r.Tasks {
				sum += task.EnergyPJ
			}
			for _, b := range r.Blocks {
				blocks += b.EnergyPJ
			}
			done := make([]float64, len(r.Tasks))
			for _, p := range timeline.Phases {
				if math.Abs(span-p.StartS) > 1e-12*span {
					t.Fatalf("a phase starts at %g s, the last one ended at %g s", p.StartS, span)
				}
				phases += p.EnergyPJ
				span += p.DurationS
				shared := map[soc.Bound]float64{}
				for _, a := range p.Running {
					done[a.Task] += a.WorkFrac
					if a.OpsPerS != a.Bounds[0].OpsPerS {
						t.Fatalf("task %d runs at %g op/s, its limiter allows %g", a.Task, a.OpsPerS, a.Bounds[0].OpsPerS)
					}
					for _, b := range a.Bounds {
						shared[soc.Bound{Block: b.Block, Direction: b.Direction, Next: b.Next}] += b.ShareFrac
					}
				}
				for channel, share := range shared {
					if share > 1+1e-12 {
						t.Fatalf("%v is shared %g times", channel, share)
					}
				}
			}
			require.InEpsilon(t, r.EnergyPJ, sum, 1e-9)
			require.InEpsilon(t, r.EnergyPJ, blocks, 1e-9)
			require.InEpsilon(t, r.EnergyPJ, phases, 1e-9)
			least := map[soc.Profile]float64{soc.Repaired: 1 - 1e-9, soc.Reference: 0.99 - 1e-9}[profile]
			for i, task := range s.Graph().Tasks {
				if task.Cycles > 0 {
					require.GreaterOrEqual(t, done[i], least, task.Name)
					require.LessOrEqual(t, done[i], 1+1e-9, task.Name)
				}
			}
			require.GreaterOrEqual(t, r.PowerMW, r.EnergyPJ/span*1e-9*(1-1e-9), "the worst window is at least the average")
		})
	}
}

func TestRatesFollowTheDefinition(t *testing.T) {
	s := published(t, soc.PublishedLibrary(), soc.Reference, "audio_decoder", "hpvm_cava")
	var x soc.Scratch
	rapid.Check(t, func(t *rapid.T) {
		d := randomDesign(t, s)
		_, timeline, err := x.Explain(s, d)
		require.NoError(t, err)
		for _, p := range timeline.Phases {
			for _, a := range p.Running {
				if want := x.RateByDefinition(p.Running, a.Task); math.Abs(a.OpsPerS-want) > 1e-12*want {
					t.Fatalf("task %d runs at %g op/s, by the definition at %g", a.Task, a.OpsPerS, want)
				}
			}
		}
	})
}

func TestTimesRespectTheGraph(t *testing.T) {
	s := published(t, soc.DefaultLibrary(), soc.Repaired, "audio_decoder", "hpvm_cava")
	g := s.Graph()
	rapid.Check(t, func(t *rapid.T) {
		d := randomDesign(t, s)
		r := simulateRapid(t, s, d)
		for _, f := range g.Flows {
			if r.Tasks[f.To].ReadyS < r.Tasks[f.From].EndS {
				t.Fatalf("%s is ready before %s ends", g.Tasks[f.To].Name, g.Tasks[f.From].Name)
			}
		}
		for i, task := range r.Tasks {
			require.GreaterOrEqual(t, task.EndS-task.ActiveS, task.ReadyS-1e-9*task.EndS, g.Tasks[i].Name) // started when ready, at the earliest
		}
		// Tasks on one processor do not overlap, so that its work is at most all the time.
		end := 0.0
		for _, task := range r.Tasks {
			end = max(end, task.EndS)
		}
		for _, b := range r.Blocks {
			require.LessOrEqual(t, b.BusyS, end*(1+1e-9))
		}
		require.LessOrEqual(t, end, r.SerialLatencyS*float64(len(g.Tasks)))
		// A memory holds at least its largest flow, and at most all of them.
		for m := range d.Blocks {
			largest, all := int64(0), int64(0)
			for f, flow := range g.Flows {
				if d.FlowMemory[f] == m {
					largest, all = max(largest, flow.Bytes), all+flow.Bytes
				}
			}
			require.GreaterOrEqual(t, r.Blocks[m].PeakBytes, largest)
			require.LessOrEqual(t, r.Blocks[m].PeakBytes, all)
		}
	})
}

func simulateRapid(t *rapid.T, s *soc.System, d *soc.Design) *soc.Result {
	r, err := soc.Simulate(s, d)
	require.NoError(t, err)
	return r
}

func TestTwiceTheClocksIsHalfTheTime(t *testing.T) {
	l := soc.PublishedLibrary()
	s := published(t, l, soc.Repaired, "audio_decoder")
	l.Processor.ClockMHz *= 2
	l.BaseClockMHz *= 2
	fast := published(t, l, soc.Repaired, "audio_decoder")
	rapid.Check(t, func(t *rapid.T) {
		d := randomDesign(t, s)
		slow, quick := simulateRapid(t, s, d), simulateRapid(t, fast, d)
		require.Equal(t, slow.LatencyS[0], 2*quick.LatencyS[0])
		require.Equal(t, slow.SerialLatencyS, 2*quick.SerialLatencyS)
		require.Equal(t, slow.EnergyPJ, quick.EnergyPJ)
		require.Equal(t, slow.AreaMM2, quick.AreaMM2)
	})
}

// TestMoreBandwidthNeverSlowsAChain holds for chains only: where tasks run side by side, a faster one may take the processor that a more important one needs next.
func TestMoreBandwidthNeverSlowsAChain(t *testing.T) {
	s := published(t, soc.DefaultLibrary(), soc.Repaired, "hpvm_cava")
	rapid.Check(t, func(t *rapid.T) {
		d := randomDesign(t, s)
		before := simulateRapid(t, s, d).LatencyS[0]
		b := &d.Blocks[rapid.IntRange(0, len(d.Blocks)-1).Draw(t, "block")]
		switch {
		case b.Kind == soc.Bus || b.Kind.IsMemory():
			b.WidthBytes = s.Library().WidthsBytes[len(s.Library().WidthsBytes)-1]
		default:
			b.Level = 0
		}
		after := simulateRapid(t, s, d).LatencyS[0]
		require.LessOrEqual(t, after, before*(1+1e-12))
	})
}

func TestANumberingOfBlocksIsOnlyThat(t *testing.T) {
	s := published(t, soc.DefaultLibrary(), soc.Reference, "audio_decoder")
	var x soc.Scratch
	rapid.Check(t, func(t *rapid.T) {
		d := randomDesign(t, s)
		order := rapid.Permutation(identity(len(d.Blocks))).Draw(t, "order")
		other := d.Clone()
		for i, to := range order {
			other.Blocks[to] = d.Blocks[i]
		}
		for i, l := range d.Links {
			other.Links[i] = soc.Link{A: order[l.A], B: order[l.B]}
		}
		for i, pe := range d.TaskPE {
			other.TaskPE[i] = order[pe]
		}
		for i, m := range d.FlowMemory {
			other.FlowMemory[i] = order[m]
		}
		first := simulateRapid(t, s, d)
		second, err := x.Simulate(s, other) // a used scratch
		require.NoError(t, err)
		require.Equal(t, first.LatencyS, second.LatencyS)
		require.Equal(t, first.Priority, second.Priority)
		require.InEpsilon(t, first.PowerMW, second.PowerMW, 1e-12) // sums over blocks
		require.InEpsilon(t, first.AreaMM2, second.AreaMM2, 1e-12)
		require.Equal(t, linksLeft(d, first), linksLeft(other, second))
	})
}

func identity(n int) (list []int) {
	for i := range n {
		list = append(list, i)
	}
	return list
}

func FuzzDecodeLimited(f *testing.F) {
	s := published(f, soc.PublishedLibrary(), soc.Reference, "hpvm_cava")
	axes := soc.LimitedAxes(s)
	f.Add([]byte{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3})
	f.Add([]byte("a vector of the limited environment"))
	f.Fuzz(func(t *testing.T, bytes []byte) {
		action := make([]int, len(axes))
		for i, axis := range axes {
			if i < len(bytes) {
				action[i] = int(bytes[i]) % len(axis.Names)
			}
			action[i] += axis.First
		}
		d, err := soc.DecodeLimited(s, action)
		if err != nil {
			require.IsType(t, &soc.Invalid{}, err)
			return
		}
		r, err := soc.Simulate(s, d)
		if err != nil {
			require.Equal(t, soc.NoRoute, err.(*soc.Invalid).Reason)
			return
		}
		require.False(t, math.IsNaN(r.PowerMW) || math.IsInf(r.PowerMW, 0) || r.LatencyS[0] <= 0 || r.AreaMM2 <= 0)
	})
}

func TestLimitedAxes(t *testing.T) {
	s := published(t, soc.PublishedLibrary(), soc.Reference, "audio_decoder")
	axes := soc.LimitedAxes(s)
	require.Len(t, axes, 54)
	log10 := 0.0
	for _, a := range axes {
		log10 += math.Log10(float64(len(a.Names)))
	}
	require.InEpsilon(t, 26.73553881699433, log10, 1e-12)
	require.Equal(t, soc.LimitedAxis{Name: "pe0_kind", Group: "pe", Names: []string{"A53_pe", "rotatorSet_fxp_cloned_IP0_1_1_pe"}}, axes[0])
	require.Equal(t, soc.LimitedAxis{Name: "bus2_memory", Group: "memory", First: -1, Names: []string{"none", "memory0", "memory1", "memory2"}}, axes[17])
	require.Equal(t, "siink_memory", axes[53].Name)
	action := slices.Repeat([]int{0}, 54)
	action[7] = 4
	_, err := soc.DecodeLimited(s, action)
	require.EqualError(t, err, "malformed: entry 7 (bus1_kind) is 4: want 0 to 3")
	action[7], action[13] = 0, -2
	_, err = soc.DecodeLimited(s, action)
	require.EqualError(t, err, "malformed: entry 13 (bus1_bus) is -2: want -1 to 2")
	_, err = soc.DecodeLimited(s, action[1:])
	require.EqualError(t, err, "malformed: a vector of 53 entries: want 54")
}
