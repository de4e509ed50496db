package device

import (
	"errors"
	"fmt"
	"math"
)

// Largest values that Check lets pass: far above any device, small enough that no sum or product of them overflows.
const (
	maxClocks    = 1 << 20
	maxCount     = 1 << 24
	maxClockMHz  = 10_000
	maxVoltageV  = 10
	maxCurrentMA = 10_000
)

// Check reports every inconsistency of the device at once, each with the field, the value and the valid range.
func (d *Device) Check() error {
	c := checker{device: d}
	if d.Name == "" {
		c.fail("name", `""`, "must not be empty")
	}
	if d.Standard >= standards {
		c.fail("standard", d.Standard, fmt.Sprintf("must be one of %v", standardNames()))
	}
	if !(d.ClockMHz > 0 && d.ClockMHz <= maxClockMHz) {
		c.fail("clock_mhz", d.ClockMHz, fmt.Sprintf("must be in (0, %d]", maxClockMHz))
	}
	if !(d.BankwiseRhoFrac >= 0 && d.BankwiseRhoFrac <= 1) {
		c.fail("bankwise_rho", d.BankwiseRhoFrac, "must be in [0, 1]")
	}
	sound := c.geometry()
	if c.timingRanges() && sound {
		c.timingOrder() // compares delays, which have to make sense one by one
	}
	c.rails()
	return errors.Join(c.errs...)
}

// checker collects what is wrong with a device.
type checker struct {
	device *Device
	errs   []error
}

func (c *checker) fail(field string, value any, valid string) {
	c.errs = append(c.errs, fmt.Errorf("device: %q: %s %v: %s", c.device.Name, field, value, valid))
}

func (c *checker) geometry() bool {
	before := len(c.errs)
	d := c.device
	for _, g := range []struct {
		field string
		value int
	}{
		{"bank_groups", d.BankGroups}, {"banks_per_group", d.BanksPerGroup}, {"rows", d.Rows}, {"columns", d.Columns},
		{"width_bits", d.WidthBits}, {"chips", d.Chips}, {"burst_length", d.BurstLength}, {"data_rate", d.DataRate},
	} {
		if g.value < 1 || g.value > maxCount || g.value&(g.value-1) != 0 {
			c.fail(g.field, g.value, fmt.Sprintf("must be a power of two in [1, %d]", maxCount))
		}
	}
	if (d.Standard == DDR3 || d.Standard == LPDDR4) && d.BankGroups > 1 {
		c.fail("bank_groups", d.BankGroups, fmt.Sprintf("must be 1: %s has none", d.Standard))
	}
	if d.DataRate > d.BurstLength {
		c.fail("data_rate", d.DataRate, fmt.Sprintf("must be in [1, burst_length = %d]: a burst takes whole clocks", d.BurstLength))
	}
	if d.BurstLength > d.Columns {
		c.fail("burst_length", d.BurstLength, fmt.Sprintf("must be in [1, columns = %d]: a row holds whole bursts", d.Columns))
	}
	if bits := float64(d.WidthBits) * float64(d.Chips) * float64(d.BurstLength); bits < 8 {
		c.fail("burst_length", d.BurstLength, fmt.Sprintf("must be at least %d: a burst moves whole bytes", 8/max(1, d.WidthBits*d.Chips)))
	}
	if bits := math.Log2(float64(d.BankGroups)*float64(d.BanksPerGroup)*float64(d.Rows)*float64(d.Columns)) +
		math.Log2(float64(d.WidthBits)*float64(d.Chips)); bits > 60 {
		c.fail("rows", d.Rows, fmt.Sprintf("must make a rank of at most 2^60 bits: it has 2^%.0f", bits))
	}
	return len(c.errs) == before
}

// rails checks that the currents make no energy of DRAMPower negative.
func (c *checker) rails() {
	if len(c.device.Rails) == 0 {
		c.fail("rails", "[]", "must hold at least one supply")
	}
	seen := map[string]bool{}
	for i, r := range c.device.Rails {
		name := fmt.Sprintf("rails[%d]", i)
		if r.Name == "" || seen[r.Name] {
			c.fail(name+".name", fmt.Sprintf("%q", r.Name), "must not be empty and not be that of another rail")
		}
		seen[r.Name] = true
		if !(r.VoltageV > 0 && r.VoltageV <= maxVoltageV) {
			c.fail(name+".voltage_v", r.VoltageV, fmt.Sprintf("must be in (0, %d]", maxVoltageV))
		}
		c.currents(name+".", r)
	}
}

func (c *checker) currents(prefix string, r Rail) {
	sane := true
	for _, f := range numbers(r) {
		if f.name != "voltage_v" && !(f.value >= 0 && f.value <= maxCurrentMA) {
			c.fail(prefix+f.name, f.value, fmt.Sprintf("must be in [0, %d]", maxCurrentMA))
			sane = false
		}
	}
	if !sane {
		return
	}
	least := func(field string, value float64, floor string, least float64) {
		if value < least {
			c.fail(prefix+field, value, fmt.Sprintf("must be at least %s = %v: an energy would be negative", floor, least))
		}
	}
	least("idd3n_ma", r.IDD3NMA, "idd2n_ma", r.IDD2NMA)
	least("idd0_ma", r.IDD0MA, "idd3n_ma", r.IDD3NMA)
	least("idd4r_ma", r.IDD4RMA, "idd3n_ma", r.IDD3NMA)
	least("idd4w_ma", r.IDD4WMA, "idd3n_ma", r.IDD3NMA)
	least("idd5_ma", r.IDD5MA, "idd3n_ma", r.IDD3NMA)
	least("ibeta_ma", r.IBetaMA, "idd2n_ma", r.IDD2NMA)
	least("idd2n_ma", r.IDD2NMA, "idd2p0_ma", r.IDD2P0MA)
	least("idd2n_ma", r.IDD2NMA, "idd2p1_ma", r.IDD2P1MA)
	least("idd3n_ma", r.IDD3NMA, "idd3p0_ma", r.IDD3P0MA)
	least("idd3n_ma", r.IDD3NMA, "idd3p1_ma", r.IDD3P1MA)
	c.derivedCurrents(prefix, r)
}

// derivedCurrents checks the two currents that DRAMPower 5 computes from averages: of an open row and of a bank's refresh.
func (c *checker) derivedCurrents(prefix string, r Rail) {
	t := c.device.Timing
	ras, rp := float64(t.TRAS), float64(t.TRP)
	if ras > 0 && rp > 0 && r.IDD0MA >= r.IDD3NMA {
		if most := (r.IDD0MA*(ras+rp) - r.IDD3NMA*ras) / rp; r.IBetaMA > most {
			c.fail(prefix+"ibeta_ma", r.IBetaMA, fmt.Sprintf("must be at most %.4g: more leaves an open row less than idd3n_ma = %v", most, r.IDD3NMA))
		}
	}
	if t.TRFCPB > 0 && c.device.Banks() > 0 {
		share, busy := float64(t.TREFI)/float64(c.device.Banks()), float64(t.TRFCPB)
		if least := (r.IDD3NMA*busy + r.IDD2NMA*(share-busy)) / share; share > busy && r.IDD5PBMA < least {
			c.fail(prefix+"idd5pb_ma", r.IDD5PBMA, fmt.Sprintf("must be at least %.4g: less leaves a bank's refresh less than idd3n_ma = %v", least, r.IDD3NMA))
		}
	}
}
