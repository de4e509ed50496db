package dramsys

import "github.com/codesign-gym/codesign/dram/device"

// selfRefresh puts a rank into self refresh when it has held no request for a number of clocks; rows that are open are closed first. A
// request wakes it.
type selfRefresh struct {
	k     *controller
	rank  int
	state powerState
	idle  bool
	since int64 // clock in which it became idle
	after int64
	leave bool
}

func (s *selfRefresh) notice(now int64, e event) {
	switch e {
	case ranOut:
		if !s.idle {
			s.idle, s.since = true, now
		}
	case requestCame:
		s.idle = false
		s.leave = s.state != powered
	}
}

func (s *selfRefresh) evaluate(now int64) proposal {
	due := s.since + s.after
	switch {
	case s.leave:
		return proposal{command: s.state.exit()}
	case !s.idle || s.state != powered:
		return proposal{command: none, wake: forever}
	case now < due:
		return proposal{command: none, wake: due}
	case s.k.channel.OpenBanks(s.rank) > 0:
		return proposal{command: device.PREA}
	}
	return proposal{command: device.SREFEN}
}

func (s *selfRefresh) issued(_ int64, c device.Command) {
	switch {
	case c == device.SREFEN:
		s.state = selfRefreshing
	case c == device.SREFEX:
		s.state = extraRefreshWait
	case c == device.REF && s.state == extraRefreshWait:
		s.state, s.leave = powered, false
	}
}
