package device_test

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/device"
)

func TestCheckNamesTheFault(t *testing.T) {
	cases := []struct {
		name   string
		device string
		spoil  func(*device.Device)
		want   string
	}{
		{"no name", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Name = "" }, `name "": must not be empty`},
		{"standard", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Standard = 7 }, "standard Standard(7): must be one of [DDR3"},
		{"clock 0", "ddr4-2400-8gb-x8", func(d *device.Device) { d.ClockMHz = 0 }, "clock_mhz 0: must be in (0, 10000]"},
		{"clock NaN", "ddr4-2400-8gb-x8", func(d *device.Device) { d.ClockMHz = math.NaN() }, "clock_mhz NaN: must be in (0, 10000]"},
		{"rho", "ddr4-2400-8gb-x8", func(d *device.Device) { d.BankwiseRhoFrac = 1.5 }, "bankwise_rho 1.5: must be in [0, 1]"},

		{"banks 0", "ddr4-2400-8gb-x8", func(d *device.Device) { d.BanksPerGroup = 0 }, "banks_per_group 0: must be a power of two in [1, 16777216]"},
		{"rows odd", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Rows = 65535 }, "rows 65535: must be a power of two"},
		{"columns negative", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Columns = -1024 }, "columns -1024: must be a power of two"},
		{"nine chips", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Chips = 9 }, "chips 9: must be a power of two"},
		{"groups in DDR3", "ddr3-1600-4gb-x8", func(d *device.Device) { d.BankGroups = 2 }, "bank_groups 2: must be 1: DDR3 has none"},
		{"half a clock", "ddr4-2400-8gb-x8", func(d *device.Device) { d.DataRate = 16 }, "data_rate 16: must be in [1, burst_length = 8]"},
		{"burst over the row", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Columns = 4 }, "burst_length 8: must be in [1, columns = 4]"},
		{"half a byte", "ddr4-2400-8gb-x8", func(d *device.Device) { d.WidthBits, d.Chips, d.BurstLength, d.DataRate = 1, 1, 4, 2 },
			"burst_length 4: must be at least 8: a burst moves whole bytes"},
		{"too big", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Rows, d.Columns, d.Chips = 1<<24, 1<<24, 1<<10 }, "rows 16777216: must make a rank of at most 2^60"},

		{"CL 0", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Timing.CL = 0 }, "timing.CL 0: must be in [1, 1048576] clocks in DDR4"},
		{"CWL negative", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Timing.CWL = -1 }, "timing.CWL -1: must be in [1, 1048576]"},
		{"tRTRS negative", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Timing.TRTRS = -1 }, "timing.tRTRS -1: must be in [0, 1048576]"},
		{"tRFC huge", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Timing.TRFC = 1 << 30 }, "timing.tRFC 1.073741824e+09: must be in"},
		{"no tXSR", "lpddr4-3200-8gb-x16x2", func(d *device.Device) { d.Timing.TXSR = 0 }, "timing.tXSR 0: must be in [1, 1048576] clocks in LPDDR4"},
		{"no tXS", "hbm2-2000-4gb-x128", func(d *device.Device) { d.Timing.TXS = 0 }, "timing.tXS 0: must be in [1, 1048576] clocks in HBM2"},
		{"tRC", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Timing.TRC = 54 }, "timing.tRC 54: must be at least tRAS + tRP = 55"},
		{"tRAS", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Timing.TRAS = 15 }, "timing.tRAS 15: must be at least tRCDRD = 16"},
		{"tRPAB", "lpddr4-3200-8gb-x16x2", func(d *device.Device) { d.Timing.TRPAB = 28 }, "timing.tRPAB 28: must be at least tRP = 29"},
		{"tRRDL", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Timing.TRRDL = 3 }, "timing.tRRDL 3: must be at least tRRDS = 4"},
		{"tFAW", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Timing.TFAW = 3 }, "timing.tFAW 3: must be at least tRRDS = 4"},
		{"t32AW", "gddr6-14000-8gb-x16x2", func(d *device.Device) { d.Timing.T32AW = 28 }, "timing.t32AW 28: must be at least tFAW = 29"},
		{"tCCDS", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Timing.TCCDS = 3 }, "timing.tCCDS 3: must be at least burst_length / data_rate = 4"},
		{"tCCDL", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Timing.TCCDL = 3 }, "timing.tCCDL 3: must be at least tCCDS = 4"},
		{"tCCDLWR", "ddr5-4800-16gb-x8", func(d *device.Device) { d.Timing.TCCDLWR = 11 }, "timing.tCCDLWR 11: must be at least tCCDL = 12"},
		{"tWTRL", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Timing.TWTRL = 2 }, "timing.tWTRL 2: must be at least tWTRS = 3"},
		{"tREFI", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Timing.TREFI = 420 }, "timing.tREFI 420: must be at least tRFC + 1 = 421"},
		{"AL", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Timing.AL = 16 }, "timing.AL 16: must be in [0, CL - 1 = 15]"},
		{"AL in LPDDR4", "lpddr4-3200-8gb-x16x2", func(d *device.Device) { d.Timing.AL = 1 }, "timing.AL 1: must be 0: LPDDR4 has no additive latency"},
		{"tXS", "ddr3-1600-2gb-x8", func(d *device.Device) { d.Timing.TXS = 127 }, "timing.tXS 127: must be at least tRFC = 128"},
		{"tXSR", "lpddr4-3200-8gb-x16x2", func(d *device.Device) { d.Timing.TXSR = 447 }, "timing.tXSR 447: must be at least tRFC = 448"},
		{"tRFCPB in DDR4", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Timing.TRFCPB, d.Timing.TREFIPB = 100, 600 }, "timing.tRFCPB 100: must be 0"},
		{"tRFCPB", "lpddr4-3200-8gb-x16x2", func(d *device.Device) { d.Timing.TRFCPB = 449 }, "timing.tRFCPB 449: must be in [0, tRFC = 448]"},
		{"tREFIPB", "lpddr4-3200-8gb-x16x2", func(d *device.Device) { d.Timing.TREFIPB = 224 }, "timing.tREFIPB 224: must be at least tRFCPB + 1 = 225"},
		{"tRREFD", "hbm2-2000-4gb-x128", func(d *device.Device) { d.Timing.TRREFD = 0 }, "timing.tRREFD 0: must be in [1, 1048576]"},

		{"no rail", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Rails = nil }, "rails []: must hold at least one supply"},
		{"rail twice", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Rails[1].Name = "VDD" }, `rails[1].name "VDD": must not be empty and not be that of another`},
		{"voltage", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Rails[1].VoltageV = 0 }, "rails[1].voltage_v 0: must be in (0, 10]"},
		{"negative current", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Rails[0].IDD6MA = -1 }, "rails[0].idd6_ma -1: must be in [0, 10000]"},
		{"infinite current", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Rails[0].IDD5MA = math.Inf(1) }, "rails[0].idd5_ma +Inf: must be in [0, 10000]"},
		{"IDD0", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Rails[0].IDD0MA = 42 }, "rails[0].idd0_ma 42: must be at least idd3n_ma = 43: an energy would be negative"},
		{"IDD3N", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Rails[0].IDD3NMA = 33 }, "rails[0].idd3n_ma 33: must be at least idd2n_ma = 34"},
		{"IDD4R", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Rails[0].IDD4RMA = 42 }, "rails[0].idd4r_ma 42: must be at least idd3n_ma = 43"},
		{"IDD4W", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Rails[0].IDD4WMA = 42 }, "rails[0].idd4w_ma 42: must be at least idd3n_ma = 43"},
		{"IDD5", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Rails[0].IDD5MA = 42 }, "rails[0].idd5_ma 42: must be at least idd3n_ma = 43"},
		{"IDD2P0", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Rails[0].IDD2P0MA = 35 }, "rails[0].idd2n_ma 34: must be at least idd2p0_ma = 35"},
		{"IDD3P1", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Rails[0].IDD3P1MA = 44 }, "rails[0].idd3n_ma 43: must be at least idd3p1_ma = 44"},
		{"IBeta below standby", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Rails[0].IBetaMA = 33 }, "rails[0].ibeta_ma 33: must be at least idd2n_ma = 34"},
		// (48 (39+16) - 43 39)/16 = 60.19
		{"IBeta leaves nothing", "ddr4-2400-8gb-x8", func(d *device.Device) { d.Rails[0].IBetaMA = 60.2 }, "rails[0].ibeta_ma 60.2: must be at most 60.19"},
		// (30 224 + 27 (780.75-224))/780.75 = 27.86
		{"IDD5PB", "lpddr4-3200-8gb-x16x2", func(d *device.Device) { d.Rails[0].IDD5PBMA = 27.8 }, "rails[0].idd5pb_ma 27.8: must be at least 27.86"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := lookup(t, c.device)
			c.spoil(d)
			require.ErrorContains(t, d.Check(), c.want)
		})
	}
}

