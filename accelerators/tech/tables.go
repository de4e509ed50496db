package tech

// Sources that several figures share.
const (
	horowitz = "Horowitz, ISSCC 2014, table of rough energy costs, 45 nm, 0.9 V"
	aladdin  = "Shao et al., Aladdin, ISCA 2014, component tables at 40 nm, 1 ns, as shipped with Accelergy"
	openRAM  = "Guthaus et al., OpenRAM, ICCAD 2016: 0.826 Mb/mm2 in FreePDK45"
	eyeriss  = "Chen, Emer, Sze, Eyeriss, ISCA 2016, normalised to one multiply-accumulate of 16 bits, 65 nm"

	reprinted = "as reprinted in later papers"
	recalled  = "as reprinted; the unit is another source's multiply-accumulate"
	unscaled  = "40 nm, used unscaled"
)

// Tables lists the tables by name. The first is the default.
func Tables() []Table { return []Table{Horowitz45(), Aladdin40(), Eyeriss65(), Horowitz45Rows()} }

// Horowitz45 is the default table: Horowitz, ISSCC 2014, 45 nm at 0.9 V. What that paper lacks is taken from the
// source of its origin; DEVIATIONS.md lists what is second-hand.
func Horowitz45() Table {
	printed, again := Origin{Source: horowitz}, Origin{Source: horowitz, Uncertain: reprinted}
	return Table{
		Name:    "horowitz-45nm",
		NodeNM:  45,
		SupplyV: 0.9,
		Adders: []Component{
			{Bits: 8, EnergyPJ: 0.03, AreaUM2: 36, EnergyOrigin: printed, AreaOrigin: again},
			{Bits: 16, EnergyPJ: 0.05, AreaUM2: 67, EnergyOrigin: again, AreaOrigin: again},
			{Bits: 32, EnergyPJ: 0.1, AreaUM2: 137, EnergyOrigin: printed, AreaOrigin: again},
		},
		Multipliers: []Component{
			{Bits: 8, EnergyPJ: 0.2, AreaUM2: 282, EnergyOrigin: printed, AreaOrigin: again},
			{Bits: 32, EnergyPJ: 3.1, AreaUM2: 3495, EnergyOrigin: printed, AreaOrigin: again},
		},
		RegisterEnergyPJPerBit: 0.009, RegisterEnergyOrigin: Origin{aladdin, unscaled},
		RegisterAreaUM2PerBit: 5.98, RegisterAreaOrigin: Origin{aladdin, unscaled},
		SRAM: SRAM{
			ReferenceKiB:            8,
			ReferenceEnergyPJPerBit: 10.0 / 64, // 10 pJ a 64-bit read of 8 KB
			MinKiB:                  8,         // the smallest memory listed
			MaxKiB:                  1024,      // the largest one, 100 pJ a 64-bit read (the law: 113)
			EnergyOrigin:            Origin{horowitz, "the law is 13 % high at 1 MiB; a write is taken to cost a read"},
			AreaMM2PerKiB:           8192 / (0.826 * (1 << 20)),
			AreaOrigin:              Origin{openRAM, "Mb taken as 2^20 bits"},
		},
		DRAMEnergyPJPerBit: 640.0 / 32, // 640 pJ a 32-bit word
		DRAMOrigin:         Origin{horowitz, "the low end of 1.3 to 2.6 nJ for 64 bits"},
	}
}

// Horowitz45Rows is Horowitz45 with the three memories that the paper prints as rows, and power laws between them: exact at 1 MiB, where the
// square-root law of Horowitz45 is 13 % high.
func Horowitz45Rows() Table {
	t := Horowitz45()
	t.Name = "horowitz-45nm-rows"
	energy := Origin{horowitz, "a write is taken to cost a read"}
	perKiB, area := t.SRAM.AreaMM2PerKiB, t.SRAM.AreaOrigin
	t.SRAM = SRAM{Rows: []Memory{
		{CapacityKiB: 8, EnergyPJPerBit: 10.0 / 64, AreaMM2: 8 * perKiB, EnergyOrigin: energy, AreaOrigin: area},
		{CapacityKiB: 32, EnergyPJPerBit: 20.0 / 64, AreaMM2: 32 * perKiB, EnergyOrigin: energy, AreaOrigin: area},
		{CapacityKiB: 1024, EnergyPJPerBit: 100.0 / 64, AreaMM2: 1024 * perKiB, EnergyOrigin: energy, AreaOrigin: area},
	}}
	return t
}

