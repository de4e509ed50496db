// Package ramulator is a memory controller of the structure of Ramulator 2.1's generic DDR controller: read and write buffers, a list of
// requests whose row was opened for them, and a list of commands that go first.
//
// # Clocks
//
// A controller serves one channel. In clock t = 0, 1, 2, ...
//
//  1. the source offers its head request once, if its trace clock is at most t; if it is accepted, the next one is offered from t + 1 on;
//  2. every controller takes at most one command (the tick below).
//
// Requests are offered strictly in order, over all channels. With Job.MaxOutstanding = L, a request is offered only if fewer than L requests of
// each direction are without a response of an earlier clock: a chase is L = 1, its next request is offered in the clock after the response.
// The run ends in the clock of the last response; the commands of that clock count, and TotalCycles is that clock + 1.
//
// # Latency marks
//
//	Request    the clock of the first offer
//	Accepted   the clock of the offer that succeeded
//	Arrival    the trace clock; with MaxOutstanding, the clock of the first offer
//
// each to the clock of the response: of a read the end of its data, RD + ReadData of package device (CL + BL/2 for DDR); of a write the end of
// its data, WR + WriteData. A coalesced write and a forwarded read are answered in the clock in which they are accepted. Occupancy counts requests
// from acceptance into a buffer to their column command.
//
// # Acceptance
//
// A write whose address is that of a waiting write is coalesced with it, a read whose address is that of a waiting write is forwarded; neither needs
// a place. Any other request needs one in its buffer (ReadBufferSize, WriteBufferSize), or is refused and offered again. Waiting are the
// writes of the write buffer and of the active list. A write whose address a waiting read has is held: it is passed over until that read has been issued.
//
// # Tick
//
// One. Refresh, with all_bank: in the clocks k·tREFI − 1, k = 1, 2, ... a refresh of each rank joins the priority list.
//
// Two. Row policy, with closed_cap: a bank that has served Cap or more column commands since its row was opened, has no PRE in the priority
// list and could take a PRE in this clock gets one there; banks in order.
//
// Three. Choice of one command:
//
//	(a) the best request of the active list, if one is legal;
//	(b) else the head of the priority list, and nothing behind it: a PRE, or of a refresh PREA while a bank of the rank is open, then REF. It
//	    issues if it is legal and closes no bank in use;
//	(c) else, if the priority list is empty, the best request of the write buffer in write mode, of the read buffer otherwise, passing over those
//	    whose PRE would close a bank in use.
//
// The command of a request is ACT if its bank is closed, PRE if another row is open or the bank has reached the cap, else RD or WR. Best is the
// oldest request (by acceptance) whose command is legal now; younger ones overtake those that have to wait. Under frfcfs_rowhit a PRE is passed over while an
// older request of the same list has its RD or WR pending for the bank. A bank is in use if a request of the active list is for it; PREA closes all banks of the rank.
//
// Write mode is off at first and looked at only when (c) is reached. With w writes in the buffer of W and r reads in theirs, in float32:
//
//	off → on    w > HighWatermarkFrac·W   or   r = 0
//	on → off    r > 0   and   (w < LowWatermarkFrac·W   or   w = 0)
//
// In write mode with nothing but held writes, the reads are served.
//
// Four. Issue. ACT moves its request to the active list, which gives its place in the buffer free. That list holds as many requests as the channel has
// banks; if it is full the request stays in its buffer. RD and WR end the request. Under closed_cap the Cap-th column command of an activation
// becomes RDA or WRA if that is legal in the same clock; otherwise the bank is full and only a PRE may follow. Closing a bank (PRE, PREA, RDA, WRA) takes its PRE
// off the priority list and its count back to 0.
//
// What is legal is the device's matter (device.Rules, kept in memory.Channel). Several ranks share all lists; every rank is refreshed in the same clock.
// Several channels have a controller each.
//
// # Jumping
//
// Between a command, an acceptance and a refresh nothing changes but the time. So a tick that issues nothing finds the first clock in which
// something could: the smallest first legal clock over the candidates of (a), (b), (c) that are not passed over, the first legal PRE of a bank
// at its cap, and the next refresh. A further look at the same lists does not change write mode again, as LowWatermarkFrac ≤ HighWatermarkFrac. A refused request is offered
// again after the next command. Run visits those clocks only; a test compares it with a run through every clock.
//
// # Never a hang
//
// A controller that holds requests and issues no column command for memory.WatchdogClocks ends the run with a *memory.Stuck that names the oldest
// request, the list that it waits in and the command that it needs.
//
// # The peer's defects
//
// With Config.Defects the controller is Ramulator 2.1 (commit c5b1c3a4) with all its mistakes, and equals its 180 measured runs: clocks, counts, latencies,
// row statistics. What is different then, and what repairing it alone changes in those runs (rows = runs with any difference; the worst one):
//
//	 1 The number of active requests of a bank rises with every ACT for it, also when a request of the active list opens its row again, so it
//	   stays too high and bars the bank from being closed as long as the active list is not empty.
//	   5 rows, all closedcap1 hotrow; read latency −23.6 %.
//	 2 A column command becomes RDA or WRA only after Cap others, and a bank at the cap still serves hits: cap N allows N + 1 accesses of an activation,
//	   and more if auto-precharge is not legal in that clock. 55 rows, all closedcap; stream_rd cap 1 has 5000 ACT instead of 10000, pingpong_sat half the clocks, and
//	   bank_il saturates once repaired: cap 1 means what it says.
//	 3 A PRE in the priority list stays there when the bank is closed by another command: it then precharges a closed bank, or the next row.
//	   33 rows, all closedcap: one or a few PRE less; on hotrow (5 rows) read latency up to 6.9 %. It is also the source of all illegal
//	   commands in those runs: 665 PRE of a closed bank within tRFC of a REF, 41 before the auto-precharge of the bank (tRTP, tWR).
//	 4 The address of a write is forgotten when its row is opened, though its data are not written yet: a read in between is not forwarded and may
//	   overtake the write. 7 rows, all hotrow; read latency up to 2.9 %.
//	 5 A write may overtake an older read of its address. 15 rows, all hotrow; read latency up to 3.9 %.
//	 6 A forwarded read is answered only after all reads that are on their way: responses leave one queue in order. 19 rows, all hotrow; latency 0.02 %.
//	 7 PREA does not wait for the auto-precharge of RDA and WRA, RDA not for the write recovery of a WR before it (WR to RDA,
//	   CWL + BL/2 + tWR − tRTP; on the shipped DDR3 and DDR4 no more than WR to RD), REF not for REF; PREA waits tRFC after REF. 0 rows: no run gets there.
//	 8 A write is answered when its WR issues, and its latency is not counted (here it is). 40 rows, at most 16 clocks of the total.
//	 9 With LowWatermarkFrac = 0 write mode never ends while reads wait: no read is served any more. 0 rows; Defects reports *memory.Stuck.
//	10 Row hits, misses and conflicts count the first command for each request, of whichever list: RD or WR, ACT, PRE. Without Defects they are
//	   those of package memory. 102 rows; hits differ by up to 5.4 %.
//
// Writes that are left at the end drain in both, because the source waits for every response and write mode starts when no read waits.
// Without Defects the 91 rows of the open policy without writes keep their clocks, command counts and latencies.
//
// # Not modelled
//
// Per-bank refresh, refreshes at different clocks in different ranks, power-down, the peer's split activation of LPDDR, and its plugins.
package ramulator
