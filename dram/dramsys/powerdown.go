package dramsys

import "github.com/codesign-gym/codesign/dram/device"

// powerManager puts an idle rank to sleep and wakes it.
type powerManager interface {
	// evaluate is the command that it needs now, or when it wants to be asked again.
	evaluate(now int64) proposal
	// issued follows every command to the rank or to one of its banks.
	issued(now int64, c device.Command)
	// notice is told what happens around the rank. (A third method, because commands and events are different things.)
	notice(now int64, e event)
}

// event is something that a power manager is told.
type event uint8

const (
	requestCame event = iota // the first request for a rank that held none
	ranOut                   // a command issued, and the rank holds no request
	refreshDue               // a deadline of the refresh has come
)

func newPowerManager(c Config, k *controller, rank int) powerManager {
	switch c.PowerDown {
	case Staggered:
		return &staggered{k: k, rank: rank, idle: true, enter: true}
	case SelfRefresh:
		return &selfRefresh{k: k, rank: rank, idle: true, after: int64(c.SelfRefreshIdleClocks)}
	}
	return alwaysOn{}
}

// alwaysOn never sleeps.
type alwaysOn struct{}

func (alwaysOn) evaluate(int64) proposal      { return proposal{command: none, wake: forever} }
func (alwaysOn) issued(int64, device.Command) {}
func (alwaysOn) notice(int64, event)          {}