// Aladdin40 has Aladdin's arithmetic and registers (40 nm, synthesised for 1 ns) with the memories of Horowitz45. Its 32-bit multiplier
// costs four times that of Horowitz45: take both to see what depends on the table.
func Aladdin40() Table {
	t := Horowitz45()
	t.Name = "aladdin-40nm"
	t.NodeNM = 40
	printed, bits, square := Origin{Source: aladdin}, Origin{aladdin, "of 32 bits, in proportion to the bits"},
		Origin{aladdin, "of 32 bits, in proportion to the square of the bits"}
	t.Adders = []Component{
		{Bits: 8, EnergyPJ: 0.21 / 4, AreaUM2: 278.0 / 4, EnergyOrigin: bits, AreaOrigin: bits},
		{Bits: 32, EnergyPJ: 0.21, AreaUM2: 278, EnergyOrigin: printed, AreaOrigin: printed},
	}
	t.Multipliers = []Component{
		{Bits: 8, EnergyPJ: 12.68 / 16, AreaUM2: 6350.0 / 16, EnergyOrigin: square, AreaOrigin: square},
		{Bits: 32, EnergyPJ: 12.68, AreaUM2: 6350, EnergyOrigin: printed, AreaOrigin: printed},
	}
	t.RegisterEnergyOrigin, t.RegisterAreaOrigin = printed, printed
	other := "45 nm, used unscaled"
	t.SRAM.EnergyOrigin, t.SRAM.AreaOrigin = t.SRAM.EnergyOrigin.doubt(other), t.SRAM.AreaOrigin.doubt(other)
	return t
}

// Eyeriss65 has the normalised access energies of the Eyeriss papers at 65 nm: 1 for a multiply-accumulate of 16 bits and for a word of a 0.5 kB register
// file, 2 for a word to the neighbouring processing element, 6 for a word of a buffer above 100 kB, 200 for a word of DRAM. The papers do not print the
// unit; here it is the 16-bit multiplier and the 32-bit adder of Horowitz45 scaled to 65 nm and 1 V. Between the register file and the
// buffer the energy follows a power law. Arithmetic, registers and areas are those of the scaled table.
func Eyeriss65() Table {
	t, unitPJ := eyerissUnit()
	word := Origin{eyeriss, recalled}
	perKiB, area := t.SRAM.AreaMM2PerKiB, t.SRAM.AreaOrigin
	t.SRAM = SRAM{Rows: []Memory{
		{CapacityKiB: 0.5, EnergyPJPerBit: unitPJ / 16, AreaMM2: 0.5 * perKiB, EnergyOrigin: word, AreaOrigin: area},
		{CapacityKiB: 100, EnergyPJPerBit: 6 * unitPJ / 16, AreaMM2: 100 * perKiB, EnergyOrigin: word, AreaOrigin: area},
		{CapacityKiB: 1024, EnergyPJPerBit: 6 * unitPJ / 16, AreaMM2: 1024 * perKiB, EnergyOrigin: word.doubt("the paper states no upper end"), AreaOrigin: area},
	}}
	t.HopEnergyPJPerBit, t.HopOrigin = 2*unitPJ/16, word
	t.DRAMEnergyPJPerBit, t.DRAMOrigin = 200*unitPJ/16, word
	return t
}

// eyerissUnit is the scaled table under Eyeriss65 and the energy of its multiply-accumulate.
func eyerissUnit() (t Table, unitPJ float64) {
	t, err := Horowitz45().ScaleTo(65, 1)
	if err != nil {
		panic(err) // literals of this package
	}
	multiplier, err := t.Multiplier(16)
	if err != nil {
		panic(err)
	}
	adder, err := t.Adder(32)
	if err != nil {
		panic(err)
	}
	t.Name = "eyeriss-65nm"
	return t, multiplier.EnergyPJ + adder.EnergyPJ
}
