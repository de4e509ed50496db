package device

// Device is one rank: a set of equal DRAM chips that work in lockstep behind one data bus.
type Device struct {
	Name     string   `toml:"name"`   // catalogue name: "ddr4-2400-8gb-x8"
	Source   string   `toml:"source"` // where the figures come from
	Standard Standard `toml:"standard"`
	ClockMHz float64  `toml:"clock_mhz"` // command clock; the clock period is 1000/ClockMHz ns

	BankGroups    int `toml:"bank_groups"` // 1 where the standard has none
	BanksPerGroup int `toml:"banks_per_group"`
	Rows          int `toml:"rows"`         // of a bank
	Columns       int `toml:"columns"`      // of a row, each WidthBits wide
	WidthBits     int `toml:"width_bits"`   // data pins of a chip
	Chips         int `toml:"chips"`        // chips of a rank
	BurstLength   int `toml:"burst_length"` // transfers of a burst
	DataRate      int `toml:"data_rate"`    // transfers per command clock: 2 for DDR

	Timing Timing `toml:"timing"`
	// Rails are the supplies, at least one. The first is the main one (VDD; VDD2 of LPDDR): the only one that DRAMPower 4 and DRAMsim3 meter,
	// which know a single supply. DRAMPower 5 meters all of them.
	Rails []Rail `toml:"rails"`
	// BankwiseRhoFrac is DRAMPower 5's share of the extra active standby current that the whole chip draws as soon as one bank is open, in [0, 1].
	BankwiseRhoFrac float64 `toml:"bankwise_rho"`
}

// BurstClocks is how many command clocks the data of a burst take.
func (d *Device) BurstClocks() int { return d.BurstLength / d.DataRate }

// Banks is the number of banks of a rank.
func (d *Device) Banks() int { return d.BankGroups * d.BanksPerGroup }

// BurstBytes is how many bytes a burst of the rank moves: the size of a request.
func (d *Device) BurstBytes() int { return d.WidthBits * d.Chips * d.BurstLength / 8 }

// BurstsPerRow is how many bursts a row of the rank holds.
func (d *Device) BurstsPerRow() int { return d.Columns / d.BurstLength }

// CapacityBytes is the size of a rank.
func (d *Device) CapacityBytes() int64 {
	return int64(d.Banks()) * int64(d.Rows) * int64(d.BurstsPerRow()) * int64(d.BurstBytes())
}

// ClockNS is the clock period.
func (d *Device) ClockNS() float64 { return 1000 / d.ClockMHz }
