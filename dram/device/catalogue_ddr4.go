package device

// ddr4x2400x8Gb is a rank of eight 8 Gb x8 chips.
func ddr4x2400x8Gb() *Device {
	return &Device{
		Name: "ddr4-2400-8gb-x8",
		Source: "second-hand: the table of the measured reference runs (bin 2400R), currents as DRAMsim3 DDR4_8Gb_x8_2400 (Micron data sheet " +
			"figures), VPP as those runs; tRTRS: DRAMSys",
		Standard: DDR4, ClockMHz: 1200,
		BankGroups: 4, BanksPerGroup: 4, Rows: 65536, Columns: 1024, WidthBits: 8, Chips: 8, BurstLength: 8, DataRate: 2,
		Timing: Timing{
			CL: 16, CWL: 12, TRCDRD: 16, TRCDWR: 16, TRP: 16, TRPAB: 16, TRAS: 39, TRC: 55,
			TRRDS: 4, TRRDL: 6, TCCDS: 4, TCCDL: 6, TCCDLWR: 6, TWTRS: 3, TWTRL: 9, RD2WRBubble: 2, TRTRS: 1, TFAW: 26,
			TWR: 18, TRTP: 9, TRFC: 420, TREFI: 9360,
			TCKE: 6, TCKESR: 7, TXP: 8, TXPDLL: 29, TXS: 432, TXSDLL: 768, TACTPDEN: 2, TPRPDEN: 2, TREFPDEN: 2,
		},
		Rails: []Rail{
			{
				Name: "VDD", VoltageV: 1.2,
				IDD0MA: 48, IDD2NMA: 34, IDD3NMA: 43, IDD2P0MA: 25, IDD3P0MA: 37, IDD2P1MA: 25, IDD3P1MA: 37,
				IDD4RMA: 135, IDD4WMA: 123, IDD5MA: 250, IDD6MA: 30, IBetaMA: 48,
			},
			ddr4VPP(),
		},
		BankwiseRhoFrac: 0.333,
	}
}

// ddr4x3200x8Gb is a rank of eight 8 Gb x8 chips.
func ddr4x3200x8Gb() *Device {
	return &Device{
		Name: "ddr4-3200-8gb-x8",
		Source: "second-hand: DRAMsim3 DDR4_8Gb_x8_3200 (Micron data sheet figures), its tCK of 0.63 ns corrected to 0.625; " +
			"VPP as of ddr4-2400-8gb-x8; tXPDLL 24 ns like there; tXSDLL and power-down entry: JEDEC JESD79-4, not checked against the document",
		Standard: DDR4, ClockMHz: 1600,
		BankGroups: 4, BanksPerGroup: 4, Rows: 65536, Columns: 1024, WidthBits: 8, Chips: 8, BurstLength: 8, DataRate: 2,
		Timing: Timing{
			CL: 22, CWL: 16, TRCDRD: 22, TRCDWR: 22, TRP: 22, TRPAB: 22, TRAS: 52, TRC: 74,
			TRRDS: 4, TRRDL: 8, TCCDS: 4, TCCDL: 8, TCCDLWR: 8, TWTRS: 4, TWTRL: 12, RD2WRBubble: 2, TRTRS: 1, TFAW: 34,
			TWR: 24, TRTP: 12, TRFC: 560, TREFI: 12480,
			TCKE: 8, TCKESR: 9, TXP: 10, TXPDLL: 39, TXS: 576, TXSDLL: 1024, TACTPDEN: 2, TPRPDEN: 2, TREFPDEN: 2,
		},
		Rails: []Rail{
			{
				Name: "VDD", VoltageV: 1.2,
				IDD0MA: 57, IDD2NMA: 37, IDD3NMA: 52, IDD2P0MA: 25, IDD3P0MA: 43, IDD2P1MA: 25, IDD3P1MA: 43,
				IDD4RMA: 168, IDD4WMA: 150, IDD5MA: 250, IDD6MA: 30, IBetaMA: 57,
			},
			ddr4VPP(),
		},
		BankwiseRhoFrac: 0.333,
	}
}

// ddr4VPP is the supply of the word lines.
func ddr4VPP() Rail {
	return Rail{
		Name: "VPP", VoltageV: 2.5,
		IDD0MA: 3, IDD2NMA: 2, IDD3NMA: 2.5, IDD2P0MA: 1, IDD3P0MA: 1.5, IDD2P1MA: 1, IDD3P1MA: 1.5,
		IDD4RMA: 2.5, IDD4WMA: 2.5, IDD5MA: 28, IDD6MA: 1.5, IBetaMA: 3,
	}
}
