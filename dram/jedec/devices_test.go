package jedec_test

import "github.com/codesign-gym/codesign/dram/device"

// The devices of the tests, so that their figures stand next to the arithmetic of the expected clocks.

func ddr3() *device.Device {
	return &device.Device{
		Name: "DDR3-1600", Standard: device.DDR3, ClockMHz: 800, BankGroups: 1, BanksPerGroup: 8, Rows: 65536, Columns: 1024, WidthBits: 8, Chips: 8,
		BurstLength: 8, DataRate: 2,
		Timing: device.Timing{
			CL: 11, CWL: 8, TRCDRD: 11, TRCDWR: 11, TRP: 11, TRPAB: 11, TRAS: 28, TRC: 39, TRRDS: 5, TRRDL: 5, TCCDS: 4, TCCDL: 4, TCCDLWR: 4,
			TWTRS: 6, TWTRL: 6, RD2WRBubble: 2, TRTRS: 1, TFAW: 24, TWR: 12, TRTP: 6, TRFC: 208, TREFI: 6240, TCKE: 4, TCKESR: 5, TXP: 5,
			TXPDLL: 20, TXS: 216, TXSDLL: 512, TACTPDEN: 1, TPRPDEN: 1, TREFPDEN: 1,
		},
	}
}

func ddr4() *device.Device {
	return &device.Device{
		Name: "DDR4-2400", Standard: device.DDR4, ClockMHz: 1200, BankGroups: 4, BanksPerGroup: 4, Rows: 65536, Columns: 1024, WidthBits: 8, Chips: 8,
		BurstLength: 8, DataRate: 2,
		Timing: device.Timing{
			CL: 16, CWL: 12, TRCDRD: 16, TRCDWR: 16, TRP: 16, TRPAB: 16, TRAS: 39, TRC: 55, TRRDS: 4, TRRDL: 6, TCCDS: 4, TCCDL: 6, TCCDLWR: 6,
			TWTRS: 3, TWTRL: 9, RD2WRBubble: 2, TRTRS: 2, TFAW: 26, TWR: 18, TRTP: 9, TRFC: 420, TREFI: 9360, TCKE: 6, TCKESR: 7, TXP: 8,
			TXPDLL: 29, TXS: 432, TXSDLL: 768, TACTPDEN: 2, TPRPDEN: 2, TREFPDEN: 2,
		},
	}
}

func ddr5() *device.Device {
	return &device.Device{
		Name: "DDR5-4800", Standard: device.DDR5, ClockMHz: 2400, BankGroups: 8, BanksPerGroup: 4, Rows: 65536, Columns: 1024, WidthBits: 8, Chips: 4,
		BurstLength: 16, DataRate: 2,
		Timing: device.Timing{
			CL: 40, CWL: 38, TRCDRD: 39, TRCDWR: 39, TRP: 39, TRPAB: 39, TRAS: 77, TRC: 116, TRRDS: 8, TRRDL: 12, TCCDS: 8, TCCDL: 12, TCCDLWR: 24,
			TWTRS: 6, TWTRL: 24, RD2WRBubble: 4, TRTRS: 2, TFAW: 32, TWR: 72, TRTP: 18, TPPD: 2, TRFC: 708, TREFI: 9360, TCKE: 18, TCKESR: 24,
			TXP: 18, TXS: 708, TXSDLL: 1536, TACTPDEN: 2, TPRPDEN: 2, TREFPDEN: 2,
		},
	}
}

