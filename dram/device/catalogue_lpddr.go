package device

// lpddr4x3200x8Gb is a 32-bit channel of two x16 dies of 8 Gb.
func lpddr4x3200x8Gb() *Device {
	return &Device{
		Name:     "lpddr4-3200-8gb-x16x2",
		Source:   "second-hand: the table of the measured reference runs, as DRAMSys JEDEC_8Gb_LPDDR4-3200_16bit",
		Standard: LPDDR4, ClockMHz: 1600,
		BankGroups: 1, BanksPerGroup: 8, Rows: 65536, Columns: 1024, WidthBits: 16, Chips: 2, BurstLength: 16, DataRate: 2,
		Timing: Timing{
			CL: 28, CWL: 14, TRCDRD: 29, TRCDWR: 29, TRP: 29, TRPAB: 34, TRAS: 68, TRC: 97,
			TRRDS: 16, TRRDL: 16, TCCDS: 8, TCCDL: 8, TCCDLWR: 8, TWTRS: 16, TWTRL: 16, RD2WRBubble: 2, TRTRS: 1, TFAW: 64,
			TWR: 29, TRTP: 12, TPPD: 4, TRFC: 448, TRFCPB: 224, TREFI: 6246, TREFIPB: 780,
			TCKE: 12, TXP: 12, TDQSCK: 6, TDQSS: 1, TDQS2DQ: 2, TRPST: 0, TWPRE: 2, TCCDMW: 32, TCMDCKE: 3, TESCKE: 3, TSR: 24, TXSR: 460,
		},
		Rails: []Rail{
			{
				Name: "VDD2", VoltageV: 1.1,
				IDD0MA: 45, IDD2NMA: 27, IDD3NMA: 30, IDD2P0MA: 3, IDD3P0MA: 9, IDD2P1MA: 3, IDD3P1MA: 9,
				IDD4RMA: 275, IDD4WMA: 210, IDD5MA: 90, IDD5PBMA: 30, IDD6MA: 0.5, IBetaMA: 45,
			},
			{
				Name: "VDD1", VoltageV: 1.8,
				IDD0MA: 3.5, IDD2NMA: 2, IDD3NMA: 2.25, IDD2P0MA: 1.2, IDD3P0MA: 1.2, IDD2P1MA: 1.2, IDD3P1MA: 1.2,
				IDD4RMA: 2.25, IDD4WMA: 2.25, IDD5MA: 10, IDD5PBMA: 2.5, IDD6MA: 0.3, IBetaMA: 3.5,
			},
		},
		BankwiseRhoFrac: 0.333,
	}
}

// lpddr5x6400x16Gb is a 32-bit channel of two x16 dies of 16 Gb in bank group mode. WCK runs at four times the command clock of 800 MHz and
// carries two transfers a period: 8 transfers a command clock. A burst of 16 takes 2 of them.
func lpddr5x6400x16Gb() *Device {
	return &Device{
		Name: "lpddr5-6400-16gb-x16x2",
		Source: "second-hand: Ramulator 2.1 LPDDR5_6400 (JEDEC JESD209-5B) for geometry and most timing; tDQSCK, tDQS2DQ, power-down and " +
			"self-refresh delays: JESD209-5, not checked against the document; currents: assumed, no source, those of " +
			"lpddr4-3200-8gb-x16x2 with IDD4 - IDD3N doubled for the doubled data rate, VDD2H 1.05 V",
		Standard: LPDDR5, ClockMHz: 800,
		BankGroups: 4, BanksPerGroup: 4, Rows: 65536, Columns: 1024, WidthBits: 16, Chips: 2, BurstLength: 16, DataRate: 8,
		Timing: Timing{
			CL: 17, CWL: 9, TRCDRD: 15, TRCDWR: 15, TRP: 15, TRPAB: 17, TRAS: 34, TRC: 49,
			TRRDS: 4, TRRDL: 4, TCCDS: 2, TCCDL: 4, TCCDLWR: 4, TWTRS: 5, TWTRL: 10, RD2WRBubble: 2, TRTRS: 2, TFAW: 16,
			TWR: 28, TRTP: 8, TPPD: 2, TRFC: 224, TREFI: 3125,
			TCKE: 6, TXP: 6, TDQSCK: 2, TDQS2DQ: 1, TCMDCKE: 2, TSR: 12, TXSR: 230,
		},
		Rails: []Rail{
			{
				Name: "VDD2H", VoltageV: 1.05,
				IDD0MA: 45, IDD2NMA: 27, IDD3NMA: 30, IDD2P0MA: 3, IDD3P0MA: 9, IDD2P1MA: 3, IDD3P1MA: 9,
				IDD4RMA: 520, IDD4WMA: 390, IDD5MA: 90, IDD6MA: 0.5, IBetaMA: 45,
			},
			{
				Name: "VDD1", VoltageV: 1.8,
				IDD0MA: 3.5, IDD2NMA: 2, IDD3NMA: 2.25, IDD2P0MA: 1.2, IDD3P0MA: 1.2, IDD2P1MA: 1.2, IDD3P1MA: 1.2,
				IDD4RMA: 2.25, IDD4WMA: 2.25, IDD5MA: 10, IDD6MA: 0.3, IBetaMA: 3.5,
			},
		},
		BankwiseRhoFrac: 0.333,
	}
}
