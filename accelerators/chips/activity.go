package chips

// Activity is what a chip does in some time.
type Activity struct {
	Cycles     int64 // the time, in cycles of the chip's clock
	BusyCycles int64 // of them, those in which the PEs work

	MACs            int64
	ZeroFrac        float64 // share of the multiply-accumulates that do not happen because an operand is zero; 0 to 1
	ScratchpadWords int64   // read and written
	BufferWords     int64   // read and written
	HopWords        int64   // words to a neighbouring PE
}

// Energy is dynamic and idle energy by part. DRAM is another chip.
type Energy struct {
	MACPJ     float64
	MemoryPJ  float64 // scratchpads and buffer
	NetworkPJ float64 // between neighbouring PEs
	BasePJ    float64
	IdlePJ    float64 // clock tree and leakage
}

// TotalPJ is the sum of the parts.
func (e Energy) TotalPJ() float64 { return e.MACPJ + e.MemoryPJ + e.NetworkPJ + e.BasePJ + e.IdlePJ }

// Energy is what an activity costs.
func (c Costs) Energy(a Activity) Energy {
	return Energy{
		MACPJ:     float64(a.MACs) * (1 - a.ZeroFrac) * c.MACPJ,
		MemoryPJ:  float64(a.ScratchpadWords)*c.ScratchpadWordPJ + float64(a.BufferWords)*c.BufferWordPJ,
		NetworkPJ: float64(a.HopWords) * c.HopWordPJ,
		BasePJ:    float64(a.BusyCycles) * c.BusyCyclePJ,
		IdlePJ:    float64(a.Cycles) * c.CyclePJ,
	}
}

// PowerMW is the mean power of an activity at a clock: energy over time. An activity of no cycles has none.
func (c Costs) PowerMW(a Activity, clockMHz float64) float64 {
	if a.Cycles == 0 {
		return 0
	}
	nanoseconds := float64(a.Cycles) * 1e3 / clockMHz
	return c.Energy(a).TotalPJ() / nanoseconds
}
