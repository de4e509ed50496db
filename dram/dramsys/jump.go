package dramsys

import (
	"fmt"
	"math"

	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/memory"
)

// jump is the fast path: the controller of the package documentation in simple order, without actors, rounds and wake-ups. It has the
// results of the event model for every run that jumpSupports accepts, and the tests hold it to that. What it skips, and why that is safe:
//
// Responses. In simple order the response side never changes which command issues when. A column command at clock t makes its data end at
// t + data, the response queue gives one response a clock in its order, and arbiter and source acknowledge at once. So the clock of the
// response is known when the column command issues (respond), and nobody needs to wake for data or acknowledgements. Where responses do
// steer the requests (the source's limit of outstanding requests, the active transactions of an arbiter) they do so as credits that come
// back at known clocks (credits).
//
// Arbiters. Request i reaches the arbiter at begin, is admitted when a credit is free and reaches the controller's input slot at arrive:
//
//	begin(i)  = max(clock in the trace, accepted(i-1) + 1, clock of the source's credit)
//	admit(i)  = begin(i), or max(begin(i), clock of the arbiter's credit) if the arbiter queues
//	arrive(i) = admit(i), or max(admit(i), taken(i-1) + 1) if the arbiter queues
//
// accepted is when the source learns of it: taken, the acceptance of the controller, or admit if the arbiter queues. A request that was handed
// over a clock ahead (admit(i) <= taken(i-1)) is there before the controller acts in that clock, any other one after. The arbiter's
// queue needs no entries: a request that waits there is worked out when its turn comes.
//
// Runs. A run of the controller changes nothing unless a request is accepted, a command issues, or a manager of refresh or power-down has
// something to do. In between, the winner of the command multiplexer stays the winner: the clock of its end stays, and those of the others
// do not come nearer. So one plan is kept, the winner and its clock, and the next event is the first of the plan, the next wake-up of a
// manager and the next arrival.
//
// Evaluations. What a bank wants depends on its requests, its row and, for FrFcfsGrp, on the direction of the last column command. So it is
// looked at again only when one of these changes, and an arrival behind a request that stays the bank's choice changes nothing. The number of
// waiting hits of each bank tells most of that without a look at the requests: with less than two of them there is no choice of direction. A
// bank counts as idle exactly if it has no requests: the managers ask only when every bank was evaluated after its last change, or
// when the answer does not matter (asleep, blocked).
//
// Managers. They are those of the event model, on a controller that has nothing else to do. While no manager of a rank wants a command and
// the rank is awake with requests (or never sleeps), asking them changes nothing before the next deadline: the rank is calm.
// Only while some rank is not, every run asks all of them before and after its command.
type jump struct {
	config   Config
	feed     *memory.Feed
	channel  *memory.Channel
	managed  *controller // the managers, and what they and the buffer look at
	source   jumpSource
	output   jumpOutput
	recorder memory.Recorder

	registers []int64          // of the channel
	wanted    []device.Command // that banks may want
	floors    floors
	lengths   [device.Commands]int64 // of the commands on the bus
	dataEnd   [2]int64               // [direction]
	byWay     bool                   // banks look at the direction of the last column command
	adaptive  bool                   // the page policy looks at the requests behind the one that is served

	banks   []jumpBank
	wants   []want // of the banks with requests
	pool    []held
	unused  []int32 // places of the pool
	number  int64   // of the last request taken
	base    int64   // number before the first ticket
	tickets int64   // until the base moves
	last    int     // direction of the last column command
	plan    plan
	calm    bool
	wake    int64 // next wake-up of a manager
	ranAt   int64 // clock of the last run that could issue
	since   int64 // clock of the last acceptance or column command
	patient int64 // clocks without either that are too many
	err     error // of the trace
}

// jumpSupports tells whether the fast path can stand in for the event model.
func jumpSupports(c Config, j *memory.Job) bool {
	rules := j.Rules()
	switch {
	case c.EventOrder != Simple || c.CmdMux != Oldest || j.Channels != 1:
		return false
	case c.Scheduler == GrpFrFcfs || c.Scheduler == GrpFrFcfsWm:
		return false
	case c.Arbiter != ArbiterSimple && j.MaxOutstanding > 1:
		return false // who was first in a clock, the response or the admission, decides when the next request counts as arrived
	case rules.Bus[device.RD] != 0 && (c.Arbiter != ArbiterSimple || j.MaxOutstanding > 0):
		return false // two command buses take two commands in a clock, and the request of that clock may come after either
	}
	return j.Ranks*j.Device.Banks() <= jumpBanks && j.Ranks*floorsOfRank <= len(floors{}) && longest(rules) < jumpClocks
}

