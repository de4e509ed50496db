package device

// hbm2x2000x4Gb is one 128-bit channel in legacy mode of a 4 GB stack.
func hbm2x2000x4Gb() *Device {
	return &Device{
		Name: "hbm2-2000-4gb-x128",
		Source: "second-hand: Ramulator 2.1 HBM2_2000Mbps timing and JEDEC JESD235 tables, with the 2 KB page of legacy mode; power-down, self " +
			"refresh and currents: DRAMsim3 HBM2_8Gb_x128; power-down entry, tRTRS and IDD5PB (a sixteenth of an all-bank refresh): assumed, no source",
		Standard: HBM2, ClockMHz: 1000,
		BankGroups: 4, BanksPerGroup: 4, Rows: 16384, Columns: 128, WidthBits: 128, Chips: 1, BurstLength: 4, DataRate: 2,
		Timing: Timing{
			CL: 14, CWL: 5, TRCDRD: 14, TRCDWR: 12, TRP: 14, TRPAB: 14, TRAS: 34, TRC: 48,
			TRRDS: 4, TRRDL: 4, TCCDS: 2, TCCDL: 4, TCCDLWR: 4, TWTRS: 6, TWTRL: 8, RD2WRBubble: 2, TRTRS: 1, TFAW: 15,
			TWR: 16, TRTP: 5, TRFC: 260, TRFCPB: 160, TRREFD: 8, TREFI: 3900, TREFIPB: 243,
			TCKE: 8, TCKESR: 10, TXP: 8, TXS: 268, TACTPDEN: 1, TPRPDEN: 1, TREFPDEN: 1,
		},
		Rails: []Rail{{
			Name: "VDD", VoltageV: 1.2,
			IDD0MA: 65, IDD2NMA: 40, IDD3NMA: 55, IDD2P0MA: 28, IDD3P0MA: 40, IDD2P1MA: 28, IDD3P1MA: 40,
			IDD4RMA: 390, IDD4WMA: 500, IDD5MA: 250, IDD5PBMA: 63, IDD6MA: 31, IBetaMA: 65,
		}},
		BankwiseRhoFrac: 0.333,
	}
}
