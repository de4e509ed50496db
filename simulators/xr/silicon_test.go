package xr

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/chips"
	"github.com/codesign-gym/codesign/accelerators/tech"
)

// TestSiliconIsThatOfChips composes a chip of 1024 PEs of 1 KiB and a buffer of 256 KiB whole.
func TestSiliconIsThatOfChips(t *testing.T) {
	s, err := newSilicon()
	require.NoError(t, err)
	a := accelerator{shape: shape{pes: 1024}, l1: 1024, l2KiB: 256}
	c, err := chips.NewCosts(chips.Chip{Name: "whole", NodeNM: 28, SupplyV: 0.9, ClockMHz: 500, PEs: 1024, WordBits: 8, Banks: 8, BankKiB: 32, ScratchpadKiB: 1},
		tech.Eyeriss65(), chips.Fitted())
	require.NoError(t, err)
	require.InEpsilon(t, c.Area.TotalMM2(), s.areaMM2(a), 1e-12)
	require.InEpsilon(t, c.CyclePJ*500e6*1e-9, s.idleMW(a, 500), 1e-12, "pJ a cycle, 500e6 cycles a second, 1e-9 mW in a pJ/s")
}
