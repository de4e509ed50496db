package power

// Counts are the commands and state cycles of one rank, the operands of the energy formulas. Cycles are command clocks. Commands are those
// that took effect: an ACT of an open bank and a PRE of a closed one count nothing.
type Counts struct {
	Activates     int64
	Precharges    int64 // banks closed: by PRE, by PREA (each of them) and by auto-precharge
	Reads, Writes int64 // with and without auto-precharge
	Refreshes     int64 // of all banks
	BankRefreshes int64 // of one bank

	// Power states as DRAMPower 4 counts them.
	ActiveCycles                  int64 // at least one bank open
	PrechargedCycles              int64 // all banks closed
	FastActivePowerDownCycles     int64
	FastPrechargedPowerDownCycles int64
	SlowActivePowerDownCycles     int64
	SlowPrechargedPowerDownCycles int64
	SelfRefreshCycles             int64 // after the refresh that self refresh begins with
	SelfRefreshActiveCycles       int64 // active part of that refresh inside self refresh
	SelfRefreshPrechargedCycles   int64 // precharged part of it inside self refresh
	PowerUpActiveCycles           int64 // active part of it after an early exit from self refresh
	PowerUpPrechargedCycles       int64 // precharged part of it after an early exit

	// Waiting times after power-down and self refresh. They are part of the active and precharged cycles and carry no energy of their own.
	ActivePowerUpCycles      int64
	PrechargedPowerUpCycles  int64
	SelfRefreshPowerUpCycles int64

	Bankwise Bankwise

	// EndCycle is where the count was closed.
	EndCycle int64
	// PeakPowerMW is the largest average power of a window after DRAMPower 4; 0 without windows.
	PeakPowerMW float64
}

// Bankwise are the operands of DRAMPower 5: counts and cycles summed over the banks of the rank, and the states of the rank.
type Bankwise struct {
	Activates                     int64
	Precharges                    int64 // banks closed, as above
	Reads, Writes                 int64 // without auto-precharge
	AutoReads, AutoWrites         int64 // with it
	Refreshes                     int64 // of all banks; entry into self refresh is one
	BankRefreshes                 int64
	BankActiveCycles              int64 // open or refreshing, summed over banks
	ActiveCycles                  int64 // at least one bank open or refreshing
	PrechargedCycles              int64 // neither active nor powered down nor in self refresh
	FastActivePowerDownCycles     int64
	FastPrechargedPowerDownCycles int64
	SlowActivePowerDownCycles     int64
	SlowPrechargedPowerDownCycles int64
	SelfRefreshCycles             int64 // after the refresh that self refresh begins with
}

// StateCycles is the sum of all power states as DRAMPower 4 counts them: the time by which it divides for the average power. Spans that
// overlap (a power-down entered during a refresh) count twice, as there.
func (c *Counts) StateCycles() int64 {
	return c.ActiveCycles + c.PrechargedCycles +
		c.FastActivePowerDownCycles + c.FastPrechargedPowerDownCycles + c.SlowActivePowerDownCycles + c.SlowPrechargedPowerDownCycles +
		c.SelfRefreshCycles + c.SelfRefreshActiveCycles + c.SelfRefreshPrechargedCycles + c.PowerUpActiveCycles + c.PowerUpPrechargedCycles
}