func TestCheckReportsAllAtOnce(t *testing.T) {
	d := lookup(t, "ddr4-2400-8gb-x8")
	d.Rows, d.Timing.CL, d.Timing.TRP, d.Rails[0].IDD0MA = 3, 0, -2, 1
	err := d.Check()
	for _, field := range []string{"rows 3", "timing.CL 0", "timing.tRP -2", "rails[0].idd0_ma 1"} {
		require.ErrorContains(t, err, field)
	}
	require.Equal(t, 4, len(strings.Split(err.Error(), "\n")), "no consequence of these four is reported besides")
}

func TestLimitsThemselvesPass(t *testing.T) {
	d := lookup(t, "ddr4-2400-8gb-x8")
	d.Timing.TRC = d.Timing.TRAS + d.Timing.TRP
	d.Timing.TREFI = d.Timing.TRFC + 1
	d.Timing.TFAW = d.Timing.TRRDS
	d.Timing.AL = d.Timing.CL - 1
	d.Rails[0].IDD0MA = d.Rails[0].IDD3NMA
	d.Rails[0].IBetaMA = d.Rails[0].IDD0MA
	d.BankwiseRhoFrac = 0
	require.NoError(t, d.Check())
}

func TestRulesOfNoStandardPanics(t *testing.T) {
	d := lookup(t, "ddr4-2400-8gb-x8")
	d.Standard = 7
	require.PanicsWithValue(t, `device: "ddr4-2400-8gb-x8": no rules for Standard(7)`, func() { d.Rules() })
}
