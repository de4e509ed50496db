package dramsys

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestHeapRemovesEqualClocksInTheReferencesOrder(t *testing.T) {
	// Wake-ups 0 to 4 are asked for with clock 7, in order. The array is 0 1 2 3 4: no entry moves up past an equal one. Removing the root puts
	// the last in its place, and nothing moves down past an equal one: 4 1 2 3, 3 1 2, 2 1, 1.
	a := newAgenda(make([]int32, 5), Peer)
	for w := range int32(5) {
		a.ask(w, 7)
	}
	require.True(t, a.future.advance(a))
	require.EqualValues(t, 7, a.now)
	require.Equal(t, []int32{0, 4, 3, 2, 1}, a.begin())
}

func TestHeapMovesTheEarlierChildUp(t *testing.T) {
	// Clocks 1 5 3 9 5: the array is 1 5 3 9 5. After the root has left: 5(4) goes down to the right child's place, 3 is the root; then 5(4)'s last
	// entry 9 comes to the root and sinks past its left child 5(1).
	a := newAgenda(make([]int32, 5), Peer)
	for w, at := range []int64{1, 5, 3, 9, 5} {
		a.ask(int32(w), at)
	}
	var order [][]int32
	for a.future.advance(a) {
		order = append(order, append([]int32{}, a.begin()...))
	}
	require.Equal(t, [][]int32{{0}, {2}, {1, 4}, {3}}, order)
}

func TestReplacedWakeUpsTakePartInTheMoves(t *testing.T) {
	// Wake-up 0 is asked for in 9, then in 4: the entry of clock 9 stays in the array. Array: 4(0) 9(dead) 9(1) 9(2). The root's place is
	// taken by 9(2), which does not sink: 9(2) 9(dead) 9(1), then 9(1) 9(dead).
	a := newAgenda(make([]int32, 3), Peer)
	a.ask(0, 9)
	a.ask(0, 4)
	a.ask(1, 9)
	a.ask(2, 9)
	require.True(t, a.future.advance(a))
	require.EqualValues(t, 4, a.now)
	require.Equal(t, []int32{0}, a.begin())
	require.True(t, a.future.advance(a))
	require.EqualValues(t, 9, a.now)
	require.Equal(t, []int32{2, 1}, a.begin())
	require.False(t, a.future.advance(a), "the dead entry is no wake-up")
}

func TestFixedOrderRunsControllersFirst(t *testing.T) {
	a := newAgenda(make([]int32, 4), Simple)
	for _, w := range []int32{3, 0, 2} {
		a.ask(w, 5)
	}
	a.ask(1, 6)
	require.True(t, a.future.advance(a))
	require.Equal(t, []int32{0, 2, 3}, a.begin())
	require.True(t, a.future.advance(a))
	require.EqualValues(t, 6, a.now)
	require.Equal(t, []int32{1}, a.begin())
	require.False(t, a.future.advance(a))
}

func TestWakeUpPendsForTheEarliestClockAskedFor(t *testing.T) {
	for _, order := range EventOrders() {
		t.Run(order.String(), func(t *testing.T) {
			a := newAgenda(make([]int32, 1), order)
			a.ask(0, 5)
			a.ask(0, 8)
			require.EqualValues(t, 5, a.wakes[0].at, "a later clock changes nothing")
			a.ask(0, 3)
			require.EqualValues(t, 3, a.wakes[0].at)
			a.ask(0, 0)
			a.ask(0, 0)
			require.Equal(t, []int32{0}, a.begin(), "delay 0 replaces a clock, once")
			require.False(t, a.future.advance(a))
		})
	}
}

func TestMailboxHidesWhatIsSentInTheSameRound(t *testing.T) {
	a := newAgenda(make([]int32, 1), Simple)
	var b mailbox
	b.send(a, item{request: 1}, 0)
	_, ok := b.receive(a)
	require.False(t, ok)
	a.begin()
	m, ok := b.receive(a)
	require.True(t, ok)
	require.EqualValues(t, 1, m.request)
}

func TestMailboxOrdersByDelayThenSending(t *testing.T) {
	a := newAgenda(make([]int32, 1), Simple)
	var b mailbox
	b.send(a, item{request: 1}, 2)
	b.send(a, item{request: 2}, 1)
	b.send(a, item{request: 3}, 2)
	_, ok := b.receive(a)
	require.False(t, ok)
	a.future.advance(a)
	a.begin()
	require.EqualValues(t, 1, a.now)
	var got []int32
	read := func() {
		for m, ok := b.receive(a); ok; m, ok = b.receive(a) {
			got = append(got, m.request)
		}
	}
	read()
	require.Equal(t, []int32{2}, got)
	b.send(a, item{request: 4}, 1)
	a.future.advance(a)
	a.begin()
	b.send(a, item{request: 5}, 0)
	a.begin()
	read()
	require.Equal(t, []int32{2, 5, 1, 3, 4}, got, "without delay first, then by clock and sending")
}
