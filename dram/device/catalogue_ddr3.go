package device

// ddr3x1600x4Gb is a rank of eight 4 Gb x8 chips.
func ddr3x1600x4Gb() *Device {
	return &Device{
		Name:     "ddr3-1600-4gb-x8",
		Source:   "second-hand: the table of the measured reference runs (bin 1600K), currents as DRAMsim3 DDR3_4Gb_x8_1600 but for power-down; tRTRS: DRAMSys",
		Standard: DDR3, ClockMHz: 800,
		BankGroups: 1, BanksPerGroup: 8, Rows: 65536, Columns: 1024, WidthBits: 8, Chips: 8, BurstLength: 8, DataRate: 2,
		Timing: Timing{
			CL: 11, CWL: 8, TRCDRD: 11, TRCDWR: 11, TRP: 11, TRPAB: 11, TRAS: 28, TRC: 39,
			TRRDS: 5, TRRDL: 5, TCCDS: 4, TCCDL: 4, TCCDLWR: 4, TWTRS: 6, TWTRL: 6, RD2WRBubble: 2, TRTRS: 1, TFAW: 24,
			TWR: 12, TRTP: 6, TRFC: 208, TREFI: 6240,
			TCKE: 4, TCKESR: 5, TXP: 5, TXPDLL: 20, TXS: 216, TXSDLL: 512, TACTPDEN: 1, TPRPDEN: 1, TREFPDEN: 1,
		},
		Rails: []Rail{{
			Name: "VDD", VoltageV: 1.5,
			IDD0MA: 55, IDD2NMA: 32, IDD3NMA: 38, IDD2P0MA: 12, IDD3P0MA: 30, IDD2P1MA: 18, IDD3P1MA: 30,
			IDD4RMA: 157, IDD4WMA: 125, IDD5MA: 235, IDD6MA: 20, IBetaMA: 55,
		}},
		BankwiseRhoFrac: 0.333,
	}
}

// ddr3x1600x1Gb is a rank of eight 1 Gb x8 chips: the device of ArchGym's DRAM environment.
func ddr3x1600x1Gb() *Device {
	return &Device{
		Name:     "ddr3-1600-1gb-x8",
		Source:   "second-hand: DRAMSys memspec MICRON_1Gb_DDR3-1600_8bit_G (Micron data sheet figures)",
		Standard: DDR3, ClockMHz: 800,
		BankGroups: 1, BanksPerGroup: 8, Rows: 16384, Columns: 1024, WidthBits: 8, Chips: 8, BurstLength: 8, DataRate: 2,
		Timing: Timing{
			CL: 10, CWL: 8, TRCDRD: 10, TRCDWR: 10, TRP: 10, TRPAB: 10, TRAS: 28, TRC: 38,
			TRRDS: 5, TRRDL: 5, TCCDS: 4, TCCDL: 4, TCCDLWR: 4, TWTRS: 6, TWTRL: 6, RD2WRBubble: 2, TRTRS: 1, TFAW: 24,
			TWR: 12, TRTP: 6, TRFC: 88, TREFI: 6240,
			TCKE: 3, TCKESR: 4, TXP: 6, TXPDLL: 20, TXS: 96, TXSDLL: 512, TACTPDEN: 1, TPRPDEN: 1, TREFPDEN: 1,
		},
		Rails: []Rail{{
			Name: "VDD", VoltageV: 1.5,
			IDD0MA: 70, IDD2NMA: 45, IDD3NMA: 45, IDD2P0MA: 12, IDD3P0MA: 35, IDD2P1MA: 30, IDD3P1MA: 35,
			IDD4RMA: 140, IDD4WMA: 145, IDD5MA: 170, IDD6MA: 8, IBetaMA: 70,
		}},
		BankwiseRhoFrac: 0.333,
	}
}

// ddr3x1600x2Gb is a rank of eight 2 Gb x8 chips: half the rows of the 4 Gb ones, shorter refresh, other currents.
func ddr3x1600x2Gb() *Device {
	d := ddr3x1600x4Gb()
	d.Name = "ddr3-1600-2gb-x8"
	d.Source = "second-hand: the table of the measured reference runs (bin 1600K); tRTRS: DRAMSys"
	d.Rows = 32768
	d.Timing.TRFC, d.Timing.TXS = 128, 136
	d.Rails = []Rail{{
		Name: "VDD", VoltageV: 1.5,
		IDD0MA: 70, IDD2NMA: 42, IDD3NMA: 45, IDD2P0MA: 12, IDD3P0MA: 40, IDD2P1MA: 35, IDD3P1MA: 40,
		IDD4RMA: 140, IDD4WMA: 170, IDD5MA: 190, IDD6MA: 12, IBetaMA: 70,
	}}
	return d
}
