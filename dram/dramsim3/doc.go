// Package dramsim3 is a memory controller with the structure of DRAMsim3 (UMD, commit 29817593 of 2021): transaction queues before
// command queues, which are served round robin.
//
//	request -> read queue   -> command queue of the bank -> command bus
//	        -> write buffer ->
//
// With Config.Defects it equals the reference command by command, on everything that was measured on it. Without, which is the default, it
// has the same structure, but obeys the rules of the devices and always comes to an end; the differences are listed at the end of this page.
//
// # Symbols
//
// tq is TransactionQueueSize, cq is CommandQueueSize. A burst is the unit of an access, and two requests have the same address if they lie
// in the same burst. Device delays have their JEDEC names (package device) and count clocks of the command bus; BL/2 is the length of a burst.
// The bank, row and column of a request come from the address map, so does its channel. Every channel has a controller of its own.
//
// # Steps
//
// Time goes in steps of one clock, from 0. In step c the source first offers its next request, if the request's clock is <= c: one
// request a step in all, in order, and a refused one is offered again in the next step (it holds back those behind it, whatever their channel).
// Then every controller does its tick c. With Job.MaxOutstanding = L a request is offered only if in that step fewer than L reads and fewer than L
// writes are without an answer; an answer of step d counts from step d+1 on.
//
// # Acceptance
//
// A read needs room in the read queue, a write in the write buffer (tq each), either in the one queue (tq) if Unified.
//
//   - A write to the address of a pending write is merged into it; any other is appended to its queue and becomes a pending write, until its
//     WR issues. Both are answered in step c+1: writes are posted.
//   - A read from the address of a pending write is answered in step c+1, from the buffer. A read from the address of a pending read waits with
//     it and takes no room. Any other is appended to its queue and becomes a pending read, until its RD issues. An RD issued in step c
//     answers all reads that wait for it in step c + the end of the read data: CL + BL/2, on LPDDR4 CL + tDQSCK + BL/2 + 3.
//
// # Tick
//
// In this order:
//
//  1. Refreshes become due. RankStaggered: one at every multiple of tREFI/ranks but 0, for the ranks in turn. RankSimultaneous: one for each
//     rank at every multiple of tREFI. For one rank the two are the same.
//  2. A due refresh (the first, if there are several) needs all banks of its rank closed. The first bank, in order, that is open and whose PRE is
//     legal is closed; when all are closed, REF issues as soon as it is legal. From the clock in which it is due to its REF, no command
//     queue of the rank is served.
//  3. If nothing issued in 2: the command queues are visited in turn, once round, starting behind the one that issued last. In a queue, the
//     entries are visited in order. Each asks for one command: ACT if its bank is closed, PRE if another row is open, else RD or WR (RDA or
//     WRA if the page policy is Closed, which closes the bank in the books at once). The entry is passed over if
//     - the command is not legal in this clock, or
//     - it is a PRE and an earlier entry of the queue is for the same bank, or
//     - it is a PRE, the queue holds an entry that hits the open row, and the bank had fewer than RowHitCap column commands since its ACT, or
//     - it is a WR and an earlier read of the same address is in the queue.
//     The first entry that is not passed over issues its command. At most one command issues in a tick, also where a device has two
//     command buses.
//  4. One request moves to its command queue (cq entries for each bank, or for all banks of a rank: QueuePer). It can issue from the next
//     clock on. If Unified it is the first of the queue whose command queue has room. If not: when no drain is under way and the write
//     buffer is full, or holds more than WriteDrainThreshold while all command queues are empty, a drain of as many writes as are in
//     the buffer begins. During a drain the first write whose command queue has room moves and counts; otherwise the first such read. But if a
//     read of that write's address is pending, the drain ends at once, and in this tick the reads take their turn.
//
// After the last request of the source, and once the read queue is empty, the threshold is 0, so that the last writes drain too.
//
// The row-hit cap is arbitration only: it lets the PRE compete, but does not hold back hits. Where hits follow each other faster than
// tRTP (tCCD_L = 6 and tRTP = 9 clocks of DDR4-2400, say), the PRE never becomes legal while they last: one read of another row waits
// 6,006 clocks for the 989 hits that arrive after it. The reference does the same. Traces are finite, so every run ends.
//
// # End of a run
//
// A run ends in the step of the last answer, or of the last end of write data if that comes later (WR + CWL + BL/2; LPDDR4: WR + CWL +
// tDQSS + tDQS2DQ + BL/2 + 3). The tick of that step is still done; TotalCycles = that step + 1.
// A run in which requests wait and in which for memory.WatchdogClocks steps no request is accepted and no column command issues is stuck: the
// error is a *memory.Stuck that says which request waits for what. Only with Defects can that happen.
//
// # Marks of the latencies
//
// The answer is in step d of a read or write as above. Request (BEGIN_REQ) is the first step in which the source offers the request, Accepted
// (END_REQ) the step in which it is accepted, Arrival the clock of the trace; under an outstanding limit, where the clock of the trace
// means little, Arrival = Request. A row hit is counted as in package memory, ForwardedReads counts reads that were answered from the write
// buffer or together with another read, and a request is held (QueueMean, QueueMax) from its acceptance to its column command.
//
// # Energy
//
// The power meters of package memory see every command, in units that are right. The formula of the reference (power.DRAMsim3) needs in addition
// the clocks in which a rank has a row open after the command of the clock, and those in which it has none: Result.ActiveCycles and
// Result.IdleCycles, over all steps and ranks. Time in refresh counts as idle there. The reference never reaches its self refresh: its mark
// of an empty rank is cleared by the first command and not set again. So there is none here.
//
// # How time is skipped
//
// A controller looks at its queues only in clocks in which something can have changed: it keeps the next clock in which a command can
// issue (the smallest over the banks that have entries, and no later than the truth), the next in which the transfer can do anything, and the next in
// which a refresh becomes due. The commands that an entry of a bank may issue are at most three, those of the first entry, the first read
// hit and the first write hit that may go; they change only with a command to the bank and with a new entry. A test compares with the
// run that looks in every clock.
//
// # Differences between Defects and the default
//
// The reference, and so Defects:
//
//  1. RDA to ACT of the bank takes BL/2 + tRTP + tRP instead of tRTP + tRP: 29 instead of 25 clocks on DDR4-2400.
//  2. REF waits for RDA + tRTP + tRP and WRA + WR-to-PRE + tRP only, not for ACT + tRC, although a bank closes itself no earlier than tRAS
//     after its ACT. DDR4-2400, closed page, stream_sat: 400,010 instead of 400,271 clocks.
//  3. LPDDR4 is served by the rules of DDR4 with LPDDR4's delays and commands of one clock. In clocks, reference and device: RD to the end
//     of its data 36 and 45, RD to WR 24 and 30, WR to RD 38 and 39, ACT to PRE 68 and 70, RD to PRE 12 and 14, WR to PRE 51 and 54, PRE to
//     ACT 29 and 27. Mean read latency without refresh: pingpong 94.99 instead of 101.99, rand_rd 178.14 instead of 193.10 clocks.
//  4. RD to WR leaves 2 clocks between the data on every device, instead of the device's own bubble (2 on all shipped DDR3 and DDR4 devices
//     that were measured, so no measured row shows it).
//  5. When the read of a write's address ends a drain, nothing moves in that tick. If the condition for a drain still holds in the next
//     tick, and the read is in the read queue, it never gets out: the controller is stuck for good. LPDDR4 hotrow, from clock 39,488 with
//     command queues of 16, and from 131,100 with the map row-column-bank; repaired, these runs take 121,745 and 149,547 clocks.
//  6. What is in the write buffer after the last request may stay there; the run ends with the last answer. DDR4-2400 hotrow: 2,461
//     instead of 2,479 WR, 80,051 instead of 80,189 clocks.
//
// Its energies lack the clock period (a known defect of its output); power.DRAMsim3 multiplies by it in either case. Defects is refused for
// standards on which nothing was measured (all but DDR3, DDR4 and LPDDR4). With several ranks or channels the rules above are continued in
// the natural way, with tRTRS between ranks as in package device; nothing was measured on them either.
//
// # Sources
//
// S. Li et al., "DRAMsim3: A Cycle-Accurate, Thermal-Capable DRAM Simulator", IEEE Computer Architecture Letters 19(2), 2020, and runs of
// that program. 421 of the 421 usable measured rows agree: total cycles, commands, row hits, standby clocks, mean and largest read latency
// exactly, energies to 1e-6.
package dramsim3
