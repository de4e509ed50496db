package dramsys

import (
	"errors"
	"fmt"
)

// Config chooses the policies of the controller. The zero value is not valid: see Default.
type Config struct {
	PagePolicy            PagePolicy
	Scheduler             Scheduler
	SchedulerBuffer       SchedulerBuffer
	RequestBufferSize     int // requests: of a bank (bankwise), of each direction (readwrite), or in all (shared)
	HighWatermark         int // of waiting writes, for GrpFrFcfsWm
	LowWatermark          int
	CmdMux                CmdMux
	RespQueue             RespQueue
	RefreshPolicy         RefreshPolicy
	RefreshMaxPostponed   int // refreshes of all banks that may be owed
	RefreshMaxPulledIn    int // refreshes of all banks that may be done in advance
	PowerDown             PowerDown
	SelfRefreshIdleClocks int // for SelfRefresh: idle clocks before it
	Arbiter               Arbiter
	MaxActiveTransactions int // requests that the Fifo and Reorder arbiters let in at a time
	EventOrder            EventOrder
}

// Default is the reference's base configuration, in simple order.
func Default() Config {
	return Config{
		PagePolicy: Open, Scheduler: FrFcfs, SchedulerBuffer: Bankwise, RequestBufferSize: 8, HighWatermark: 6, LowWatermark: 2,
		CmdMux: Oldest, RespQueue: RespFifo, RefreshPolicy: AllBank, PowerDown: NoPowerDown, SelfRefreshIdleClocks: 1000,
		Arbiter: ArbiterSimple, MaxActiveTransactions: 128, EventOrder: Simple,
	}
}

// Limits of the sizes: far above any real controller, and small enough that no sum of them overflows.
const (
	MaxRequestBufferSize   = 1 << 16
	MaxActiveLimit         = 1 << 16
	MaxPostponedOrPulledIn = 64
)

// Check reports every value that makes no sense, with its range.
func (c Config) Check() error {
	var errs []error
	within := func(name string, v, low, high int) {
		if v < low || v > high {
			errs = append(errs, fmt.Errorf("%s = %d is not in [%d, %d]", name, v, low, high))
		}
	}
	errs = append(errs,
		oneOf("PagePolicy", c.PagePolicy, PagePolicies()), oneOf("Scheduler", c.Scheduler, Schedulers()),
		oneOf("SchedulerBuffer", c.SchedulerBuffer, SchedulerBuffers()), oneOf("CmdMux", c.CmdMux, CmdMuxes()),
		oneOf("RespQueue", c.RespQueue, RespQueues()), oneOf("RefreshPolicy", c.RefreshPolicy, RefreshPolicies()),
		oneOf("PowerDown", c.PowerDown, PowerDowns()), oneOf("Arbiter", c.Arbiter, Arbiters()), oneOf("EventOrder", c.EventOrder, EventOrders()))
	if c.CmdMux == Strict && c.Scheduler != Fifo {
		errs = append(errs, fmt.Errorf(
			"CmdMux = strict with Scheduler = %s is not valid: valid is fifo, as a request that is overtaken in its bank could never have its turn", c.Scheduler))
	}
	within("RequestBufferSize", c.RequestBufferSize, 1, MaxRequestBufferSize)
	if c.RefreshPolicy != NoRefresh {
		within("RefreshMaxPostponed", c.RefreshMaxPostponed, 0, MaxPostponedOrPulledIn)
		within("RefreshMaxPulledIn", c.RefreshMaxPulledIn, 0, MaxPostponedOrPulledIn)
	}
	if c.PowerDown == SelfRefresh {
		within("SelfRefreshIdleClocks", c.SelfRefreshIdleClocks, 0, 1<<30)
	}
	if c.Arbiter != ArbiterSimple {
		within("MaxActiveTransactions", c.MaxActiveTransactions, 1, MaxActiveLimit)
	}
	if c.Scheduler == GrpFrFcfsWm {
		within("LowWatermark", c.LowWatermark, 0, MaxRequestBufferSize)
		within("HighWatermark", c.HighWatermark, c.LowWatermark+1, MaxRequestBufferSize)
	}
	return errors.Join(errs...)
}

// oneOf is an error if the value of a field is not one of its policies.
func oneOf[P interface {
	~uint8
	fmt.Stringer
}](field string, value P, policies []P) error {
	if int(value) < len(policies) {
		return nil
	}
	return fmt.Errorf("%s = %s is not one of %v", field, value, policies)
}
