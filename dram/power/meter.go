package power

import (
	"fmt"

	"github.com/codesign-gym/codesign/dram/device"
)

// maxBanks is how many banks of a rank a Meter can follow: one bit each.
const maxBanks = 64

// Meter counts the commands and state cycles of one rank from its command stream, for DRAMPower 4 and for DRAMPower 5. A command costs a
// comparison and a count; the rest happens when the state of the rank changes. A Meter is not safe for concurrent use.
type Meter struct {
	// FastExit says which current the power-downs draw that are entered from now on: of fast exit, or of slow exit (the default).
	FastExit bool

	delays   delays
	commands [device.Commands]int64
	rank     rankwise
	bank     bankwise
	peak     peak
	agenda   agenda
	opened   []int64 // last ACT of each bank

	due         int64 // earliest event or window boundary
	lastClosing int64 // the latest auto-precharge, done or pending
	last        int64
	lastCommand device.Command
	any         bool // a command was issued
}

// NewMeter is the meter of one rank of the device, which must have at most 64 banks. Auto-precharges happen after the delays of the rules.
// windowClocks is the span over which the peak power is averaged; 0 means that there is no peak.
func NewMeter(d *device.Device, rules *device.Rules, windowClocks int64) *Meter {
	banks := d.Banks()
	if banks < 1 || banks > maxBanks {
		panic(fmt.Sprintf("power: device %q: %d banks out of range [1, %d]", d.Name, banks, maxBanks))
	}
	m := &Meter{delays: newDelays(d, rules), opened: make([]int64, banks)}
	m.agenda.events = make([]event, 0, 4*banks)
	m.bank = bankwise{agenda: &m.agenda, from: make([]int64, banks), closed: make([]int64, banks), busy: make([]int64, banks)}
	m.rank.delays, m.bank.delays = &m.delays, &m.delays
	if windowClocks > 0 {
		m.peak = peak{windowClocks: windowClocks, tariff: drampower4(d, rankRails(d)...), clockNS: d.ClockNS()}
	}
	m.Reset()
	return m
}

// Reset makes the meter as it was new. FastExit stays.
func (m *Meter) Reset() {
	m.commands = [device.Commands]int64{}
	m.rank = rankwise{delays: &m.delays}
	m.bank.reset()
	m.peak.reset()
	m.agenda.reset()
	clear(m.opened)
	m.lastClosing, m.last, m.lastCommand, m.any = 0, 0, 0, false
	m.plan()
}

// Issue takes a command that was issued at clock t, which must not be before the last one. The bank is that of the rank; rank commands
// ignore it.
func (m *Meter) Issue(t int64, c device.Command, bank int) {
	if t >= m.due {
		m.advance(t)
	}
	m.last, m.lastCommand, m.any = t, c, true
	m.commands[c]++
	if c == device.RD || c == device.WR {
		return
	}
	m.change(t, c, bank)
}

// change handles the commands that change a state.
func (m *Meter) change(t int64, c device.Command, bank int) {
	switch c {
	case device.ACT:
		m.opened[bank] = t
		m.rank.activate(t, bank)
		m.bank.activate(t, bank)
		return
	case device.PRE:
		m.rank.precharge(t, bank)
		m.bank.precharge(t, bank)
		return
	case device.RDA:
		m.closeLater(t+m.delays.readToPre, bank)
	case device.WRA:
		m.closeLater(t+m.delays.writeToPre, bank)
	case device.PREA:
		m.rank.prechargeAll(t)
		m.bank.prechargeAll(t)
	case device.REF:
		m.rank.refresh(t)
		m.bank.refresh(t)
	case device.REFPB:
		m.rank.refreshBank(bank)
		m.bank.refreshBank(t, bank)
	default:
		m.rank.special(t, c, m.FastExit)
		m.bank.special(t, c, m.FastExit)
	}
	m.plan()
}

// closeLater notes the precharge of a column command with auto-precharge: not before the row was open for tRAS.
func (m *Meter) closeLater(t int64, bank int) {
	at := max(t, m.opened[bank]+m.delays.tras)
	m.lastClosing = max(m.lastClosing, at)
	m.agenda.add(event{at: at, kind: autoPrecharge, bank: uint8(bank)})
}

// plan finds what is due next.
func (m *Meter) plan() { m.due = min(m.agenda.next(), m.peak.boundary) }

// advance makes everything happen that is due up to t. A window ends before the events and commands of its boundary.
func (m *Meter) advance(t int64) {
	for m.due <= t {
		if next := m.agenda.next(); m.peak.boundary <= next {
			m.peak.cross(&m.rank, m.commands, min(next, t))
		} else {
			m.happen(m.agenda.pop())
		}
		m.plan()
	}
}

func (m *Meter) happen(e event) {
	if e.kind == autoPrecharge {
		m.rank.precharge(e.at, int(e.bank))
	}
	m.bank.happen(e)
}

// End is the end of the DRAMPower 4 window: when the work of the last command or auto-precharge is done, less one clock; 0 if there was no
// command.
func (m *Meter) End() int64 {
	switch {
	case !m.any:
		return 0
	case m.lastClosing > m.last:
		return m.lastClosing + m.delays.completion[device.PRE] - 1
	}
	return max(0, m.last+m.delays.completion[m.lastCommand]-1)
}

// Close closes the open intervals at end and is what was counted until then; auto-precharges that would happen later are left out. The
// meter needs a Reset before it counts again.
func (m *Meter) Close(end int64) Counts {
	m.advance(end)
	c := m.rank.at(end)
	c.addCommands(m.commands)
	c.Bankwise = m.bank.at(end)
	c.Bankwise.Reads, c.Bankwise.AutoReads = m.commands[device.RD], m.commands[device.RDA]
	c.Bankwise.Writes, c.Bankwise.AutoWrites = m.commands[device.WR], m.commands[device.WRA]
	c.EndCycle = end
	c.PeakPowerMW = m.peakPowerMW(max(end, m.last))
	return c
}

// peakPowerMW is the peak of the run up to end. The DRAMPower 4 window may end a clock before the last command; the peak does not.
func (m *Meter) peakPowerMW(end int64) float64 {
	c := m.rank.at(end)
	c.addCommands(m.commands)
	return m.peak.close(&c, end)
}

// addCommands counts the column commands.
func (c *Counts) addCommands(commands [device.Commands]int64) {
	c.Reads = commands[device.RD] + commands[device.RDA]
	c.Writes = commands[device.WR] + commands[device.WRA]
}
