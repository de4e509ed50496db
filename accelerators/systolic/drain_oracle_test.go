package systolic

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// elementDrain is the write side element by element, its lines written out: what drainer is to equal, with its jumps.
type elementDrain struct {
	capacity, buffer, line, free int64
	open                         int64
	queue                        []int64 // elements of each closed line
	end, written                 int64
	lines                        []int64 // cycle of every line that went out
}

func (d *elementDrain) put(now int64) (wait int64) {
	d.open++
	d.free--
	if d.open == d.line {
		d.queue, d.open = append(d.queue, d.line), 0
	}
	if now < d.end {
		if d.free <= 0 {
			wait = d.end - now
		}
		return wait
	}
	if d.free < d.capacity-d.buffer {
		d.close()
		d.drain(now)
	}
	return 0
}

func (d *elementDrain) close() {
	if d.open > 0 {
		d.queue, d.open = append(d.queue, d.open), 0
	}
}

func (d *elementDrain) drain(now int64) {
	n := min(ceilDiv(d.buffer, d.line), int64(len(d.queue)))
	for i := range n {
		d.lines = append(d.lines, now+i)
	}
	sent := n*d.line - (d.line - d.queue[n-1])
	d.queue = d.queue[n:]
	d.end = now + n - 1
	d.free += sent
	d.written += sent
}

func (d *elementDrain) finish(now int64) {
	d.close()
	for ; len(d.queue) > 0; now = d.end + 1 {
		d.drain(now)
	}
}

func TestDrainsEqualAnElementWalk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := drawSmallArray(t)
		p := drawProblem(t, drawProfile(t))
		o := outputs{a.fold(p), a}
		capacity := 2 * rapid.Int64Range(1, 40).Draw(t, "half capacity")
		line := int64(a.Cols)
		want := elementDrain{capacity: capacity, buffer: capacity / 2, line: line, free: capacity}
		var count int64
		for colFold := range o.colFolds {
			for rowFold := range o.rowFolds {
				for cycle := range o.foldCycles {
					from, to := o.stream(colFold, rowFold).present(cycle)
					for range max(0, to-from) {
						count++
						now := o.at(colFold, rowFold) + cycle
						require.Equal(t, now, o.cycle(count))
						require.Zero(t, want.put(now), "the array never waits for a drain as wide as itself")
					}
					require.Equal(t, count, o.before(o.at(colFold, rowFold)+cycle+1))
				}
			}
		}
		want.finish(o.at(o.colFolds, 0) - 1)
		var s Scratch
		got := newDrainer(capacity, line, p.Profile, &s)
		var lines []int64
		got.sink = func(cycle, _ int64) { lines = append(lines, cycle) }
		o.write(&got)
		require.Equal(t, want.written, got.written)
		require.Equal(t, want.lines, lines)
		requireRange(t, want.lines, p.Profile, got)
	})
}

func requireRange(t require.TestingT, lines []int64, profile Profile, got drainer) {
	first, last := lines[0], lines[len(lines)-1]
	if profile != ScaleSimV2 {
		for _, cycle := range lines {
			first, last = min(first, cycle), max(last, cycle)
		}
	}
	require.Equal(t, [2]int64{first, last}, [2]int64{got.first, got.last})
}
