package systolic

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// mapPort is a read port of USER with a map from every address to the sets that hold it: what prefetcher is to equal, with its tables.
type mapPort struct {
	sets              map[int64][]int64
	first             int64 // active set
	count             int64 // of sets
	active, prefetch  int64
	lines, words      int64 // of a move, and of a line
	moved, last, half int64
}

func newMapPort(p prefetcher, l layout) mapPort {
	m := mapPort{sets: map[int64][]int64{}, words: p.words, last: -1, half: ceilDiv(p.capacity, 2)}
	order := p.inOrder(&l)
	set := ceilDiv(p.capacity, prefetchSets)
	var n int64
	for _, address := range order {
		if address != null {
			m.sets[address] = append(m.sets[address], n/set)
			n++
		}
	}
	m.count = n/set + 1
	m.active = min(ceilDiv(m.half, set), m.count)
	m.prefetch = min(m.count-m.active, ceilDiv(p.capacity-m.half, set))
	m.lines = ceilDiv(p.capacity-m.half, p.words)
	m.moved = min(ceilDiv(m.half, p.words), ceilDiv(int64(len(order)), p.words)) * p.words
	return m
}

func (m *mapPort) hit(address int64) bool {
	for _, set := range m.sets[address] {
		if (set-m.first+m.count)%m.count < m.active {
			return true
		}
	}
	return false
}

func TestUserEqualsAWalk(t *testing.T) {
	var s Scratch
	rapid.Check(t, func(t *rapid.T) {
		a := drawSmallArray(t)
		profile := drawProfile(t)
		p := drawProblem(t, profile)
		draw := func(name string, low, high int64) int64 { return rapid.Int64Range(low, high).Draw(t, name) }
		f := a.fold(p)
		layouts := [2]layout{ifmapLayout(a.Dataflow, p), filterLayout(a.Dataflow, p)}
		var readings [2]reading
		readings[0], readings[1] = a.readings(f)
		u := userRun{outputs: outputs{f, a}}
		var want [2]mapPort
		for i := range u.ports {
			u.ports[i] = readings[i].prefetcher(2*draw("half capacity", 1, 60), draw("words", 1, 9), &s.user[i])
			u.ports[i].twice = profile == ScaleSim
			u.ports[i].lay(&layouts[i])
			want[i] = newMapPort(u.ports[i], layouts[i])
		}
		capacity, line := 2*draw("half ofmap capacity", 1, 40), draw("ofmap words", 1, 9)
		drain := elementDrain{capacity: capacity, buffer: capacity / 2, line: line, free: capacity}
		u.drainer = newDrainer(capacity, line, profile, &s)
		var lines []int64
		u.drainer.sink = func(cycle, _ int64) { lines = append(lines, cycle) }
		u.run()

		var stalls int64
		for colFold := range f.colFolds {
			for rowFold := range f.rowFolds {
				for cycle := range f.foldCycles {
					at := foldCycle{colFold, rowFold, cycle}
					now := f.at(colFold, rowFold) + cycle + stalls
					var wait int64
					from, to := u.stream(colFold, rowFold).present(cycle)
					for range max(0, to-from) {
						wait += drain.put(now + wait)
					}
					for i := range want {
						wait = max(wait, want[i].cycle(readings[i], layouts[i], at, now, profile)-1)
					}
					stalls += wait
				}
			}
		}
		drain.finish(f.at(f.colFolds, 0) - 1 + stalls)
		require.Equal(t, stalls, u.stalls)
		for i := range want {
			require.Equal(t, want[i].moved, u.ports[i].moved)
			require.Equal(t, want[i].last, u.ports[i].last)
		}
		require.Equal(t, drain.written, u.drainer.written)
		require.Equal(t, drain.lines, lines)
		requireRange(t, drain.lines, profile, u.drainer)
	})
}

// cycle makes the requests of a cycle and returns the offset after which they are served.
func (m *mapPort) cycle(r reading, l layout, at foldCycle, now int64, profile Profile) int64 {
	offset := int64(1)
	tile, step, from, to := r.request(at)
	for lane := from; lane < to; lane++ {
		inTime := step
		if r.traversal != resting {
			inTime -= lane
		}
		address := l.address(tile*r.lanes()+lane, inTime)
		for address != null && !m.hit(address) {
			m.first = (m.first + m.prefetch) % m.count
			m.moved += m.lines * m.words
			m.last += m.lines + 1
			wait := m.last - (now + offset)
			if profile == ScaleSim {
				offset += wait
			}
			if wait > 0 {
				offset += wait
			}
		}
	}
	return offset
}
