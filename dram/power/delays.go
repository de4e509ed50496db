package power

import "github.com/codesign-gym/codesign/dram/device"

// delays are the timings that the counting rules need, in clocks.
type delays struct {
	trcd, tras, trp, trfc, trfcpb int64
	readToPre, writeToPre         int64 // from the column command to its auto-precharge
	fastPowerUp, slowPowerUp      int64 // from power-down exit to a command
	selfRefreshPowerUp            int64 // from self refresh exit to a command

	// completion is from a command to the end of its work, 0 where the command ends no window.
	completion [device.Commands]int64
}

// refreshActive is the active part of a refresh; the rest, tRP, is precharged.
func (d *delays) refreshActive() int64 { return d.trfc - d.trp }

// newDelays reads them from a device. Devices without a DLL leave power-down after tXP and self refresh after tXS.
func newDelays(d *device.Device, rules *device.Rules) delays {
	t := &d.Timing
	v := delays{
		trcd: int64(t.TRCDRD), tras: int64(t.TRAS), trp: int64(t.TRP), trfc: int64(t.TRFC), trfcpb: int64(t.TRFCPB),
		readToPre: int64(rules.ReadToPre), writeToPre: int64(rules.WriteToPre),
		fastPowerUp: int64(t.TXP), slowPowerUp: int64(t.TXP), selfRefreshPowerUp: int64(max(t.TXS, t.TXSR)),
	}
	if t.TXPDLL > 0 {
		v.slowPowerUp = int64(t.TXPDLL - t.TRCDRD)
	}
	if t.TXSDLL > 0 {
		v.selfRefreshPowerUp = int64(t.TXSDLL - t.TRCDRD)
	}
	read := int64(t.AL + t.CL + t.TDQSCK + 1 + d.BurstClocks())
	write := int64(t.AL + t.CWL + d.BurstClocks() + t.TWR)
	v.completion = [device.Commands]int64{
		device.RD: read, device.RDA: read, device.WR: write, device.WRA: write,
		device.ACT: int64(t.TRCDRD), device.PRE: int64(t.TRP), device.PREA: int64(t.TRP),
	}
	return v
}
