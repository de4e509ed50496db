package device

// Rail is one supply of a chip with the currents of the data sheet. A second rail adds the same energy terms with its own voltage.
type Rail struct {
	Name     string  `toml:"name"`
	VoltageV float64 `toml:"voltage_v"`
	// Currents of one chip in mA.
	IDD0MA   float64 `toml:"idd0_ma"`
	IDD2NMA  float64 `toml:"idd2n_ma"`
	IDD3NMA  float64 `toml:"idd3n_ma"`
	IDD2P0MA float64 `toml:"idd2p0_ma"` // slow-exit power-down
	IDD3P0MA float64 `toml:"idd3p0_ma"`
	IDD2P1MA float64 `toml:"idd2p1_ma"` // fast-exit power-down
	IDD3P1MA float64 `toml:"idd3p1_ma"`
	IDD4RMA  float64 `toml:"idd4r_ma"`
	IDD4WMA  float64 `toml:"idd4w_ma"`
	IDD5MA   float64 `toml:"idd5_ma"`   // refresh of all banks, average over tRFC
	IDD5PBMA float64 `toml:"idd5pb_ma"` // refresh of one bank after another, average over tREFI/banks
	IDD6MA   float64 `toml:"idd6_ma"`
	IBetaMA  float64 `toml:"ibeta_ma"` // DRAMPower 5's precharge current; IDD0MA where unknown
}
