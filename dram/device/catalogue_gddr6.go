package device

// gddr6x14000x8Gb is a chip of 8 Gb whose two 16-bit channels work in lockstep: two "chips" of 16 bits. WCK runs at four times the command
// clock of 1750 MHz and carries two transfers a period: 8 transfers a command clock. A burst of 16 takes 2 of them.
func gddr6x14000x8Gb() *Device {
	return &Device{
		Name: "gddr6-14000-8gb-x16x2",
		Source: "second-hand: Ramulator 2.1 GDDR6_14000_1350mV (Samsung 8 Gb data sheet figures), tRC 79 raised to tRAS + tRP; power-down: " +
			"DRAMsim3 GDDR6_8Gb_x16 in ns; self refresh, power-down entry, tRTRS: assumed, no source; currents: DRAMsim3, second-hand, a " +
			"data rate of 12 Gb/s, IDD5PB: assumed, a sixteenth of an all-bank refresh",
		Standard: GDDR6, ClockMHz: 1750,
		BankGroups: 4, BanksPerGroup: 4, Rows: 16384, Columns: 1024, WidthBits: 16, Chips: 2, BurstLength: 16, DataRate: 8,
		Timing: Timing{
			CL: 24, CWL: 6, TRCDRD: 27, TRCDWR: 16, TRP: 27, TRPAB: 27, TRAS: 53, TRC: 80,
			TRRDS: 8, TRRDL: 8, TCCDS: 2, TCCDL: 4, TCCDLWR: 4, TWTRS: 9, TWTRL: 11, RD2WRBubble: 2, TRTRS: 1, TFAW: 29,
			TWR: 27, TRTP: 4, TPPD: 1, TRFC: 211, TRFCPB: 106, TRREFD: 15, TREFI: 3333, TREFIPB: 208,
			TCKE: 14, TCKESR: 14, TXP: 14, TXS: 221, TACTPDEN: 1, TPRPDEN: 1, TREFPDEN: 1,
		},
		Rails: []Rail{{
			Name: "VDD", VoltageV: 1.35,
			IDD0MA: 71, IDD2NMA: 60, IDD3NMA: 61, IDD2P0MA: 45, IDD3P0MA: 50, IDD2P1MA: 45, IDD3P1MA: 50,
			IDD4RMA: 248, IDD4WMA: 231, IDD5MA: 286, IDD5PBMA: 75, IDD6MA: 35, IBetaMA: 71,
		}},
		BankwiseRhoFrac: 0.333,
	}
}
