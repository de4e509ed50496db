package jedec_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/jedec"
)

func rulesOf(found []jedec.Violation) (rules []jedec.Rule) {
	for _, v := range found {
		rules = append(rules, v.Rule)
	}
	return rules
}

func TestStates(t *testing.T) {
	for _, c := range []struct {
		name, sequence string
		want           []jedec.Rule
	}{
		{"ACT of an open bank", "0 ACT 0; 100 ACT 0", one(jedec.BankOpen)},
		{"RD of a closed bank", "0 RD 0", one(jedec.BankClosed)},
		{"RD after PRE", "0 ACT 0; 100 PRE 0; 200 RD 0", one(jedec.BankClosed)},
		{"RD after RDA", "0 ACT 0; 100 RDA 0; 200 RD 0", one(jedec.BankClosed)},
		{"WR after WRA", "0 ACT 0; 100 WRA 0; 200 WR 0", one(jedec.BankClosed)},
		{"RD after PREA", "0 ACT 0; 100 PREA; 200 RD 0", one(jedec.BankClosed)},
		{"PRE of a closed bank is allowed", "0 PRE 0; 100 ACT 0", nil},
		{"REF with an open bank", "0 ACT 0; 100 REF", one(jedec.BankOpen)},
		{"REF after PREA", "0 ACT 0; 20 ACT 5; 100 PREA; 200 REF", nil},
		{"REF after all banks closed one by one", "0 ACT 0; 20 ACT 5; 100 PRE 0; 110 RDA 5; 200 REF", nil},
		{"REFPB of an open bank", "0 ACT 0; 200 REFPB 0", one(jedec.BankOpen)},
		{"REFPB beside an open bank", "0 ACT 0; 200 REFPB 1", nil},
		{"a bank refreshed twice in a round", "0 REFPB 0; 300 REFPB 1; 600 REFPB 0", one(jedec.RefreshRound)},
		{"REF starts a round", "0 REFPB 0; 300 REF; 900 REFPB 0", nil},
		{"a whole round", "0 REFPB 0; 300 REFPB 1; 600 REFPB 2; 900 REFPB 3; 1200 REFPB 4; 1500 REFPB 5; 1800 REFPB 6; 2100 REFPB 7; 2400 REFPB 0", nil},
		{"self refresh starts a round", "0 REFPB 0; 300 SREFEN; 400 SREFEX; 1000 REFPB 0", nil},
		{"self refresh with an open bank", "0 ACT 0; 200 SREFEN", one(jedec.BankOpen)},
		{"PDEA with no bank open", "0 PDEA", one(jedec.BankClosed)},
		{"PDEP with a bank open", "0 ACT 0; 100 PDEP", one(jedec.BankOpen)},
		{"a command in power-down", "0 PDEP; 100 ACT 0", one(jedec.PowerState)},
		{"a command in self refresh", "0 SREFEN; 100 REF", one(jedec.PowerState)},
		{"another rank works on", "0 PDEP; 100 ACT 0/1", nil},
		{"the wrong exit", "0 PDEP; 100 PDXA; 200 ACT 0", one(jedec.PowerState)},
		{"an exit with no entry", "0 SREFEX", one(jedec.PowerState)},
		{"clocks that go back", "100 ACT 0; 99 ACT 0/1", one(jedec.Order)},
		{"a bank past the device", "0 ACT 8", one(jedec.NoPlace)},
		{"a rank past the channel", "0 ACT 0/2", one(jedec.NoPlace)},
	} {
		t.Run(c.name, func(t *testing.T) {
			found := replay(t, lpddr4(), jedec.Options{Ranks: 2}, sequence(t, c.sequence))
			require.Equal(t, c.want, rulesOf(found))
			for _, v := range found {
				require.True(t, v.EarliestCycle == -1 || v.Rule == jedec.Order)
			}
		})
	}
}

func TestPlacesAndCommandsOfTheDevice(t *testing.T) {
	for name, c := range map[string]struct {
		command device.Issued
		want    jedec.Rule
	}{
		"row":              {device.Issued{Command: device.ACT, Row: 65536}, jedec.NoPlace},
		"column":           {device.Issued{Command: device.RD, Column: 128}, jedec.NoPlace},
		"channel":          {device.Issued{Command: device.ACT, Channel: 1}, jedec.NoPlace},
		"negative bank":    {device.Issued{Command: device.PRE, Bank: -1}, jedec.NoPlace},
		"negative clock":   {device.Issued{Command: device.PRE, Cycle: -1}, jedec.NoPlace},
		"unknown command":  {device.Issued{Command: device.Command(device.Commands)}, jedec.NoCommand},
		"no REFPB in DDR4": {device.Issued{Command: device.REFPB}, jedec.NoCommand},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, one(c.want), rulesOf(replay(t, ddr4(), jedec.Options{}, []device.Issued{c.command})))
		})
	}
}

func TestColumnsGoToTheOpenRow(t *testing.T) {
	list := sequence(t, "0 ACT 0; 16 RD 0")
	list[1].Row = 7
	found := replay(t, ddr4(), jedec.Options{}, list)
	require.Equal(t, one(jedec.WrongRow), rulesOf(found))
	require.Equal(t, list[0], found[0].Earlier)
	require.Equal(t, "wrong row: RD of clock 16 (channel 0 rank 0 bank 0 row 7 column 0) after ACT of clock 0 (channel 0 rank 0 bank 0 row 0): "+
		"not legal in this state", found[0].String())
}

