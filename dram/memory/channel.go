package memory

import (
	"math"

	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/power"
)

// Closed is the row of a bank that has none open.
const Closed = -1

// never is the clock of something that has not happened: far in the past, and safe to add delays to.
const never = math.MinInt64 / 4

// Channel is the state of one channel. It is not safe for concurrent use.
type Channel struct {
	device   *device.Device
	number   int
	perRank  int // banks of a rank
	perGroup int // banks of a bank group
	ranks    int
	log      func(device.Issued)

	places    []place    // by bank
	row       []int32    // open row by bank, or Closed
	fresh     []rowState // by bank: how the next column command counts
	open      []int      // open banks by rank
	registers []int64    // stride for each bank, then each bank group, then each rank
	groups    int        // where the groups begin among the registers, in strides
	rank      int        // where the ranks begin
	bus       [2]int64
	issues    [device.Commands]issue
	rings     []ring // windows by rank
	meters    []*power.Meter

	counts     [device.Commands]int64
	rowResults [rowStates]int64
}

// rowState says how the next column command of a bank counts.
type rowState uint8

const (
	hit      rowState = iota
	miss              // the bank was opened from the closed state
	conflict          // the bank was closed for another row first
	closedByPRE
	rowStates
)

// stride is how many registers a bank, a group or a rank has: one a command, and room to make it a power of two.
const stride = 16

// place says where a bank is, and where the registers of its scopes begin.
type place struct {
	rank, local int32    // bank within the rank
	registers   [4]int32 // by device.Scope; the last is not used
}

// issue is what a command does to the registers.
type issue struct {
	raises    []raise // of its own bank, group and rank
	otherRank []raise
	clocks    int64 // of the command bus
	bus       uint8
	windows   []int // indices of the windows that it is a member of
}

// raise lifts the register of a command.
type raise struct {
	scope  device.Scope
	to     device.Command
	clocks int64
}

// later is the larger of two clocks. Without a branch, which nobody could predict here; clocks are far from overflow.
func later(a, b int64) int64 { return a + (b-a)&^((b-a)>>63) }

// ring holds the last clocks of the latest members of a window in one rank.
type ring struct {
	last   []int64
	next   int
	raises []raise
}

// Options of a channel.
type Options struct {
	Number           int                   // of the channel, for the log
	Ranks            int                   // at least 1
	Omit             [device.Commands]bool // commands that the controller never issues: their registers are not kept
	Log              func(device.Issued)   // sees every command; nil = none
	PeakWindowClocks int64                 // span over which the peak power is averaged; 0 = not measured
	FastExit         bool                  // power-down uses the fast-exit currents
}

// NewChannel is a channel of ranks of the device with all rows closed. The rules are those of the device, or a controller's own reading of them.
func NewChannel(d *device.Device, rules *device.Rules, o Options) *Channel {
	banks := d.Banks()
	c := &Channel{
		device: d, number: o.Number, perRank: banks, perGroup: d.BanksPerGroup, ranks: o.Ranks, log: o.Log,
		places:    make([]place, o.Ranks*banks),
		row:       make([]int32, o.Ranks*banks),
		fresh:     make([]rowState, o.Ranks*banks),
		open:      make([]int, o.Ranks),
		registers: make([]int64, stride*o.Ranks*(banks+d.BankGroups+1)),
		rings:     make([]ring, o.Ranks*len(rules.Windows)),
	}
	c.groups, c.rank = len(c.places), len(c.places)+o.Ranks*d.BankGroups
	for i := range c.places {
		c.row[i] = Closed
		rank := i / banks
		c.places[i] = place{rank: int32(rank), local: int32(i % banks), registers: [4]int32{
			device.SameBank: int32(stride * i), device.SameGroup: int32(stride * (c.groups + i/d.BanksPerGroup)), device.SameRank: int32(stride * (c.rank + rank)),
		}}
	}
	c.compile(rules, o)
	for range o.Ranks {
		m := power.NewMeter(d, rules, o.PeakWindowClocks)
		m.FastExit = o.FastExit
		c.meters = append(c.meters, m)
	}
	return c
}

// compile turns the rules into what each command does when it issues.
func (c *Channel) compile(rules *device.Rules, o Options) {
	for _, r := range rules.Constraints {
		if o.Omit[r.From] || o.Omit[r.To] || r.Scope == device.OtherRank && o.Ranks == 1 {
			continue
		}
		from := &c.issues[r.From]
		lift := raise{r.Scope, r.To, int64(r.Clocks)}
		if r.Scope == device.OtherRank {
			from.otherRank = append(from.otherRank, lift)
		} else if r.Scope == device.SameRank || r.From.OfBank() {
			from.raises = append(from.raises, lift)
		}
	}
	for i := range c.issues {
		c.issues[i].clocks, c.issues[i].bus = int64(rules.Clocks[i]), rules.Bus[i]
	}
	for w, window := range rules.Windows {
		var raises []raise
		for to, clocks := range window.Clocks {
			if clocks > 0 && !o.Omit[to] {
				raises = append(raises, raise{device.SameRank, device.Command(to), int64(clocks)})
			}
		}
		for from, member := range window.Members {
			if member && len(raises) > 0 {
				c.issues[from].windows = append(c.issues[from].windows, w)
			}
		}
		for rank := range o.Ranks {
			last := make([]int64, window.Count)
			for i := range last {
				last[i] = never
			}
			c.rings[w*o.Ranks+rank] = ring{last: last, raises: raises}
		}
	}
}

// Banks is the number of banks of the channel.
func (c *Channel) Banks() int { return len(c.row) }

// Rank is the rank of a bank.
func (c *Channel) Rank(bank int) int { return int(c.places[bank].rank) }

