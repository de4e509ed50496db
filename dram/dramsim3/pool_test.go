package dramsim3

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Queues, pool and index against a slice and a map.
func TestQueueAndIndex(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var p pool[entry]
		q := newQueue(20)
		x := newIndex(20)
		var want []uint64 // bursts in order
		for range rapid.IntRange(1, 200).Draw(t, "steps") {
			burst := rapid.Uint64Range(0, 30).Draw(t, "burst") << 40
			at := slices.Index(want, burst)
			if slot := x.find(p.slots, burst); at < 0 {
				require.Equal(t, none, slot)
				if !q.full() {
					slot = p.put(entry{burst: burst})
					x.add(p.slots, slot)
					q.push(p.slots, slot)
					want = append(want, burst)
				}
			} else {
				require.Equal(t, burst, p.slots[slot].burst)
				previous := none
				if at > 0 {
					previous = x.find(p.slots, want[at-1])
				}
				q.remove(p.slots, previous, slot)
				x.remove(p.slots, slot)
				p.drop(slot)
				want = slices.Delete(want, at, at+1)
			}
			var got []uint64
			for slot := q.first; slot != none; slot = p.slots[slot].next {
				got = append(got, p.slots[slot].burst)
			}
			require.Len(t, got, q.length)
			require.True(t, slices.Equal(want, got))
		}
		require.LessOrEqual(t, len(p.slots), 20, "slots are reused")
	})
}

func TestClocks(t *testing.T) {
	var q clocks
	next := int64(0)
	for c := range int64(1000) { // two pushed for each one dropped, over several turns of the ring
		q.push(c)
		if c%2 == 1 {
			next++
			q.dropBefore(next)
			require.Equal(t, next, q.first())
			require.Equal(t, int(c-next)+1, q.length)
		}
	}
	q.dropBefore(1000)
	require.Zero(t, q.length)
}