func TestAcceptedRulesAreNotReported(t *testing.T) {
	list := sequence(t, "0 ACT 0; 15 RD 0; 20 RD 0")
	require.Equal(t, one(jedec.TRCD, jedec.TCCDL), rulesOf(replay(t, ddr4(), jedec.Options{}, list)))
	require.Equal(t, one(jedec.TCCDL), rulesOf(replay(t, ddr4(), jedec.Options{Accept: one(jedec.TRCD)}, list)))
}

func TestChannelsAreApart(t *testing.T) {
	list := sequence(t, "0 ACT 0; 0 ACT 0")
	list[1].Channel = 1
	require.Empty(t, replay(t, ddr4(), jedec.Options{Channels: 2}, list))
}

func TestRefreshRate(t *testing.T) {
	const interval = 9360
	refreshes := func(clocks ...int64) (list []device.Issued) {
		for _, clock := range clocks {
			list = append(list, device.Issued{Cycle: clock, Command: device.REF})
		}
		return list
	}
	inAdvance := []int64{1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000}
	for _, c := range []struct {
		name   string
		clocks []int64
		want   []jedec.Rule
	}{
		{"in time", []int64{interval, 2 * interval, 3 * interval}, nil},
		{"eight postponed", []int64{9 * interval}, nil},
		{"nine postponed", []int64{9*interval + 1}, one(jedec.RefreshLate)},
		{"eight made up, then eight postponed", []int64{
			9 * interval, 9*interval + 500, 9*interval + 1000, 9*interval + 1500, 9*interval + 2000, 9*interval + 2500, 9*interval + 3000,
			9*interval + 3500, 9*interval + 4000, 18 * interval,
		}, nil},
		{"only some made up", []int64{9 * interval, 9*interval + 500, 12 * interval}, one(jedec.RefreshLate)},
		{"eight in advance", append(inAdvance, interval), nil},
		{"nine in advance", append(inAdvance, interval-1), one(jedec.RefreshEarly)},
		{"nine intervals after the last", append(inAdvance, interval, 10*interval), nil},
		{"more than nine intervals after the last", append(inAdvance, interval, 10*interval+1), one(jedec.RefreshLate)},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, rulesOf(replay(t, ddr4(), jedec.Options{Refresh: true}, refreshes(c.clocks...))))
			require.Empty(t, replay(t, ddr4(), jedec.Options{}, refreshes(c.clocks...)), "only where it is asked for")
		})
	}
	t.Run("with slack", func(t *testing.T) {
		o := jedec.Options{Refresh: true, RefreshSlackCycles: 100}
		require.Empty(t, replay(t, ddr4(), o, refreshes(9*interval+100)))
		found := replay(t, ddr4(), o, refreshes(9*interval+101))
		require.Equal(t, "refresh late: REF of clock 84341 (channel 0 rank 0): latest clock 84340", found[0].String())
	})
	t.Run("four of DDR5", func(t *testing.T) {
		require.Empty(t, replay(t, ddr5(), jedec.Options{Refresh: true}, refreshes(5*interval)))
		require.Equal(t, one(jedec.RefreshLate), rulesOf(replay(t, ddr5(), jedec.Options{Refresh: true}, refreshes(5*interval+1))))
	})
	t.Run("at the end", func(t *testing.T) {
		c, err := jedec.New(ddr4(), jedec.Options{Refresh: true, Ranks: 2})
		require.NoError(t, err)
		require.Empty(t, c.Finish(9*interval))
		require.Len(t, c.Finish(9*interval+1), 2)
		c.Check(device.Issued{Cycle: 100, Command: device.SREFEN})
		require.Len(t, c.Finish(20*interval), 1, "the other one refreshes itself")
		c.Check(device.Issued{Cycle: 20 * interval, Command: device.SREFEX})
		require.Len(t, c.Finish(29*interval), 1)
		require.Len(t, c.Finish(29*interval+1), 2)
	})
	t.Run("bank by bank", func(t *testing.T) {
		c, err := jedec.New(lpddr4(), jedec.Options{Refresh: true})
		require.NoError(t, err)
		for i := range int64(80) {
			require.Empty(t, c.Check(device.Issued{Cycle: (i + 1) * 780, Command: device.REFPB, Bank: int(i % 8)}))
		}
		require.Empty(t, c.Finish(118614)) // 80 · 780 + 9 · 6246, before 19 · 6246 for the eleventh round
		require.Equal(t, one(jedec.RefreshLate), rulesOf(c.Finish(118615)))
	})
}

func TestOptionsAreChecked(t *testing.T) {
	_, err := jedec.New(nil, jedec.Options{})
	require.EqualError(t, err, "jedec: no device")
	d := ddr4()
	d.DataRate, d.Standard, d.Timing.TREFI = 0, 9, 0
	_, err = jedec.New(d, jedec.Options{Channels: -1, Ranks: 65, Refresh: true, RefreshSlackCycles: -1, OneClockCommands: true})
	require.EqualError(t, err, "jedec: channels -1 out of range [1, 256]\njedec: ranks 65 out of range [1, 64]\n"+
		"jedec: data rate 0 out of range [1, 64]\njedec: standard 9 out of range [0, 6]\njedec: refresh slack of -1 cycles: want at least 0\n"+
		"jedec: tREFI 0: want at least 1 to check the refresh rate\njedec: one-clock commands are an option of LPDDR devices")
	_, err = jedec.New(ddr4(), jedec.Options{Accept: one("tRDC")})
	require.ErrorContains(t, err, `jedec: no rule "tRDC" to accept: want some of ["tRCD" "tRC"`)
}
