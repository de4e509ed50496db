package dramsim3

import (
	"errors"
	"fmt"
)

// Config chooses the queues and policies of the controller. The zero value is not valid: see Default.
type Config struct {
	PagePolicy           PagePolicy
	QueuePer             QueuePer
	Unified              bool // reads and writes share one transaction queue; there is no write buffer then
	TransactionQueueSize int  // requests of the read queue and of the write buffer each, or of the unified queue
	CommandQueueSize     int  // requests of each command queue
	RowHitCap            int  // accesses to an open row after which a waiting request to another row may close it
	WriteDrainThreshold  int  // the write buffer drains above it when all command queues are empty; without effect if Unified
	RefreshPolicy        RefreshPolicy
	Defects              bool // behave as the reference does where it is wrong: see the package documentation
}

// Default is the reference's base configuration, repaired.
func Default() Config {
	return Config{
		PagePolicy: Open, QueuePer: PerBank, TransactionQueueSize: 32, CommandQueueSize: 8, RowHitCap: 4, WriteDrainThreshold: 8,
		RefreshPolicy: RankStaggered,
	}
}

// Limits of the sizes: far above any real controller.
const (
	MaxTransactionQueueSize = 1 << 12
	MaxCommandQueueSize     = 1 << 10
	MaxRowHitCap            = 1 << 16
)

// Check reports every value that makes no sense, with its range.
func (c Config) Check() error {
	var errs []error
	within := func(name string, v, low, high int) {
		if v < low || v > high {
			errs = append(errs, fmt.Errorf("%s = %d is not in [%d, %d]", name, v, low, high))
		}
	}
	known := func(name string, v fmt.Stringer, n, count int) {
		if n >= count {
			errs = append(errs, fmt.Errorf("%s: %s is not one of the %d policies", name, v, count))
		}
	}
	known("PagePolicy", c.PagePolicy, int(c.PagePolicy), len(PagePolicies()))
	known("QueuePer", c.QueuePer, int(c.QueuePer), len(QueuePers()))
	known("RefreshPolicy", c.RefreshPolicy, int(c.RefreshPolicy), len(RefreshPolicies()))
	within("TransactionQueueSize", c.TransactionQueueSize, 1, MaxTransactionQueueSize)
	within("CommandQueueSize", c.CommandQueueSize, 1, MaxCommandQueueSize)
	within("RowHitCap", c.RowHitCap, 1, MaxRowHitCap)
	if !c.Unified {
		within("WriteDrainThreshold", c.WriteDrainThreshold, 0, MaxTransactionQueueSize)
	}
	return errors.Join(errs...)
}
