package main

// What the processor is made of. The numbers are plausible for a phone and measured on none.
const (
	stepS             = 1e-3
	capacitanceNF     = 3.0 // switched a cycle: nF x V^2 x GHz = W
	leakageWPerV      = 1.0
	memoryNS          = 1.0 // an instruction that waits for memory, whatever the clock
	ambientC          = 45.0
	throttleC         = 80.0 // at and above it the boost clock is illegal
	hottestC          = 125.0
	resistanceCPerW   = 4.0
	thermalConstantS  = 10e-3
	memoryFracCompute = 0.1 // of the instructions, in a phase that computes
	memoryFracStream  = 0.7 // and in one that streams
	switchFrac        = 0.15
)

// pstate is an operating point: a clock with the voltage that it needs.
type pstate struct{ clockGHz, voltageV float64 }

// pstates lists the operating points; the last one is the boost.
func pstates() []pstate {
	return []pstate{{1.0, 0.70}, {1.5, 0.80}, {2.0, 0.90}, {2.5, 1.00}, {3.0, 1.15}}
}

// processor is the state: how hot the die is, what the workload does, and the sums since the episode began.
type processor struct {
	streaming               bool // the phase of the workload
	temperatureC            float64
	instructionsM, energyMJ float64
}

// memoryFrac is the fraction of the instructions that wait for memory.
func (s processor) memoryFrac() float64 {
	if s.streaming {
		return memoryFracStream
	}
	return memoryFracCompute
}

// after is the processor one step later, with
//
//	t = (1-m)/f + m t_mem           ns an instruction, of which the fraction m waits for memory
//	P = C V² f + L V                W
//	T' = T + (Ta + R P - T) Δ/τ     °C: a thermal resistance and capacitance, τ = R C
func (s processor) after(p pstate) processor {
	instructionNS := (1-s.memoryFrac())/p.clockGHz + s.memoryFrac()*memoryNS
	powerW := capacitanceNF*p.voltageV*p.voltageV*p.clockGHz + leakageWPerV*p.voltageV
	s.instructionsM += stepS / instructionNS * 1e3
	s.energyMJ += powerW * stepS * 1e3
	s.temperatureC += (ambientC + resistanceCPerW*powerW - s.temperatureC) * stepS / thermalConstantS
	return s
}
