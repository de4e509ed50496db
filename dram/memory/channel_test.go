package memory_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/memory"
)

func lookup(t testing.TB, name string) *device.Device {
	d, err := device.Lookup(name)
	require.NoError(t, err)
	return d
}

func TestRegistersAfterARowConflict(t *testing.T) {
	d := lookup(t, "ddr4-2400-8gb-x8")
	var log []device.Issued
	c := memory.NewChannel(d, d.Rules(), memory.Options{Number: 2, Ranks: 1, Log: func(i device.Issued) { log = append(log, i) }})
	require.Equal(t, 16, c.Banks())
	require.EqualValues(t, memory.Closed, c.Row(5))

	c.Issue(10, device.ACT, 5, 7, 0)
	require.EqualValues(t, 7, c.Row(5))
	require.Equal(t, 1, c.OpenBanks(0))
	require.EqualValues(t, 10+16, c.Earliest(device.RD, 5), "tRCD")
	require.EqualValues(t, 10+39, c.Earliest(device.PRE, 5), "tRAS")
	require.EqualValues(t, 10+55, c.Earliest(device.ACT, 5), "tRC")
	require.EqualValues(t, 10+6, c.Earliest(device.ACT, 4), "tRRD_L: banks 4 to 7 are one group")
	require.EqualValues(t, 10+4, c.Earliest(device.ACT, 0), "tRRD_S")

	c.Issue(26, device.RD, 5, 7, 3)
	require.EqualValues(t, 26+6, c.Earliest(device.RD, 6), "tCCD_L")
	require.EqualValues(t, 26+4, c.Earliest(device.RD, 1), "tCCD_S")
	require.EqualValues(t, 26+16+4+2-12, c.Earliest(device.WR, 1), "CL + BL/2 + 2 - CWL")
	c.Issue(49, device.PRE, 5, 0, 0)
	require.EqualValues(t, memory.Closed, c.Row(5))
	require.EqualValues(t, 49+16, c.Earliest(device.ACT, 5), "tRP, as late as tRC")
	c.Issue(65, device.ACT, 5, 8, 0)
	c.Issue(81, device.RDA, 5, 8, 1)
	require.Zero(t, c.OpenBanks(0))
	require.EqualValues(t, 65+55, c.Earliest(device.ACT, 5), "tRC; tRTP + tRP alone would be 81 + 9 + 16")

	require.Equal(t, []device.Issued{
		{Cycle: 10, Command: device.ACT, Channel: 2, Bank: 5, Row: 7},
		{Cycle: 26, Command: device.RD, Channel: 2, Bank: 5, Row: 7, Column: 3},
		{Cycle: 49, Command: device.PRE, Channel: 2, Bank: 5},
		{Cycle: 65, Command: device.ACT, Channel: 2, Bank: 5, Row: 8},
		{Cycle: 81, Command: device.RDA, Channel: 2, Bank: 5, Row: 8, Column: 1},
	}, log)
	var r memory.Recorder
	s := r.Finish(100, []*memory.Channel{c})
	require.Equal(t, [3]int64{0, 1, 1}, [3]int64{s.RowHits, s.RowMisses, s.RowConflicts}, "the first access found the bank closed, the second another row")
	require.EqualValues(t, 2, s.Commands[device.ACT])
	require.Len(t, s.Ranks, 1)
}

func TestActivationWindow(t *testing.T) {
	d := lookup(t, "ddr4-2400-8gb-x8")
	c := memory.NewChannel(d, d.Rules(), memory.Options{Ranks: 1})
	for i, bank := range []int{0, 4, 8, 12} {
		c.Issue(int64(4*i), device.ACT, bank, 0, 0)
	}
	require.EqualValues(t, 26, c.Earliest(device.ACT, 1), "tFAW after the first of four; tRRD_S alone would be 16")
	c.Issue(26, device.ACT, 1, 0, 0)
	require.EqualValues(t, 4+26, c.Earliest(device.ACT, 9), "tFAW after the second")
}

func TestCommandsOfSeveralClocksHoldTheBus(t *testing.T) {
	d := lookup(t, "lpddr4-3200-8gb-x16x2")
	c := memory.NewChannel(d, d.Rules(), memory.Options{Ranks: 1})
	c.Issue(0, device.ACT, 0, 0, 0)
	require.EqualValues(t, 4, c.BusFree(device.ACT))
	require.EqualValues(t, 97+2, c.EarliestOfRank(device.REF, 0), "tRC + 2")
	require.EqualValues(t, 4, c.Earliest(device.PRE, 1), "the bus alone")
}

