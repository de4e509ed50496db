package device

import (
	"fmt"
	"reflect"
)

// number is a numeric field under its TOML key.
type number struct {
	name  string
	value float64
}

// numbers lists the numeric fields of a Timing or a Rail.
func numbers[T Timing | Rail](s T) []number {
	v := reflect.ValueOf(s)
	var list []number
	for i := range v.NumField() {
		name := v.Type().Field(i).Tag.Get("toml")
		switch f := v.Field(i); f.Kind() {
		case reflect.Int:
			list = append(list, number{name, float64(f.Int())})
		case reflect.Float64:
			list = append(list, number{name, f.Float()})
		}
	}
	return list
}

// needed are the delays that have to be 1 clock at least in a standard.
func needed(s Standard) map[string]bool {
	names := []string{"CL", "CWL", "tRCDRD", "tRCDWR", "tRP", "tRPAB", "tRAS", "tRC", "tRRDS", "tRRDL", "tCCDS", "tCCDL", "tCCDLWR", "tWTRS",
		"tWTRL", "tFAW", "tWR", "tRTP", "tRFC", "tREFI", "tCKE", "tXP"}
	switch s {
	case LPDDR4, LPDDR5:
		names = append(names, "tPPD", "tDQSCK", "tCMDCKE", "tSR", "tXSR")
	case DDR5, GDDR6:
		names = append(names, "tPPD")
		fallthrough
	default:
		names = append(names, "tCKESR", "tXS", "tACTPDEN", "tPRPDEN", "tREFPDEN")
	}
	if s == DDR3 || s == DDR4 || s == DDR5 {
		names = append(names, "tXSDLL")
	}
	set := map[string]bool{}
	for _, n := range names {
		set[n] = true
	}
	return set
}

// timingRanges checks every delay by itself.
func (c *checker) timingRanges() bool {
	before := len(c.errs)
	need := needed(c.device.Standard)
	for _, f := range numbers(c.device.Timing) {
		least := 0
		if need[f.name] {
			least = 1
		}
		if f.value < float64(least) || f.value > maxClocks {
			c.fail("timing."+f.name, f.value, fmt.Sprintf("must be in [%d, %d] clocks in %s", least, maxClocks, c.device.Standard))
		}
	}
	return len(c.errs) == before
}

// timingOrder checks the delays against each other.
func (c *checker) timingOrder() {
	d, t := c.device, c.device.Timing
	least := func(field string, value int, floor string, least int) {
		if value < least {
			c.fail("timing."+field, value, fmt.Sprintf("must be at least %s = %d", floor, least))
		}
	}
	least("tRC", t.TRC, "tRAS + tRP", t.TRAS+t.TRP)
	least("tRAS", t.TRAS, "tRCDRD", t.TRCDRD)
	least("tRPAB", t.TRPAB, "tRP", t.TRP)
	least("tRRDL", t.TRRDL, "tRRDS", t.TRRDS)
	least("tFAW", t.TFAW, "tRRDS", t.TRRDS)
	if t.T32AW > 0 {
		least("t32AW", t.T32AW, "tFAW", t.TFAW)
	}
	least("tCCDS", t.TCCDS, "burst_length / data_rate", d.BurstClocks())
	least("tCCDL", t.TCCDL, "tCCDS", t.TCCDS)
	least("tCCDLWR", t.TCCDLWR, "tCCDL", t.TCCDL)
	least("tWTRL", t.TWTRL, "tWTRS", t.TWTRS)
	least("tREFI", t.TREFI, "tRFC + 1", t.TRFC+1)
	if t.AL >= t.CL {
		c.fail("timing.AL", t.AL, fmt.Sprintf("must be in [0, CL - 1 = %d]", t.CL-1))
	}
	switch d.Standard {
	case LPDDR4, LPDDR5:
		least("tXSR", t.TXSR, "tRFC", t.TRFC)
	default:
		least("tXS", t.TXS, "tRFC", t.TRFC)
	}
	c.bankRefresh()
	c.unavailable()
}

// bankRefresh checks the delays of REFPB, which a device has if it has tRFCPB.
func (c *checker) bankRefresh() {
	t := c.device.Timing
	if t.TRFCPB == 0 {
		return
	}
	if t.TRFCPB > t.TRFC {
		c.fail("timing.tRFCPB", t.TRFCPB, fmt.Sprintf("must be in [0, tRFC = %d]", t.TRFC))
	}
	if t.TREFIPB <= t.TRFCPB {
		c.fail("timing.tREFIPB", t.TREFIPB, fmt.Sprintf("must be at least tRFCPB + 1 = %d", t.TRFCPB+1))
	}
	if s := c.device.Standard; (s == HBM2 || s == GDDR6) && t.TRREFD == 0 {
		c.fail("timing.tRREFD", t.TRREFD, fmt.Sprintf("must be in [1, %d] clocks in a %s with tRFCPB", maxClocks, s))
	}
}

// unavailable checks that a device has no delay of a feature that its rules do not have.
func (c *checker) unavailable() {
	t := c.device.Timing
	s := c.device.Standard
	if s != DDR3 && s != DDR4 && t.AL > 0 {
		c.fail("timing.AL", t.AL, fmt.Sprintf("must be 0: %s has no additive latency", s))
	}
	if (s == DDR3 || s == DDR4 || s == DDR5 || s == LPDDR5) && t.TRFCPB > 0 {
		c.fail("timing.tRFCPB", t.TRFCPB, fmt.Sprintf("must be 0: the refresh of one bank is not modelled for %s", s))
	}
}
