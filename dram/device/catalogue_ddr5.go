package device

// ddr5x4800x16Gb is a 32-bit sub-channel of four 16 Gb x8 chips.
func ddr5x4800x16Gb() *Device {
	return &Device{
		Name: "ddr5-4800-16gb-x8",
		Source: "bin 4800B (40-39-39, tRAS 32 ns): SK hynix module data sheet; bank-group and refresh delays: SPD figures of 16 Gb modules, " +
			"second-hand; RD2WR_bubble and tRTRS: Ramulator 2.1; power-down and self-refresh delays: JEDEC JESD79-5, not checked against the " +
			"document; IDD0, 2N, 3N, 4, 5 and VPP: Ramulator 2.0 default preset, second-hand; IDD2P, 3P, 6: assumed, no source, those of " +
			"ddr4-2400-8gb-x8 in proportion to IDD2N and IDD3N; VPP power-down and self refresh: assumed, half of standby",
		Standard: DDR5, ClockMHz: 2400,
		BankGroups: 8, BanksPerGroup: 4, Rows: 65536, Columns: 1024, WidthBits: 8, Chips: 4, BurstLength: 16, DataRate: 2,
		Timing: Timing{
			CL: 40, CWL: 38, TRCDRD: 39, TRCDWR: 39, TRP: 39, TRPAB: 39, TRAS: 77, TRC: 116,
			TRRDS: 8, TRRDL: 12, TCCDS: 8, TCCDL: 12, TCCDLWR: 24, TWTRS: 6, TWTRL: 24, RD2WRBubble: 4, TRTRS: 2, TFAW: 32,
			TWR: 72, TRTP: 18, TPPD: 2, TRFC: 708, TREFI: 9360,
			TCKE: 18, TCKESR: 24, TXP: 18, TXS: 708, TXSDLL: 1536, TACTPDEN: 2, TPRPDEN: 2, TREFPDEN: 2,
		},
		Rails: []Rail{
			{
				Name: "VDD", VoltageV: 1.1,
				IDD0MA: 60, IDD2NMA: 50, IDD3NMA: 55, IDD2P0MA: 37, IDD3P0MA: 47, IDD2P1MA: 37, IDD3P1MA: 47,
				IDD4RMA: 145, IDD4WMA: 145, IDD5MA: 362, IDD6MA: 44, IBetaMA: 60,
			},
			{
				Name: "VPP", VoltageV: 1.8,
				IDD0MA: 3, IDD2NMA: 3, IDD3NMA: 3, IDD2P0MA: 1.5, IDD3P0MA: 1.5, IDD2P1MA: 1.5, IDD3P1MA: 1.5,
				IDD4RMA: 3, IDD4WMA: 3, IDD5MA: 48, IDD6MA: 1.5, IBetaMA: 3,
			},
		},
		BankwiseRhoFrac: 0.333,
	}
}
