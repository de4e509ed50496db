package dramsys

import "github.com/codesign-gym/codesign/dram/device"

// powerState is the low-power state of a rank.
type powerState uint8

const (
	powered          powerState = iota
	activeDown                  // power-down with a row open
	prechargeDown               // power-down with all rows closed
	selfRefreshing              // self refresh
	extraRefreshWait            // out of self refresh, before the refresh that must follow
)

// staggered enters power-down as soon as a rank is idle, leaves it for a refresh, and goes to self refresh from there if it is still idle.
type staggered struct {
	k     *controller
	rank  int
	state powerState
	idle  bool // the rank holds no request
	enter bool // power-down is wanted
	leave bool // waking up is wanted
	deep  bool // self refresh is wanted
}

func (s *staggered) notice(_ int64, e event) {
	switch e {
	case ranOut:
		s.idle = true
		s.enter = s.enter || s.state == powered
	case requestCame:
		s.idle, s.deep, s.enter = false, false, false
		s.leave = s.leave || s.state != powered
	case refreshDue:
		s.enter = false
		s.leave = s.leave || s.state != powered
	}
}

func (s *staggered) evaluate(int64) proposal {
	switch {
	case s.leave:
		return proposal{command: s.state.exit()}
	case s.enter && s.k.channel.OpenBanks(s.rank) > 0:
		return proposal{command: device.PDEA}
	case s.enter:
		return proposal{command: device.PDEP}
	case s.deep:
		return proposal{command: device.SREFEN}
	}
	return proposal{command: none, wake: forever}
}

// exit is the command that leaves a state.
func (p powerState) exit() device.Command {
	return [...]device.Command{none, device.PDXA, device.PDXP, device.SREFEX, device.REF}[p]
}

func (s *staggered) issued(_ int64, c device.Command) {
	switch c {
	case device.PDEA:
		s.state, s.enter = activeDown, false
	case device.PDEP:
		s.state, s.enter = prechargeDown, false
	case device.SREFEN:
		s.state, s.enter, s.deep = selfRefreshing, false, false
	case device.PDXA:
		s.state, s.leave = powered, false
	case device.PDXP:
		s.state, s.leave, s.deep = powered, false, s.idle
	case device.SREFEX:
		s.state = extraRefreshWait
	case device.REF:
		if s.state == extraRefreshWait {
			s.state, s.leave = powered, false
		} else {
			s.enter = s.enter || s.idle
		}
	case device.REFPB:
		s.enter = s.enter || s.idle
	}
}