// Group is the bank group of a bank, counted over the channel.
func (c *Channel) Group(bank int) int { return bank / c.perGroup }

// Row is the open row of a bank, or Closed.
func (c *Channel) Row(bank int) int32 { return c.row[bank] }

// OpenBanks is how many banks of a rank have a row open.
func (c *Channel) OpenBanks(rank int) int { return c.open[rank] }

// BusFree is the first clock in which the command bus can take the command.
func (c *Channel) BusFree(command device.Command) int64 { return c.bus[c.issues[command].bus&1] }

// Earliest is the first clock in which a bank command is legal for the bank, as far as timing goes.
func (c *Channel) Earliest(command device.Command, bank int) int64 {
	at := &c.places[bank].registers
	r := c.registers
	of := int32(command)
	return max(r[at[device.SameBank]+of], r[at[device.SameGroup]+of], r[at[device.SameRank]+of], c.BusFree(command))
}

// EarliestOfRank is the first clock in which a rank command is legal for the rank, as far as timing goes.
func (c *Channel) EarliestOfRank(command device.Command, rank int) int64 {
	return max(c.RankNotBefore(command, rank), c.BusFree(command))
}

// BankNotBefore, GroupNotBefore and RankNotBefore are the parts of Earliest, for controllers that compute the shared parts once per decision.
func (c *Channel) BankNotBefore(command device.Command, bank int) int64 {
	return c.registers[stride*bank+int(command)]
}

// GroupNotBefore is the register of a bank group.
func (c *Channel) GroupNotBefore(command device.Command, group int) int64 {
	return c.registers[stride*(c.groups+group)+int(command)]
}

// RankNotBefore is the register of a rank.
func (c *Channel) RankNotBefore(command device.Command, rank int) int64 {
	return c.registers[stride*(c.rank+rank)+int(command)]
}

// Registers are all registers, for controllers that look at many of them: [Channel.Register] says which is which. Only to be read.
func (c *Channel) Registers() []int64 { return c.registers }

// Register is the place among Registers of a command's register for a bank's bank, group or rank.
func (c *Channel) Register(scope device.Scope, command device.Command, bank int) int32 {
	return c.places[bank].registers[scope] + int32(command)
}

// Issue issues a bank command at clock t, which must not lie before that of the last command. The row is that of an ACT or of a column
// command, the column that of a column command in bursts; they are ignored otherwise.
func (c *Channel) Issue(t int64, command device.Command, bank int, row, column int32) {
	at := &c.places[bank]
	rank := int(at.rank)
	c.counts[command]++
	switch command {
	case device.ACT:
		c.row[bank] = row
		c.open[rank]++
		if c.fresh[bank] == closedByPRE {
			c.fresh[bank] = conflict
		} else {
			c.fresh[bank] = miss
		}
	case device.PRE:
		c.fresh[bank] = closedByPRE
		c.close(bank, rank)
	case device.RD, device.WR:
		c.rowResults[c.fresh[bank]]++
		c.fresh[bank] = hit
	case device.RDA, device.WRA:
		c.rowResults[c.fresh[bank]]++
		c.fresh[bank] = hit
		c.close(bank, rank)
	}
	c.lift(t, command, at)
	c.meters[rank].Issue(t, command, int(at.local))
	if c.log != nil {
		c.record(t, command, rank, int(at.local), row, column)
	}
}

func (c *Channel) close(bank, rank int) {
	if c.row[bank] != Closed {
		c.open[rank]--
		c.row[bank] = Closed
	}
}

// IssueToRank issues a rank command at clock t.
func (c *Channel) IssueToRank(t int64, command device.Command, rank int) {
	c.counts[command]++
	if command == device.PREA {
		first := rank * c.perRank
		for bank := first; bank < first+c.perRank; bank++ {
			c.row[bank], c.fresh[bank] = Closed, hit
		}
		c.open[rank] = 0
	}
	c.lift(t, command, &c.places[rank*c.perRank])
	c.meters[rank].Issue(t, command, 0)
	if c.log != nil {
		c.record(t, command, rank, 0, 0, 0)
	}
}

// lift raises the registers of bank, group and rank, of the windows, of the other ranks and of the bus.
func (c *Channel) lift(t int64, command device.Command, at *place) {
	effect := &c.issues[command]
	for _, r := range effect.raises {
		register := &c.registers[at.registers[r.scope&3]+int32(r.to)]
		*register = later(*register, t+r.clocks)
	}
	for _, w := range effect.windows {
		window := &c.rings[w*c.ranks+int(at.rank)]
		window.last[window.next] = t + effect.clocks - 1
		if window.next++; window.next == len(window.last) {
			window.next = 0
		}
		oldest := window.last[window.next]
		for _, r := range window.raises {
			register := &c.registers[at.registers[device.SameRank]+int32(r.to)]
			*register = later(*register, oldest+r.clocks)
		}
	}
	if len(effect.otherRank) > 0 {
		c.liftOthers(t, effect, int(at.rank))
	}
	c.bus[effect.bus&1] = t + effect.clocks
}

func (c *Channel) liftOthers(t int64, effect *issue, rank int) {
	for other := range c.ranks {
		if other == rank {
			continue
		}
		for _, r := range effect.otherRank {
			register := &c.registers[stride*(c.rank+other)+int(r.to)]
			*register = later(*register, t+r.clocks)
		}
	}
}

// record hands a command to the log.
func (c *Channel) record(t int64, command device.Command, rank, bank int, row, column int32) {
	issued := device.Issued{Cycle: t, Command: command, Channel: c.number, Rank: rank, Bank: bank}
	if command == device.ACT || command.IsColumn() {
		issued.Row = int(row)
	}
	if command.IsColumn() {
		issued.Column = int(column)
	}
	c.log(issued)
}
