package device_test

import (
	"encoding/csv"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/device"
)

func TestEveryShippedDevicePassesCheck(t *testing.T) {
	for _, d := range device.Catalogue() {
		t.Run(d.Name, func(t *testing.T) {
			require.NoError(t, d.Check())
			require.Equal(t, 64, d.BurstBytes(), "one request is 64 bytes")
			require.NotEmpty(t, d.Source)
		})
	}
}

func TestCapacities(t *testing.T) {
	for name, mib := range map[string]int64{ // chips x chip capacity
		"ddr3-1600-1gb-x8":       1024, // 8 x 1 Gb
		"ddr3-1600-2gb-x8":       2048,
		"ddr3-1600-4gb-x8":       4096,
		"ddr4-2400-8gb-x8":       8192,
		"ddr4-3200-8gb-x8":       8192,
		"ddr5-4800-16gb-x8":      8192, // 4 x 16 Gb
		"lpddr4-3200-8gb-x16x2":  2048, // 2 x 8 Gb
		"lpddr5-6400-16gb-x16x2": 4096, // 2 x 16 Gb
		"hbm2-2000-4gb-x128":     512,  // a channel of 4 Gb
		"gddr6-14000-8gb-x16x2":  1024, // one chip of 8 Gb
	} {
		require.Equal(t, mib<<20, lookup(t, name).CapacityBytes(), name)
	}
	require.Len(t, device.Names(), 10)
}

func TestPeakBandwidths(t *testing.T) {
	for name, gbps := range map[string]float64{ // pins x data rate / 8
		"ddr3-1600-1gb-x8":       12.8,
		"ddr4-3200-8gb-x8":       25.6,
		"ddr5-4800-16gb-x8":      19.2, // 32 pins
		"lpddr5-6400-16gb-x16x2": 25.6,
		"hbm2-2000-4gb-x128":     32,
		"gddr6-14000-8gb-x16x2":  56,
	} {
		d := lookup(t, name)
		require.InDelta(t, gbps, float64(d.BurstBytes())/(float64(d.BurstClocks())*d.ClockNS()), 1e-9, name)
	}
}

func TestLookupNamesTheKnownDevices(t *testing.T) {
	_, err := device.Lookup("ddr2-800")
	require.ErrorContains(t, err, `"ddr2-800"`)
	require.ErrorContains(t, err, "ddr3-1600-1gb-x8, ddr3-1600-2gb-x8")
}

func TestLookupIsFresh(t *testing.T) {
	d := lookup(t, "ddr4-2400-8gb-x8")
	d.Timing.CL, d.Rails[0].IDD0MA = 1, 1
	require.Equal(t, 16, lookup(t, d.Name).Timing.CL)
	require.Equal(t, 48.0, lookup(t, d.Name).Rails[0].IDD0MA)
}

// The four devices of the measured runs have the figures of the table with which the runs were made.
func TestReferenceDevices(t *testing.T) {
	file, err := os.Open("testdata/devices.csv")
	require.NoError(t, err)
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	seen := 0
	for _, row := range rows[1:] {
		values := figures(lookup(t, strings.ToLower(row[0])))
		if row[1] == "proto" {
			require.Equal(t, row[2], lookup(t, strings.ToLower(row[0])).Standard.String())
			continue
		}
		want, err := strconv.ParseFloat(row[2], 64)
		require.NoError(t, err)
		require.Contains(t, values, row[1])
		for _, got := range values[row[1]] {
			require.InDelta(t, want, got, 5e-7, "%s %s", row[0], row[1]) // the table rounds tCK of DDR4
		}
		seen++
	}
	require.Equal(t, 3*49+60, seen)
}

// figures are the values of a device under the names of the reference table.
func figures(d *device.Device) map[string][]float64 {
	t, r := d.Timing, d.Rails[0]
	values := map[string][]float64{
		"tCK": {d.ClockNS()}, "clkMhz": {d.ClockMHz}, "VDD": {r.VoltageV},
		"IDD0": {r.IDD0MA, r.IBetaMA}, "IDD2N": {r.IDD2NMA}, "IDD2P0": {r.IDD2P0MA}, "IDD2P1": {r.IDD2P1MA}, "IDD3N": {r.IDD3NMA},
		"IDD3P0": {r.IDD3P0MA}, "IDD3P1": {r.IDD3P1MA}, "IDD4W": {r.IDD4WMA}, "IDD4R": {r.IDD4RMA}, "IDD5": {r.IDD5MA}, "IDD6": {r.IDD6MA},
	}
	for name, clocks := range map[string][]int{
		"bg": {d.BankGroups}, "bpg": {d.BanksPerGroup}, "rows": {d.Rows}, "cols": {d.Columns}, "width": {d.WidthBits}, "ndev": {d.Chips},
		"BL": {d.BurstLength}, "tCL": {t.CL}, "tCWL": {t.CWL}, "tAL": {t.AL}, "tRCD": {t.TRCDRD, t.TRCDWR}, "tRP": {t.TRP}, "tRPAB": {t.TRPAB},
		"tRAS": {t.TRAS}, "tRC": {t.TRC}, "tRCAB": {t.TRAS + t.TRPAB}, "tRRD_S": {t.TRRDS}, "tRRD_L": {t.TRRDL}, "tCCD_S": {t.TCCDS},
		"tCCD_L": {t.TCCDL, t.TCCDLWR}, "tWTR_S": {t.TWTRS}, "tWTR_L": {t.TWTRL}, "tFAW": {t.TFAW}, "tWR": {t.TWR}, "tRTP": {t.TRTP},
		"tRFC": {t.TRFC}, "tRFCPB": {t.TRFCPB}, "tREFI": {t.TREFI}, "tREFIPB": {t.TREFIPB}, "tCKE": {t.TCKE}, "tCKESR": {t.TCKESR + t.TSR},
		"tXP": {t.TXP}, "tXPDLL": {t.TXPDLL}, "tXS": {t.TXS + t.TXSR}, "tXSDLL": {t.TXSDLL}, "tPPD": {t.TPPD}, "tRD2WR_BUBBLE": {t.RD2WRBubble},
		"tDQSCK": {t.TDQSCK}, "tDQSS": {t.TDQSS}, "tDQS2DQ": {t.TDQS2DQ}, "tCCDMW": {t.TCCDMW}, "tCMDCKE": {t.TCMDCKE}, "tESCKE": {t.TESCKE},
		"tRPST": {t.TRPST}, "tWPRE": {t.TWPRE}, "tSR": {t.TSR}, "tXSR": {t.TXSR}, "tRTRS": {t.TRTRS},
		"tACTPDEN": {t.TACTPDEN}, "tPRPDEN": {t.TPRPDEN}, "tREFPDEN": {t.TREFPDEN},
	} {
		for _, c := range clocks {
			values[name] = append(values[name], float64(c))
		}
	}
	return values
}
