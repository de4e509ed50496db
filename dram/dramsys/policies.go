package dramsys

import (
	"fmt"
	"strings"
)

// PagePolicy decides whether a row stays open after an access.
type PagePolicy uint8

// The page policies.
const (
	Open           PagePolicy = iota // until another row of the bank is asked for
	OpenAdaptive                     // closed when more requests wait for the bank and none of them hits
	Closed                           // closed after every access
	ClosedAdaptive                   // closed unless another hit waits
)

// Scheduler chooses the request that a bank serves next.
type Scheduler uint8

// The schedulers.
const (
	Fifo        Scheduler = iota // in order of arrival, bank by bank
	FrFcfs                       // the first hit, else the oldest
	FrFcfsGrp                    // the first hit in the direction of the last access, else the first hit, else the oldest
	GrpFrFcfs                    // the direction of the last access while any request of it waits
	GrpFrFcfsWm                  // reads until the writes reach a watermark
)

// SchedulerBuffer says how requests share the buffer.
type SchedulerBuffer uint8

// The buffers.
const (
	Bankwise  SchedulerBuffer = iota // RequestBufferSize for each bank
	ReadWrite                        // RequestBufferSize for reads and for writes
	Shared                           // RequestBufferSize in all
)

// CmdMux chooses among the commands that the banks propose.
type CmdMux uint8

// The command multiplexers.
const (
	Oldest CmdMux = iota // the command that is over first, ties to the oldest request
	Strict               // so, but column commands strictly in order of the requests
)

// RespQueue orders the responses.
type RespQueue uint8

// The response queues.
const (
	RespFifo    RespQueue = iota // as the column commands issued
	RespReorder                  // as the requests arrived
)

// RefreshPolicy says what is refreshed at a time.
type RefreshPolicy uint8

// The refresh policies.
const (
	NoRefresh RefreshPolicy = iota
	AllBank
	PerBank
)

// PowerDown says what an idle rank does.
type PowerDown uint8

// The power-down policies.
const (
	NoPowerDown PowerDown = iota
	Staggered             // power-down at once, self refresh after the next refresh
	SelfRefresh           // self refresh after SelfRefreshIdleClocks without a request, all rows closed first
)

// Arbiter stands between the source and the controller.
type Arbiter uint8

// The arbiters.
const (
	ArbiterSimple  Arbiter = iota // passes everything on
	ArbiterFifo                   // queues up to MaxActiveTransactions requests
	ArbiterReorder                // so, and returns the responses in order of admission
)

// EventOrder says who acts first when several actors wake in one clock.
type EventOrder uint8

// The event orders.
const (
	Simple EventOrder = iota // controller, arbiter, source
	Peer                     // the order of the reference's event queue
)

// PagePolicies lists the page policies in order of their values. The functions below do the same for the other policies.
func PagePolicies() []PagePolicy { return []PagePolicy{Open, OpenAdaptive, Closed, ClosedAdaptive} }

// Schedulers lists the schedulers.
func Schedulers() []Scheduler { return []Scheduler{Fifo, FrFcfs, FrFcfsGrp, GrpFrFcfs, GrpFrFcfsWm} }

// SchedulerBuffers lists the buffers.
func SchedulerBuffers() []SchedulerBuffer { return []SchedulerBuffer{Bankwise, ReadWrite, Shared} }

// CmdMuxes lists the command multiplexers.
func CmdMuxes() []CmdMux { return []CmdMux{Oldest, Strict} }

// RespQueues lists the response queues.
func RespQueues() []RespQueue { return []RespQueue{RespFifo, RespReorder} }

// RefreshPolicies lists the refresh policies.
func RefreshPolicies() []RefreshPolicy { return []RefreshPolicy{NoRefresh, AllBank, PerBank} }

// PowerDowns lists the power-down policies.
func PowerDowns() []PowerDown { return []PowerDown{NoPowerDown, Staggered, SelfRefresh} }

// Arbiters lists the arbiters.
func Arbiters() []Arbiter { return []Arbiter{ArbiterSimple, ArbiterFifo, ArbiterReorder} }

// EventOrders lists the event orders.
func EventOrders() []EventOrder { return []EventOrder{Simple, Peer} }

// String is the policy's name in settings and designs.
func (p PagePolicy) String() string { return name(p, "open open_adaptive closed closed_adaptive") }

// String is the scheduler's name.
func (s Scheduler) String() string { return name(s, "fifo frfcfs frfcfs_grp grp_frfcfs grp_frfcfs_wm") }

// String is the buffer's name.
func (b SchedulerBuffer) String() string { return name(b, "bankwise readwrite shared") }

// String is the multiplexer's name.
func (m CmdMux) String() string { return name(m, "oldest strict") }

// String is the response queue's name.
func (q RespQueue) String() string { return name(q, "fifo reorder") }

// String is the refresh policy's name.
func (p RefreshPolicy) String() string { return name(p, "none all_bank per_bank") }

// String is the power-down policy's name.
func (p PowerDown) String() string { return name(p, "none staggered self_refresh") }

// String is the arbiter's name.
func (a Arbiter) String() string { return name(a, "simple fifo reorder") }

// String is the event order's name.
func (o EventOrder) String() string { return name(o, "simple peer") }

// name is the i-th of the names, or the number of a value that is none.
func name[E ~uint8](value E, names string) string {
	if list := strings.Fields(names); int(value) < len(list) {
		return list[value]
	}
	return fmt.Sprint(uint8(value))
}