// longest is the longest rule.
func longest(r *device.Rules) int {
	clocks := 0
	for _, c := range r.Constraints {
		clocks = max(clocks, c.Clocks)
	}
	for _, w := range r.Windows {
		for _, c := range w.Clocks {
			clocks = max(clocks, c)
		}
	}
	return clocks
}

// runJump serves the job on the fast path.
func runJump(c Config, job *memory.Job) (memory.Stats, error) {
	j := newJump(c, job)
	if err := j.run(); err != nil {
		return memory.Stats{}, err
	}
	return j.stats(), nil
}

func (j *jump) stats() memory.Stats {
	return j.recorder.Finish(j.output.end, []*memory.Channel{j.channel})
}

func newJump(c Config, job *memory.Job) *jump {
	rules := job.Rules()
	channel := job.NewChannels(rules, neverIssued(c)...)[0]
	j := &jump{
		config: c, feed: job.NewFeed(), channel: channel, registers: channel.Registers(), managed: newController(c, job, channel, rules, &pool{}, 0, 0),
		source: newJumpSource(c, job.MaxOutstanding), output: newJumpOutput(c),
		dataEnd: [2]int64{int64(rules.ReadData), int64(rules.WriteData)},
		byWay:   c.Scheduler == FrFcfsGrp, adaptive: c.PagePolicy == OpenAdaptive || c.PagePolicy == ClosedAdaptive,
		banks: make([]jumpBank, channel.Banks()), wants: make([]want, 0, channel.Banks()),
		tickets: lastTicket, ranAt: -1, patient: memory.WatchdogClocks(job.Device),
	}
	for i := range j.banks {
		j.banks[i].want = nobody
	}
	for command := range j.lengths {
		j.lengths[command] = int64(rules.Clocks[command])
	}
	switch c.PagePolicy {
	case Open:
		j.wanted = []device.Command{device.ACT, device.PRE, device.RD, device.WR}
	case Closed:
		j.wanted = []device.Command{device.ACT, device.RDA, device.WRA}
	default:
		j.wanted = []device.Command{device.ACT, device.PRE, device.RD, device.RDA, device.WR, device.WRA}
	}
	return j
}

// run goes from event to event. Within a clock the controller acts on what it knew, then learns of the request of that clock; only one that
// was handed over a clock ahead comes first.
func (j *jump) run() error {
	j.fetch()
	j.fullRun(0)
	for j.err == nil {
		t, a := min(j.plan.at, j.wake), j.source.arrive
		switch {
		case a < t || a == t && (j.source.early || j.ranAt == t) && a < forever:
			j.arrive(a)
			t = a
		case j.waiting() == 0 && !j.source.more && t > j.output.end:
			return nil
		case t == forever:
			return j.stuck(j.since)
		case j.calm && t < j.wake:
			j.issuePlanned(t)
		default:
			j.fullRun(t)
		}
		if t-j.since > j.patient && j.waiting() > 0 {
			return j.stuck(t)
		}
	}
	return j.err
}

// waiting is how many requests the controller holds.
func (j *jump) waiting() int { return j.managed.waiting.total() }

// stuck names the oldest request and what its bank wants.
func (j *jump) stuck(t int64) error {
	oldest, waiting := int64(math.MaxInt64), "the next request waits for a response, and there is none to come"
	for i := range j.banks {
		b := &j.banks[i]
		for _, e := range b.queue {
			if h := &j.pool[e.slot]; h.number < oldest {
				oldest = h.number
				waiting = fmt.Sprintf("request %d (bank %d, row %d) waits for its column command: bank has row %d open and wants %v",
					h.number, i, h.row, j.channel.Row(i), b.command)
			}
		}
	}
	return &memory.Stuck{Cycle: t, Since: j.since, Waiting: waiting}
}
