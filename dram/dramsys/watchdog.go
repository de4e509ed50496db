package dramsys

import (
	"fmt"

	"github.com/codesign-gym/codesign/dram/memory"
)

// maxRounds is far more rounds than a clock can need: each hands a message on, and every message comes to rest.
const maxRounds = 10_000

// overdue tells that a request has waited too long without any other making progress.
func (m *model) overdue() bool {
	s := &m.source
	return m.agenda.now-max(s.progress, s.lastBegin) > m.patience && s.sent > s.done
}

// stuck describes the oldest request and what it waits for.
func (m *model) stuck() error {
	return &memory.Stuck{Cycle: m.agenda.now, Since: max(m.source.progress, min(m.source.lastBegin, m.agenda.now)), Waiting: m.oldest()}
}

// oldest is the request that waits longest, and for what.
func (m *model) oldest() string {
	free := make([]bool, len(m.requests.all))
	for _, i := range m.requests.free {
		free[i] = true
	}
	oldest := int32(nobody)
	for i := range m.requests.all {
		if !free[i] && (oldest == nobody || m.requests.all[i].Number < m.requests.all[oldest].Number) {
			oldest = int32(i)
		}
	}
	if oldest == nobody {
		return "no request is under way"
	}
	r := &m.requests.all[oldest]
	return fmt.Sprintf("request %d (address %#x, channel %d, bank %d, row %d) waits %s", r.Number+1, r.Address, r.Channel, r.Bank, r.Row, m.waitsFor(r))
}

func (m *model) waitsFor(r *request) string {
	k := m.controllers[r.Channel]
	switch r.waits {
	case atArbiter:
		return "in the arbiter"
	case atController:
		return fmt.Sprintf("for room in the buffer, where %d reads and %d writes wait", k.waiting.count[0], k.waiting.count[1])
	case atBank:
		b := &k.banks[r.Bank]
		return fmt.Sprintf("for its column command: bank has row %d open, next command %v, asleep %t, blocked %t; rank's refresh wants %v, its power manager %v",
			b.row, b.next, b.asleep, b.blocked, k.ranks[b.rank].refreshing.command, k.ranks[b.rank].powering.command)
	}
	return "for its response to leave"
}