func TestRanksAreApartButForTheDataBus(t *testing.T) {
	d := lookup(t, "ddr4-2400-8gb-x8")
	c := memory.NewChannel(d, d.Rules(), memory.Options{Ranks: 2})
	require.Equal(t, 32, c.Banks())
	require.Equal(t, 1, c.Rank(16))
	c.Issue(0, device.ACT, 0, 0, 0)
	require.EqualValues(t, 1, c.Earliest(device.ACT, 16), "only the command bus")
	c.Issue(1, device.ACT, 16, 0, 0)
	c.Issue(17, device.RD, 0, 0, 0)
	require.EqualValues(t, 17+4+1, c.Earliest(device.RD, 16), "burst + tRTRS")
	c.IssueToRank(60, device.PREA, 0)
	require.Equal(t, [2]int{0, 1}, [2]int{c.OpenBanks(0), c.OpenBanks(1)})
}

// TestEarliestIsTheLatestOfAllRules compares the registers with a look back over everything that was issued.
func TestEarliestIsTheLatestOfAllRules(t *testing.T) {
	for _, name := range []string{"ddr3-1600-4gb-x8", "ddr4-2400-8gb-x8", "lpddr4-3200-8gb-x16x2"} {
		t.Run(name, func(t *testing.T) {
			d := lookup(t, name)
			rules := d.Rules()
			rapid.Check(t, func(t *rapid.T) {
				const ranks = 2
				c := memory.NewChannel(d, rules, memory.Options{Ranks: ranks})
				var past []device.Issued
				now := int64(0)
				for range rapid.IntRange(1, 60).Draw(t, "commands") {
					command := device.Command(rapid.IntRange(0, device.Commands-1).Draw(t, "command"))
					at := device.Issued{Command: command, Rank: rapid.IntRange(0, ranks-1).Draw(t, "rank")}
					got := c.EarliestOfRank(command, at.Rank)
					bank := at.Rank * d.Banks()
					if command.OfBank() {
						at.Bank = rapid.IntRange(0, d.Banks()-1).Draw(t, "bank")
						bank += at.Bank
						got = c.Earliest(command, bank)
					}
					require.Equal(t, lookBack(d, rules, past, at), got, "%v", at)
					now = max(now, got) + int64(rapid.IntRange(0, 20).Draw(t, "wait"))
					at.Cycle = now
					past = append(past, at)
					if command.OfBank() {
						c.Issue(now, command, bank, 0, 0)
					} else {
						c.IssueToRank(now, command, at.Rank)
					}
				}
			})
		})
	}
}

// lookBack is the first clock in which a command may issue after the given ones, at least 0.
func lookBack(d *device.Device, rules *device.Rules, past []device.Issued, at device.Issued) (earliest int64) {
	for _, p := range past {
		if rules.Bus[p.Command] == rules.Bus[at.Command] {
			earliest = max(earliest, p.Cycle+int64(rules.Clocks[p.Command]))
		}
		for _, r := range rules.Constraints {
			if r.From != p.Command || r.To != at.Command {
				continue
			}
			same := p.Rank == at.Rank
			binds := map[device.Scope]bool{
				device.SameBank:  same && p.Bank == at.Bank,
				device.SameGroup: same && p.Bank/d.BanksPerGroup == at.Bank/d.BanksPerGroup,
				device.SameRank:  same,
				device.OtherRank: !same,
			}[r.Scope]
			if binds {
				earliest = max(earliest, p.Cycle+int64(r.Clocks))
			}
		}
	}
	for _, w := range rules.Windows {
		var members []int64
		for _, p := range past {
			if w.Members[p.Command] && p.Rank == at.Rank {
				members = append(members, p.Cycle+int64(rules.Clocks[p.Command])-1)
			}
		}
		if w.Clocks[at.Command] > 0 && len(members) >= w.Count {
			earliest = max(earliest, members[len(members)-w.Count]+int64(w.Clocks[at.Command]))
		}
	}
	return earliest
}

func BenchmarkIssue(b *testing.B) {
	d := lookup(b, "ddr4-2400-8gb-x8")
	c := memory.NewChannel(d, d.Rules(), memory.Options{Ranks: 1})
	b.ReportAllocs()
	var t int64
	for b.Loop() {
		c.Issue(t, device.ACT, 0, 0, 0)
		c.Issue(t+16, device.RD, 0, 0, 0)
		c.Issue(t+39, device.PRE, 0, 0, 0)
		t += 55
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(3*b.N), "ns/command")
}

func ExampleChannel() {
	d, err := device.Lookup("ddr4-2400-8gb-x8")
	if err != nil {
		panic(err)
	}
	c := memory.NewChannel(d, d.Rules(), memory.Options{Ranks: 1})
	c.Issue(0, device.ACT, 3, 42, 0)
	fmt.Println("row", c.Row(3), "can be read from clock", c.Earliest(device.RD, 3), "and closed from clock", c.Earliest(device.PRE, 3))
	// Output: row 42 can be read from clock 16 and closed from clock 39
}