func lpddr4() *device.Device {
	return &device.Device{
		Name: "LPDDR4-3200", Standard: device.LPDDR4, ClockMHz: 1600, BankGroups: 1, BanksPerGroup: 8, Rows: 65536, Columns: 1024, WidthBits: 16,
		Chips: 2, BurstLength: 16, DataRate: 2,
		Timing: device.Timing{
			CL: 28, CWL: 14, TRCDRD: 29, TRCDWR: 29, TRP: 29, TRPAB: 34, TRAS: 68, TRC: 97, TRRDS: 16, TRRDL: 16, TCCDS: 8, TCCDL: 8, TCCDLWR: 8,
			TWTRS: 16, TWTRL: 16, RD2WRBubble: 2, TRTRS: 1, TFAW: 64, TWR: 29, TRTP: 12, TPPD: 4, TRFC: 448, TRFCPB: 224, TREFI: 6246, TREFIPB: 780,
			TCKE: 12, TCKESR: 24, TXP: 12, TXS: 460, TDQSCK: 6, TDQSS: 1, TDQS2DQ: 2, TWPRE: 2, TCCDMW: 32, TCMDCKE: 3, TESCKE: 3, TSR: 24, TXSR: 460,
		},
	}
}

func lpddr5() *device.Device {
	return &device.Device{
		Name: "LPDDR5-6400", Standard: device.LPDDR5, ClockMHz: 800, BankGroups: 4, BanksPerGroup: 4, Rows: 65536, Columns: 1024, WidthBits: 16,
		Chips: 2, BurstLength: 16, DataRate: 8,
		Timing: device.Timing{
			CL: 17, CWL: 9, TRCDRD: 15, TRCDWR: 15, TRP: 15, TRPAB: 17, TRAS: 34, TRC: 49, TRRDS: 4, TRRDL: 4, TCCDS: 2, TCCDL: 4, TCCDLWR: 4,
			TWTRS: 5, TWTRL: 10, TRTRS: 1, TFAW: 16, TWR: 28, TRTP: 6, TPPD: 2, TRFC: 224, TRFCPB: 112, TREFI: 3124, TREFIPB: 195, TCKE: 6, TXP: 6,
			TDQSCK: 2, TDQSS: 0, TDQS2DQ: 1, TWPRE: 1, TCMDCKE: 3, TSR: 12, TXSR: 230,
		},
	}
}

func hbm2() *device.Device {
	return &device.Device{
		Name: "HBM2-2000", Standard: device.HBM2, ClockMHz: 1000, BankGroups: 4, BanksPerGroup: 4, Rows: 16384, Columns: 128, WidthBits: 128, Chips: 1,
		BurstLength: 4, DataRate: 2,
		Timing: device.Timing{
			CL: 14, CWL: 5, TRCDRD: 14, TRCDWR: 12, TRP: 14, TRPAB: 14, TRAS: 34, TRC: 48, TRRDS: 4, TRRDL: 6, TCCDS: 2, TCCDL: 4, TCCDLWR: 4,
			TWTRS: 6, TWTRL: 8, RD2WRBubble: 2, TRTRS: 1, TFAW: 20, TWR: 16, TRTP: 5, TRFC: 260, TRFCPB: 160, TRREFD: 8, TREFI: 3900, TREFIPB: 243,
			TCKE: 8, TCKESR: 10, TXP: 8, TXS: 268, TACTPDEN: 1, TPRPDEN: 1, TREFPDEN: 1,
		},
	}
}

func gddr6() *device.Device {
	return &device.Device{
		Name: "GDDR6-14000", Standard: device.GDDR6, ClockMHz: 1750, BankGroups: 4, BanksPerGroup: 4, Rows: 16384, Columns: 1024, WidthBits: 16,
		Chips: 1, BurstLength: 16, DataRate: 8,
		Timing: device.Timing{
			CL: 24, CWL: 6, TRCDRD: 26, TRCDWR: 16, TRP: 26, TRPAB: 26, TRAS: 53, TRC: 79, TRRDS: 7, TRRDL: 7, TCCDS: 2, TCCDL: 3, TCCDLWR: 3,
			TWTRS: 9, TWTRL: 11, RD2WRBubble: 2, TRTRS: 2, TFAW: 28, T32AW: 235, TWR: 26, TRTP: 4, TPPD: 2, TRFC: 210, TRFCPB: 105, TRREFD: 16,
			TREFI: 3333, TREFIPB: 208, TCKE: 10, TCKESR: 10, TXP: 10, TXS: 220, TXSDLL: 500, TACTPDEN: 1, TPRPDEN: 1, TREFPDEN: 1,
		},
	}
}
