package tech

// Horowitz45 is the default table: Horowitz, ISSCC 2014, 45 nm at 0.9 V. What that paper lacks is taken from the
// source on its line; DEVIATIONS.md lists what is second-hand.
func Horowitz45() Table {
	return Table{
		Name:    "horowitz-45nm",
		NodeNM:  45,
		SupplyV: 0.9,
		Adders: []Component{ // Horowitz 2014, table of rough energy costs; the 16-bit row and the areas as widely reprinted from it
			{Bits: 8, EnergyPJ: 0.03, AreaUM2: 36},
			{Bits: 16, EnergyPJ: 0.05, AreaUM2: 67},
			{Bits: 32, EnergyPJ: 0.1, AreaUM2: 137},
		},
		Multipliers: []Component{ // Horowitz 2014, the same table; areas as for the adders
			{Bits: 8, EnergyPJ: 0.2, AreaUM2: 282},
			{Bits: 32, EnergyPJ: 3.1, AreaUM2: 3495},
		},
		RegisterEnergyPJPerBit: 0.009, // Aladdin, 40 nm, 1 ns; Horowitz has none; used unscaled
		RegisterAreaUM2PerBit:  5.98,  // Aladdin, 40 nm, 1 ns; used unscaled
		SRAM: SRAM{
			ReferenceKiB:            8,
			ReferenceEnergyPJPerBit: 10.0 / 64,                  // Horowitz 2014: 10 pJ a 64-bit read of 8 KB
			MinKiB:                  8,                          // Horowitz 2014: smallest memory listed
			MaxKiB:                  1024,                       // Horowitz 2014: largest memory listed, 100 pJ a 64-bit read (the law: 113)
			AreaMM2PerKiB:           8192 / (0.826 * (1 << 20)), // OpenRAM 2016: 0.826 Mb/mm² in FreePDK45
		},
		DRAMEnergyPJPerBit: 640.0 / 32, // Horowitz 2014: 640 pJ a 32-bit word, the low end of his 1.3-2.6 nJ for 64 bits
	}
}

// Aladdin40 has Aladdin's arithmetic and registers (40 nm, synthesised for 1 ns) with the memories of Horowitz45. Its 32-bit multiplier
// costs four times that of Horowitz45: take both to see what depends on the table. Its 40 nm node has no scaling factor, so
// ScaleTo refuses it.
func Aladdin40() Table {
	t := Horowitz45()
	t.Name = "aladdin-40nm"
	t.NodeNM = 40
	t.Adders = []Component{ // Aladdin 40 nm, 1 ns: 32 bits 0.21 pJ, 278 µm²; narrower ∝ bits (Accelergy)
		{Bits: 8, EnergyPJ: 0.21 / 4, AreaUM2: 278.0 / 4},
		{Bits: 32, EnergyPJ: 0.21, AreaUM2: 278},
	}
	t.Multipliers = []Component{ // Aladdin 40 nm, 1 ns: 32 bits 12.68 pJ, 6350 µm²; narrower ∝ bits² (Accelergy)
		{Bits: 8, EnergyPJ: 12.68 / 16, AreaUM2: 6350.0 / 16},
		{Bits: 32, EnergyPJ: 12.68, AreaUM2: 6350},
	}
	return t
}
