package dram

import (
	"github.com/codesign-gym/codesign/dram/dramsys"
	"github.com/codesign-gym/codesign/simulators"
)

// The sub-systems that own the axes, for multi-agent environments.
const (
	page        = "page"
	scheduling  = "scheduling"
	buffering   = "buffering"
	refresh     = "refresh"
	arbitration = "arbitration"
)

// knobs are the values of the four numeric ArchGym knobs; the others are the same in every space.
type knobs struct {
	requestBufferSize, refreshes, maxActive []int
}

func upTo(n int) (values []int) {
	for v := 1; v <= n; v++ {
		values = append(values, v)
	}
	return values
}

func powersUpTo(n int) (values []int) {
	for v := 1; v <= n; v *= 2 {
		values = append(values, v)
	}
	return values
}

// coarse are the values of ArchGym's discrete form: powers of two, but for the request buffer.
func coarse() knobs { return knobs{upTo(8), powersUpTo(8), powersUpTo(128)} }

// fine are all the values between.
func fine() knobs { return knobs{upTo(8), upTo(8), upTo(128)} }

// archgym are ArchGym's ten knobs. The refresh counts are active only while something is refreshed, and the limit of active transactions
// only with an arbiter that keeps it.
func archgym(k knobs) []simulators.Field[design] {
	return []simulators.Field[design]{
		simulators.Choice("page_policy", "whether a row stays open after an access", dramsys.PagePolicies(),
			func(d *design) *dramsys.PagePolicy { return &d.DRAMSys.PagePolicy }).In(page),
		simulators.Choice("scheduler", "which request a bank serves next", []dramsys.Scheduler{dramsys.Fifo, dramsys.FrFcfs, dramsys.FrFcfsGrp},
			func(d *design) *dramsys.Scheduler { return &d.DRAMSys.Scheduler }).In(scheduling),
		simulators.Choice("scheduler_buffer", "how the requests share the buffer: per bank, per direction, or all together", dramsys.SchedulerBuffers(),
			func(d *design) *dramsys.SchedulerBuffer { return &d.DRAMSys.SchedulerBuffer }).In(buffering),
		simulators.Int("request_buffer_size", "requests", "entries of the buffer: of a bank, of a direction, or in all", k.requestBufferSize,
			func(d *design) *int { return &d.DRAMSys.RequestBufferSize }).In(buffering),
		simulators.Choice("respqueue", "order of the responses: as served, or as requested", dramsys.RespQueues(),
			func(d *design) *dramsys.RespQueue { return &d.DRAMSys.RespQueue }).In(buffering),
		simulators.Choice("refresh_policy", "what is refreshed at a time; none loses data in a real memory", []dramsys.RefreshPolicy{dramsys.NoRefresh, dramsys.AllBank},
			func(d *design) *dramsys.RefreshPolicy { return &d.DRAMSys.RefreshPolicy }).In(refresh),
		simulators.Int("refresh_max_postponed", "refreshes", "refreshes that may be owed while banks are busy", k.refreshes,
			func(d *design) *int { return &d.DRAMSys.RefreshMaxPostponed }).Log().In(refresh).When("refresh_policy", dramsys.AllBank.String()),
		simulators.Int("refresh_max_pulled_in", "refreshes", "refreshes that may be done in advance while all banks are idle", k.refreshes,
			func(d *design) *int { return &d.DRAMSys.RefreshMaxPulledIn }).Log().In(refresh).When("refresh_policy", dramsys.AllBank.String()),
		simulators.Choice("arbiter", "what stands between the source and the controller", dramsys.Arbiters(),
			func(d *design) *dramsys.Arbiter { return &d.DRAMSys.Arbiter }).In(arbitration),
		simulators.Int("max_active_transactions", "requests", "requests that the arbiter lets in at a time", k.maxActive,
			func(d *design) *int { return &d.DRAMSys.MaxActiveTransactions }).Log().In(arbitration).
			When("arbiter", dramsys.ArbiterFifo.String(), dramsys.ArbiterReorder.String()),
	}
}
