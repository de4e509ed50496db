package device_test

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/dram/device"
)

// distance is the effective distance between two commands in a scope: a rule of a wider scope holds in the narrower ones too.
func distance(r *device.Rules, from, to device.Command, scope device.Scope) int {
	longest := 0
	for _, c := range r.Constraints {
		wider := c.Scope == scope || scope < c.Scope && c.Scope <= device.SameRank
		if c.From == from && c.To == to && wider {
			longest = max(longest, c.Clocks)
		}
	}
	return longest
}

func eachRule(visit func(from, to device.Command, scope device.Scope)) {
	for from := range device.Command(device.Commands) {
		for to := range device.Command(device.Commands) {
			for scope := device.SameBank; scope <= device.OtherRank; scope++ {
				visit(from, to, scope)
			}
		}
	}
}

// drawDevice stretches random delays of a shipped device, such that it still passes Check.
func drawDevice(t *rapid.T) *device.Device {
	d := rapid.SampledFrom(device.Catalogue()).Draw(t, "device")
	timing := reflect.ValueOf(&d.Timing).Elem()
	for i := range timing.NumField() {
		if f := timing.Field(i); f.Int() > 0 {
			f.SetInt(f.Int() + int64(rapid.IntRange(0, 30).Draw(t, timing.Type().Field(i).Name)))
		}
	}
	n := &d.Timing
	n.AL = min(n.AL, n.CL-1)
	n.TRPAB = max(n.TRPAB, n.TRP)
	n.TRAS = max(n.TRAS, n.TRCDRD)
	n.TRC = max(n.TRC, n.TRAS+n.TRP)
	n.TRRDL = max(n.TRRDL, n.TRRDS)
	n.TFAW = max(n.TFAW, n.TRRDS)
	n.TCCDL = max(n.TCCDL, n.TCCDS)
	n.TCCDLWR = max(n.TCCDLWR, n.TCCDL)
	n.TWTRL = max(n.TWTRL, n.TWTRS)
	n.TDQS2DQ = min(n.TDQS2DQ, n.TWTRS) // write data that come later than that meet the read data
	if n.TXS > 0 {
		n.TXS = max(n.TXS, n.TRFC)
	}
	if n.TXSR > 0 {
		n.TXSR = max(n.TXSR, n.TRFC)
	}
	for i := range d.Rails { // zero currents are consistent with any delays
		d.Rails[i] = device.Rail{Name: d.Rails[i].Name, VoltageV: 1}
	}
	return d
}

func TestRulesAreMinimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDevice(t)
		require.NoError(t, d.Check())
		r := d.Rules()
		for _, c := range r.Constraints {
			require.Positive(t, c.Clocks)
			require.Equal(t, c.Clocks, distance(r, c.From, c.To, c.Scope), "%v is implied by another", c)
			require.Positive(t, r.Clocks[c.From], "%v of a command that the device does not have", c)
			require.Positive(t, r.Clocks[c.To], "%v of a command that the device does not have", c)
		}
	})
}

// A longer delay never lets a command go earlier. Not so for the delays that also appear with a minus: CL, CWL, AL, tRTP, tDQSCK, tDQSS,
// tDQS2DQ.
func TestLongerDelaysNeverRelaxARule(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDevice(t)
		before := d.Rules()
		field := rapid.SampledFrom([]string{
			"TRCDRD", "TRCDWR", "TRP", "TRPAB", "TRAS", "TRC", "TRRDS", "TRRDL", "TCCDS", "TCCDL", "TCCDLWR", "TWTRS", "TWTRL", "TRTRS", "TFAW",
			"TWR", "TPPD", "TRFC", "TRREFD", "TREFI", "TCKE", "TCKESR", "TXP", "TXPDLL", "TXS", "TXSDLL", "TACTPDEN", "TPRPDEN", "TREFPDEN",
			"RD2WRBubble", "TRPST", "TWPRE", "TCCDMW", "TCMDCKE", "TESCKE", "TSR", "TXSR",
		}).Draw(t, "field")
		f := reflect.ValueOf(&d.Timing).Elem().FieldByName(field)
		f.SetInt(f.Int() + 1)
		after := d.Rules()
		eachRule(func(from, to device.Command, scope device.Scope) {
			require.GreaterOrEqual(t, distance(after, from, to, scope), distance(before, from, to, scope), "%s > %s %d", from, to, scope)
		})
		require.GreaterOrEqual(t, after.Windows[0].Clocks[device.ACT], before.Windows[0].Clocks[device.ACT])
	})
}

// An access with auto-precharge leaves its bank as late as the access and an explicit PRE would.
func TestAutoPrechargeEqualsPrecharge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawDevice(t).Rules()
		for plain, auto := range map[device.Command]device.Command{device.RD: device.RDA, device.WR: device.WRA} {
			closed := distance(r, plain, device.PRE, device.SameBank) + distance(r, device.PRE, device.ACT, device.SameBank)
			require.Equal(t, closed, distance(r, auto, device.ACT, device.SameBank))
		}
	})
}

// Two bursts never meet on the data bus, in the same rank or between ranks.
func TestBurstsDoNotMeet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDevice(t)
		r := d.Rules()
		end := map[device.Command]int{device.RD: r.ReadData, device.WR: r.WriteData}
		for first := range end {
			for second := range end {
				for _, scope := range []device.Scope{device.SameBank, device.SameRank, device.OtherRank} {
					start := distance(r, first, second, scope) + end[second] - d.BurstClocks()
					require.GreaterOrEqual(t, start, end[first], "%s > %s %s", first, second, scopeName(scope))
				}
			}
		}
	})
}

func TestEveryGeometryFieldIsChecked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := rapid.SampledFrom(device.Catalogue()).Draw(t, "device")
		fields := []*int{&d.BankGroups, &d.BanksPerGroup, &d.Rows, &d.Columns, &d.WidthBits, &d.Chips, &d.BurstLength, &d.DataRate}
		*rapid.SampledFrom(fields).Draw(t, "field") = rapid.IntRange(-5, 0).Draw(t, "value")
		require.ErrorContains(t, d.Check(), "must be a power of two")
	})
}

// Whatever a user writes, Check answers without a panic; what passes has rules.
func TestCheckBearsAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := rapid.SampledFrom(device.Catalogue()).Draw(t, "device")
		d.Standard = device.Standard(rapid.IntRange(0, 8).Draw(t, "standard"))
		timing := reflect.ValueOf(&d.Timing).Elem()
		for range rapid.IntRange(0, 4).Draw(t, "changes") {
			timing.Field(rapid.IntRange(0, timing.NumField()-1).Draw(t, "field")).SetInt(rapid.Int64().Draw(t, "clocks"))
		}
		d.BankGroups = rapid.IntRange(-1, 16).Draw(t, "groups")
		d.Rows = rapid.SampledFrom([]int{d.Rows, 0, 1, 1 << 62, -1 << 63}).Draw(t, "rows")
		if d.Check() == nil {
			require.NotEmpty(t, d.Rules().Constraints)
		}
	})
}
