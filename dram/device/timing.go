package device

// Timing holds the delays of a device, all in command clocks and under their JEDEC names. A delay that the standard does not have is 0.
type Timing struct {
	CL       int `toml:"CL"`  // read latency without AL
	CWL      int `toml:"CWL"` // write latency without AL
	AL       int `toml:"AL"`  // additive latency
	TRCDRD   int `toml:"tRCDRD"`
	TRCDWR   int `toml:"tRCDWR"`
	TRP      int `toml:"tRP"`   // PRE of one bank
	TRPAB    int `toml:"tRPAB"` // PRE of all banks
	TRAS     int `toml:"tRAS"`
	TRC      int `toml:"tRC"`
	TRRDS    int `toml:"tRRDS"`    // ACT to ACT, another bank group
	TRRDL    int `toml:"tRRDL"`    // ACT to ACT, the same bank group
	TCCDS    int `toml:"tCCDS"`    // column to column of the same direction, another bank group
	TCCDL    int `toml:"tCCDL"`    // column to column of the same direction, the same bank group
	TCCDLWR  int `toml:"tCCDLWR"`  // WR to WR in a bank group where it differs from TCCDL (DDR5); else equal to it
	TWTRS    int `toml:"tWTRS"`    // end of write data to RD, another bank group
	TWTRL    int `toml:"tWTRL"`    // end of write data to RD, the same bank group
	TRTRS    int `toml:"tRTRS"`    // idle data clocks between two ranks
	TFAW     int `toml:"tFAW"`     // window of 4 activations
	T32AW    int `toml:"t32AW"`    // window of 32 activations; 0 = none
	TWR      int `toml:"tWR"`      // end of write data to PRE
	TRTP     int `toml:"tRTP"`     // RD to PRE
	TPPD     int `toml:"tPPD"`     // PRE to PRE of another bank
	TRFC     int `toml:"tRFC"`     // duration of a refresh of all banks
	TRFCPB   int `toml:"tRFCPB"`   // duration of a refresh of one bank; 0 = the device has no REFPB
	TRREFD   int `toml:"tRREFD"`   // REFPB to ACT or REFPB of another bank (HBM2, GDDR6)
	TREFI    int `toml:"tREFI"`    // refresh interval of all banks
	TREFIPB  int `toml:"tREFIPB"`  // refresh interval of one bank after another
	TCKE     int `toml:"tCKE"`     // shortest power-down, and shortest time between two
	TCKESR   int `toml:"tCKESR"`   // shortest self refresh
	TXP      int `toml:"tXP"`      // power-down exit to a command
	TXPDLL   int `toml:"tXPDLL"`   // slow power-down exit to RD: the power model only
	TXS      int `toml:"tXS"`      // self refresh exit to ACT
	TXSDLL   int `toml:"tXSDLL"`   // self refresh exit to column commands
	TACTPDEN int `toml:"tACTPDEN"` // ACT to power-down entry
	TPRPDEN  int `toml:"tPRPDEN"`  // PRE to power-down entry
	TREFPDEN int `toml:"tREFPDEN"` // REF to power-down entry

	// RD2WRBubble is the idle data clocks between read and write data. The rules of LPDDR have their own (tWPRE, tRPST); the controllers
	// that follow DRAMsim3 use this one for LPDDR too.
	RD2WRBubble int `toml:"RD2WR_bubble"`

	// LPDDR.
	TDQSCK  int `toml:"tDQSCK"`  // RD latency to its data (LPDDR5: WCK to DQ output)
	TDQSS   int `toml:"tDQSS"`   // WR latency to its strobe
	TDQS2DQ int `toml:"tDQS2DQ"` // strobe to write data (LPDDR5: WCK to DQ input)
	TRPST   int `toml:"tRPST"`   // read postamble
	TWPRE   int `toml:"tWPRE"`   // write preamble
	TCCDMW  int `toml:"tCCDMW"`  // WR to masked WR: for the record, there are no masked writes here
	TCMDCKE int `toml:"tCMDCKE"` // command to power-down entry
	TESCKE  int `toml:"tESCKE"`  // SREFEN to its power-down: for the record
	TSR     int `toml:"tSR"`     // shortest self refresh
	TXSR    int `toml:"tXSR"`    // self refresh exit to a command
}
